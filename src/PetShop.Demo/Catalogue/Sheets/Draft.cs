namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>A product line as it was read, before texts, packs and links are worked out.</summary>
internal sealed class Draft
{
    public required string Category { get; init; }
    public required string[] Species { get; set; }
    public required string Illustration { get; set; }
    public string Name { get; set; } = "";
    public string Brand { get; set; } = "";
    public string Packs { get; set; } = "";
    public string Short { get; set; } = "";
    public string Detail { get; set; } = "";
    public bool IsFood { get; set; }
    public bool IsMedicine { get; set; }
    public Ration Ration { get; set; }
    public int? Kcal { get; set; }
    public HashSet<string> Stages { get; private init; } = [];
    public HashSet<string> Sizes { get; private init; } = [];
    public HashSet<string> Diets { get; private init; } = [];
    public HashSet<string> Seasons { get; private init; } = [];

    public Draft Copy() => new()
    {
        Category = Category, Species = Species, Illustration = Illustration, IsFood = IsFood, IsMedicine = IsMedicine, Ration = Ration,
        Stages = [.. Stages], Sizes = [.. Sizes], Diets = [.. Diets], Seasons = [.. Seasons],
    };
}
