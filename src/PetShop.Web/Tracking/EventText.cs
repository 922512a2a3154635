using System.Text;

namespace PetShop.Web.Tracking;

/// <summary>Makes text from outside fit for a column: composed (NFC), no control characters (PostgreSQL refuses U+0000), no halves of pairs, no more than a length.</summary>
public static class EventText
{
    /// <returns>Null when nothing is left; what is clean already stays as it is.</returns>
    public static string? Clean(string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var cut = Cut(text.AsSpan().Trim(), maxLength);
        foreach (var c in cut)
        {
            if (!char.IsAscii(c) || char.IsControl(c))
                return Rewrite(cut, maxLength);
        }
        return cut.Length == text.Length ? text : cut.ToString();
    }

    /// <summary>Words somebody searched for: whether they held the shift key is no difference.</summary>
    public static string? Words(string? text) => Clean(text, 200)?.ToLowerInvariant();

    private static string? Rewrite(ReadOnlySpan<char> text, int maxLength)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && !Rune.IsControl(rune))
                clean.Append(rune);
        }
        // A few characters have no composed form and grow.
        var composed = Cut(clean.ToString().Normalize(NormalizationForm.FormC).AsSpan().Trim(), maxLength);
        return composed.IsEmpty ? null : composed.ToString();
    }

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        return text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)].TrimEnd();
    }
}
