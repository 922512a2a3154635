using System.Runtime.CompilerServices;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>What a model thinks of products for the few people served last, so that all lists of a page are taken from one scoring.</summary>
/// <param name="items">Products of the model.</param>
internal sealed class ScoreSheets(int items)
{
    private readonly Sheet[] _sheets = [.. Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => new Sheet())];

    /// <summary>Fills scores by column of the model, of the eligible columns at least.</summary>
    public delegate void Scoring<in TOwner>(TOwner owner, Eligibility eligible, Span<float> scores);

    /// <summary>Takes a list from the scores of one person; whoever shares a sheet with another waits for microseconds.</summary>
    /// <param name="owner">Whom the scores are for.</param>
    /// <param name="eligible">Columns that the list may hold.</param>
    /// <param name="likely">Columns that further lists of the same owner will ask for.</param>
    /// <param name="score">Scores the columns it is given.</param>
    /// <param name="top">Filled with columns of the model, best first.</param>
    /// <returns>How many were found.</returns>
    public int Top<TOwner>(TOwner owner, Eligibility eligible, Eligibility likely, Scoring<TOwner> score, Span<Ranked> top)
        where TOwner : class
    {
        var sheet = _sheets[(uint)RuntimeHelpers.GetHashCode(owner) % (uint)_sheets.Length];
        lock (sheet)
        {
            if (!sheet.Holds(owner, eligible))
            {
                var (scores, wanted) = (sheet.Scores ??= new float[items], likely.Copy().Or(eligible));
                // A scoring that fails leaves no sheet behind.
                sheet.Owner = null;
                score(owner, wanted, scores);
                (sheet.Owner, sheet.Scored) = (new(owner), wanted);
            }
            return TopList.Select(sheet.Scores, eligible, top);
        }
    }

    private sealed class Sheet
    {
        public WeakReference<object>? Owner { get; set; }
        public Eligibility? Scored { get; set; }
        public float[]? Scores { get; set; }

        public bool Holds(object owner, Eligibility eligible) =>
            Owner is not null && Owner.TryGetTarget(out var known) && ReferenceEquals(known, owner) && eligible.IsWithin(Scored!);
    }
}
