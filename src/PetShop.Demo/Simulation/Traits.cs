using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Numbers the words of the product facts, so that sets of them are bits of one number.</summary>
internal static class Traits
{
    private static readonly Dictionary<string, ulong> Facts = Numbered(
        ["puppy", "kitten", "junior", "adult", "senior", "toy", "small", "medium", "large", "giant", "spring", "summer", "autumn", "winter", .. Allergens.All, .. DietTags.All]);

    // Apart from the facts, because a rabbit can be the eater or the eaten.
    private static readonly Dictionary<string, ulong> Kinds = Numbered([.. Breeds.All.Select(breed => breed.Species).Distinct(), "mouse", "degu", "finch", "wild-bird"]);

    /// <exception cref="KeyNotFoundException">A word that is no life stage, size, season, allergen or diet.</exception>
    public static ulong Bits(IEnumerable<string> words) => words.Aggregate(0UL, (bits, word) => bits | Facts[word]);

    /// <inheritdoc cref="Bits"/>
    public static ulong Bit(string word) => Facts[word];

    /// <exception cref="KeyNotFoundException">A species nobody keeps.</exception>
    public static ulong Species(IEnumerable<string> words) => words.Aggregate(0UL, (bits, word) => bits | Kinds[word]);

    private static Dictionary<string, ulong> Numbered(IReadOnlyList<string> words) => words.Count <= 64
        ? words.Select((word, place) => (word, place)).ToDictionary(pair => pair.word, pair => 1UL << pair.place)
        : throw new InvalidOperationException($"{words.Count} words do not fit into 64 bits.");
}
