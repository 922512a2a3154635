namespace PetShop.Demo.Catalogue;

/// <summary>The dietary facts a product may carry and a filter may ask for.</summary>
public static class DietTags
{
    /// <summary>All tags, as they stand in the data.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "grain-free", "hypoallergenic", "single-protein", "insect-protein", "high-protein", "vegetarian", "raw",
        "weight-control", "sensitive-digestion", "urinary", "dental", "sterilised", "hairball", "joint-care",
        "skin-and-coat", "low-sugar", "low-starch", "high-fibre",
    ];
}
