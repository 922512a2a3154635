namespace PetShop.Web.Tracking;

/// <summary>Makes text from outside fit for a column: no control characters (PostgreSQL refuses U+0000), no halves of pairs, no more than a length.</summary>
public static class EventText
{
    public static string? Clean(string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var cut = text.AsSpan().Trim();
        if (cut.Length > maxLength)
            cut = cut[..maxLength];
        foreach (var c in cut)
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
                return Rewrite(cut);
        }
        return cut.Length == text.Length ? text : cut.ToString();
    }

    private static string? Rewrite(ReadOnlySpan<char> text)
    {
        var clean = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != System.Text.Rune.ReplacementChar && !System.Text.Rune.IsControl(rune))
                clean.Append(rune);
        }
        return clean.Length == 0 ? null : clean.ToString();
    }
}
