using System.Text.RegularExpressions;

namespace PetShop.Targeting.Messages;

/// <summary>Gaps in the words of a letter, each with what stands there for a reader of whom nothing is known or used: {pets|your pets}.</summary>
public static partial class LetterGaps
{
    /// <summary>What a gap may ask for, with an example.</summary>
    public static IReadOnlyList<(string Key, string Meaning)> All { get; } = [("name", "the first name"), ("pets", "the names of the pets, where personal choice was agreed to")];

    /// <param name="value">What stands in a gap; null or empty leaves the words after the bar.</param>
    public static string Fill(string text, Func<string, string?> value) =>
        Gap().Replace(text, gap => value(gap.Groups[1].Value.Trim()) is { Length: > 0 } known ? known : gap.Groups[2].Value);

    /// <summary>What is wrong with the gaps of a text, each fault with its mend.</summary>
    public static IReadOnlyList<string> Faults(string text)
    {
        List<string> faults = [];
        foreach (Match braces in Braces().Matches(text))
        {
            var gap = Gap().Match(braces.Value);
            var key = gap.Success ? gap.Groups[1].Value.Trim() : braces.Value.Trim('{', '}', ' ');
            if (!All.Any(g => g.Key == key))
                faults.Add($"{braces.Value} asks for something that a letter does not know. Write one of {string.Join(", ", All.Select(g => $"{{{g.Key}|…}}"))}.");
            else if (!gap.Success || gap.Groups[2].Value.Trim().Length == 0)
                faults.Add($"{braces.Value} has no words for a reader of whom it is not known. Write them after a bar, such as {{{key}|{(key == "name" ? "there" : "your pets")}}}.");
        }
        return faults;
    }

    /// <summary>Several names as one speaks them: "Luna, Rex and Mia".</summary>
    public static string Together(IReadOnlyList<string> names) =>
        names.Count < 2 ? names.FirstOrDefault("") : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    [GeneratedRegex(@"\{([^{}|]*)\|([^{}|]*)\}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Braces();
}
