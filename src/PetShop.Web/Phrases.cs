using System.Globalization;
using System.Text;

namespace PetShop.Web;

/// <summary>Words as they stand in a sentence, whatever they are about.</summary>
public static class Phrases
{
    /// <summary>Whether a reader sees anything of it, and it can be stored: spaces and joiners alone are no name.</summary>
    public static bool IsName(string? text) => text is not null && !text.Contains('\0', StringComparison.Ordinal)
        && text.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned));

    /// <summary>A phrase as it begins a sentence or a row.</summary>
    public static string Capital(string phrase) => phrase.Length == 0 ? "" : char.ToUpperInvariant(phrase[0]) + phrase[1..];
}
