using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>What a model thinks of every product for the few people served last, so that all lists of a page are taken from one scoring.</summary>
/// <param name="items">Products of the model.</param>
internal sealed class ScoreSheets(int items)
{
    private readonly Sheet[] _sheets = [.. Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => new Sheet())];

    /// <summary>Takes a list from the scores of one person; whoever shares a sheet with another waits for microseconds.</summary>
    /// <param name="owner">Whom the scores are for.</param>
    /// <param name="score">Fills the scores, by column of the model.</param>
    /// <param name="select">Takes the list.</param>
    public int Select<TOwner>(TOwner owner, Action<TOwner, Span<float>> score, SelectFrom select, Span<Ranked> top)
        where TOwner : class
    {
        var sheet = _sheets[(uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(owner) % (uint)_sheets.Length];
        lock (sheet)
        {
            if (sheet.Owner?.TryGetTarget(out var known) != true || !ReferenceEquals(known, owner))
            {
                sheet.Scores ??= new float[items];
                sheet.Owner = null;
                score(owner, sheet.Scores);
                sheet.Owner = new(owner);
            }
            return select(sheet.Scores!, top);
        }
    }

    /// <summary>Fills a list from scores by column of the model.</summary>
    /// <returns>How many were found.</returns>
    public delegate int SelectFrom(ReadOnlySpan<float> scores, Span<Ranked> top);

    private sealed class Sheet
    {
        public WeakReference<object>? Owner { get; set; }
        public float[]? Scores { get; set; }
    }
}
