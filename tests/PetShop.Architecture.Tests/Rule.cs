using System.Text.RegularExpressions;

namespace PetShop.Architecture.Tests;

/// <summary>One rule of the architecture: what text may not stand in which files, with an example that breaks it.</summary>
/// <param name="Name">The rule as a sentence.</param>
/// <param name="Files">Pattern over repository paths, with forward slashes.</param>
/// <param name="Forbidden">What no line, or no file when it spans lines, may match.</param>
/// <param name="BreakingPath">A path to which the rule applies.</param>
/// <param name="BreakingText">A text that breaks it there: the proof that the row can fail.</param>
public sealed record Rule(string Name, string Files, string Forbidden, string BreakingPath, string BreakingText)
{
    /// <summary>Paths the rule passes over, each for a reason written beside the row.</summary>
    public string Except { get; init; } = "(?!)";

    /// <summary>What of a text the rule looks at, all else blanked but for its lines; everything when null.</summary>
    public Func<string, string>? Within { get; init; }

    public bool AppliesTo(string path) => Regex.IsMatch(path, Files) && !Regex.IsMatch(path, Except);

    /// <summary>The places that break the rule, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> Violations(string path, string text)
    {
        if (!AppliesTo(path))
            yield break;
        var looked = Within?.Invoke(text) ?? text;
        foreach (Match match in Regex.Matches(looked, Forbidden, RegexOptions.Multiline))
        {
            var line = looked.AsSpan(0, match.Index).Count('\n') + 1;
            yield return $"{path}:{line}: {match.Value.Trim().Split('\n')[0]}";
        }
    }

    public override string ToString() => Name;
}
