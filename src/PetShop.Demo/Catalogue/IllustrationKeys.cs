namespace PetShop.Demo.Catalogue;

/// <summary>Every drawing the demo catalogue asks for; the shop must be able to draw each of them.</summary>
public static class IllustrationKeys
{
    /// <summary>All keys, grouped by what the drawing shows.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        // Food in its pack
        "kibble-bag", "can", "pouch", "raw-tub", "treat-bag", "chew", "dental-stick", "seed-bag", "hay", "food-jar", "feed-sack", "treat-bar",
        // Play
        "ball", "rope-toy", "plush", "puzzle-toy", "wand-toy", "toy-mouse", "bird-toy",
        // Out and about
        "collar", "lead", "harness", "coat", "carrier", "halter", "saddle-pad", "rug",
        // At home
        "bed", "mat", "bowl", "fountain", "scratching-post", "litter-bag", "litter-tray", "cage", "hideout", "perch", "feeder",
        // Water and warmth
        "aquarium", "filter", "heater", "tank-decor", "lamp", "terrarium", "substrate-bag",
        // Care
        "brush", "shampoo", "spot-on", "dewormer-box", "supplement-jar", "dropper-bottle", "bucket",
    ];
}
