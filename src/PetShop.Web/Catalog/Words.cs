namespace PetShop.Web.Catalog;

/// <summary>The catalogue's terms as a shopper reads them.</summary>
public static class Words
{
    /// <summary>Life stages from young to old.</summary>
    public static IReadOnlyList<string> LifeStages { get; } = ["puppy", "kitten", "junior", "adult", "senior"];

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["puppy"] = "Puppy", ["kitten"] = "Kitten", ["junior"] = "Young", ["adult"] = "Adult", ["senior"] = "Senior",
        ["skin-and-coat"] = "Skin and coat", ["grain-free"] = "Grain-free", ["single-protein"] = "One kind of meat", ["high-protein"] = "Rich in protein", ["weight-control"] = "Weight control",
        ["insect-protein"] = "Insect protein", ["sensitive-digestion"] = "Sensitive digestion", ["joint-care"] = "Joint care", ["hypoallergenic"] = "Low in allergens",
    };

    /// <summary>A term in words: "grain-free" is "Grain-free", "guinea-pig" is "Guinea pig".</summary>
    public static string Say(string term) => Known.TryGetValue(term, out var known) ? known : Phrases.Capital(term.Replace('-', ' '));
}
