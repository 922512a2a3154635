namespace PetShop.Recommender.Content;

/// <summary>Cuts text into words and hashes them, the same on every machine.</summary>
internal static class Words
{
    private const int LongestWord = 40;

    /// <summary>Adds the hash of each run of letters or digits, in lower case and without a plural s; single letters are passed over.</summary>
    public static void Hash(ReadOnlySpan<char> text, int bits, Action<int> take)
    {
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (length < LongestWord)
                    word[length++] = char.ToLowerInvariant(text[i]);
                continue;
            }
            if (length > 1 || (length == 1 && char.IsDigit(word[0])))
                take(Of(Singular(word[..length]), bits));
            length = 0;
        }
    }

    /// <summary>FNV-1a, folded to the bits wanted.</summary>
    public static int Of(ReadOnlySpan<char> word, int bits)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in word)
            hash = (hash ^ letter) * 1099511628211UL;
        return (int)((hash ^ hash >> 32) & ((1UL << bits) - 1));
    }

    private static ReadOnlySpan<char> Singular(ReadOnlySpan<char> word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;
}
