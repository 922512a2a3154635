namespace PetShop.Targeting.Segments;

/// <summary>The words of pets, as they stand in pets, products and rules: the one list of each meaning.</summary>
public static class PetWords
{
    /// <summary>Kinds of animals that live with people; products name these, and a few that nobody keeps by name (wild-bird, finch, mouse, degu).</summary>
    public static IReadOnlyList<string> Species { get; } =
    [
        "dog", "cat", "rabbit", "guinea-pig", "hamster", "gerbil", "rat", "chinchilla", "budgie", "cockatiel", "canary", "parrot", "tropical-fish", "goldfish", "betta",
        "pond-fish", "koi", "shrimp", "bearded-dragon", "leopard-gecko", "corn-snake", "tortoise", "horse", "pony",
    ];

    /// <summary>What a diet can be: the dietary facts of products.</summary>
    public static IReadOnlyList<string> Diets { get; } =
    [
        "grain-free", "weight-control", "sensitive-digestion", "single-protein", "hypoallergenic", "skin-and-coat", "joint-care", "raw", "insect-protein", "high-protein",
        "vegetarian", "urinary", "dental", "sterilised", "hairball", "low-sugar", "low-starch", "high-fibre",
    ];

    /// <summary>What a product may contain and a pet may not bear.</summary>
    public static IReadOnlyList<string> Allergens { get; } =
    [
        "chicken", "beef", "lamb", "turkey", "duck", "pork", "rabbit", "fish", "shellfish", "dairy", "egg", "wheat", "maize", "soy", "nuts",
    ];

    /// <summary>What may matter to the person who cares for a pet.</summary>
    public static IReadOnlyList<string> Values { get; } = ["natural", "sustainability", "price", "premium", "convenience"];
}
