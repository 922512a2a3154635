using System.Text.RegularExpressions;

namespace PetShop.Demo.Catalogue;

/// <summary>Finds the allergens that a list of ingredients contains.</summary>
public static partial class Allergens
{
    private static readonly Dictionary<string, string[]> Sources = new()
    {
        ["chicken"] = ["chicken", "poultry"],
        ["turkey"] = ["turkey"],
        ["duck"] = ["duck"],
        ["beef"] = ["beef", "buffalo"],
        ["lamb"] = ["lamb", "mutton"],
        ["pork"] = ["pork", "ham", "bacon"],
        ["rabbit"] = ["rabbit"],
        ["fish"] = ["fish", "whitefish", "salmon", "trout", "herring", "cod", "tuna", "sprat", "sardine", "mackerel", "anchovy"],
        ["shellfish"] = ["prawn", "shrimp", "krill", "mussel"],
        ["dairy"] = ["milk", "cheese", "cream", "yoghurt", "whey", "butter", "lactose"],
        ["egg"] = ["egg"],
        ["wheat"] = ["wheat"],
        ["maize"] = ["maize", "corn"],
        ["soy"] = ["soya", "soy"],
        ["nuts"] = ["peanuts", "peanut", "walnut", "almond", "hazelnut"],
    };

    /// <summary>Every allergen the shop knows by name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Sources.Keys];

    /// <summary>The allergens in <paramref name="ingredients"/>, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> ingredients)
    {
        var words = ingredients.SelectMany(text => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)).ToHashSet();
        return [.. Sources.Where(source => source.Value.Any(words.Contains)).Select(source => source.Key)];
    }

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word();
}
