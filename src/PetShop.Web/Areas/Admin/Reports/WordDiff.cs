namespace PetShop.Web.Areas.Admin.Reports;

/// <summary>Two sentences held against each other word by word.</summary>
public static class WordDiff
{
    private const int MostWords = 800;

    /// <param name="IsChanged">In the first sentence: gone from the second; in the second: new in it.</param>
    public sealed record Piece(string Text, bool IsChanged);

    /// <summary>Both sentences in pieces, each with what the other one lacks marked.</summary>
    public static (IReadOnlyList<Piece> Before, IReadOnlyList<Piece> After) Of(string before, string after)
    {
        var (a, b) = (Words(before), Words(after));
        if (a.Length > MostWords || b.Length > MostWords)
            return ([new(before, before != after)], [new(after, before != after)]);
        var common = Common(a, b);
        var (inA, inB) = (new bool[a.Length], new bool[b.Length]);
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
            if (a[i] == b[j])
                inA[i++] = inB[j++] = true;
            else if (common[i + 1, j] >= common[i, j + 1])
                i++;
            else
                j++;
        return (Pieces(a, inA), Pieces(b, inB));
    }

    // A comma or a full stop at the end of a word does not make it another word.
    private static string[] Words(string sentence) =>
        [.. sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w is [.., ',' or '.'] ? [w[..^1], w[^1..]] : (string[])[w]).Where(w => w.Length > 0)];

    /// <summary>Length of the longest common run of words of what follows i in the one and j in the other.</summary>
    private static int[,] Common(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    private static List<Piece> Pieces(string[] words, bool[] isCommon)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < words.Length; i++)
        {
            var text = (i > 0 && words[i] is not ("," or ".") ? " " : "") + words[i];
            if (pieces.Count > 0 && pieces[^1].IsChanged == !isCommon[i])
                pieces[^1] = new(pieces[^1].Text + text, !isCommon[i]);
            else
                pieces.Add(new(text, !isCommon[i]));
        }
        return pieces;
    }
}
