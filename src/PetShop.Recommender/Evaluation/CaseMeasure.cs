using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Evaluation;

/// <summary>Asks a contender for one shopper's lists and compares them with what was bought. Safe for any number of threads.</summary>
internal sealed class CaseMeasure(Contender contender, Holdout holdout, EvaluationOptions options)
{
    private const int Depth = 20, ListDepth = 10;

    /// <summary>How often each column stood in the first ten.</summary>
    public int[] Shown { get; } = new int[holdout.Training.ItemCount];

    public CaseFigures Of(HeldOut held)
    {
        var history = holdout.HistoryOf(held.Shopper);
        var touched = new int[history.Length];
        for (var i = 0; i < touched.Length; i++)
            touched[i] = history[i].Index;
        var settled = held.Settled ?? touched;
        int[] again = [.. held.Bought.Where(item => Holds(settled, item))];
        var wanted = options.ExcludeSeen ? [.. held.Bought.Where(item => !Holds(settled, item))] : held.Bought;
        var slices = new List<(string, CaseQuality)>();
        var overall = wanted.Length == 0 ? null : Discover(history, touched, settled, wanted, slices);
        if (again.Length > 0)
            slices.Add((SliceNames.Repeat, Figures(Top(history, Only(settled), stackalloc Ranked[Depth]), again)));
        return new CaseFigures(overall, slices);
    }

    private CaseQuality? Discover(ReadOnlySpan<Interaction> history, int[] touched, int[] settled, int[] wanted, List<(string, CaseQuality)> slices)
    {
        var eligible = new Eligibility(Shown.Length, all: true);
        if (options.ExcludeSeen)
            eligible.Except(settled);
        var top = Top(history, eligible, stackalloc Ranked[Depth]);
        foreach (var place in top[..Math.Min(ListDepth, top.Length)])
            Interlocked.Increment(ref Shown[place.Item]);
        var all = Figures(top, wanted);
        if (touched.Length <= options.ColdHistory)
            slices.Add((SliceNames.ColdShoppers, all));
        Slice(SliceNames.Exploring, [.. wanted.Where(item => !Holds(touched, item))], top, slices);
        Slice(SliceNames.ColdItems, [.. wanted.Where(item => holdout.Training.ByItem[item].Length <= options.ColdProduct)], top, slices);
        if (options.SlicesOfProduct is { } slicesOf)
            foreach (var group in wanted.SelectMany(item => slicesOf(holdout.Training.Items[item]).Select(slice => (slice, item))).GroupBy(p => p.slice, p => p.item))
                Slice(group.Key, [.. group], top, slices);
        return all;
    }

    private static void Slice(string name, int[] wanted, ReadOnlySpan<Ranked> top, List<(string, CaseQuality)> slices)
    {
        if (wanted.Length > 0)
            slices.Add((name, Figures(top, wanted)));
    }

    private ReadOnlySpan<Ranked> Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> room) => room[..contender(history, eligible, room)];

    private Eligibility Only(int[] items)
    {
        var only = new Eligibility(Shown.Length);
        foreach (var item in items)
            only[item] = true;
        return only;
    }

    private static CaseQuality Figures(ReadOnlySpan<Ranked> top, int[] wanted)
    {
        Span<bool> hits = stackalloc bool[top.Length];
        for (var place = 0; place < top.Length; place++)
            hits[place] = Holds(wanted, top[place].Item);
        var relevant = wanted.Length;
        return new CaseQuality(Metrics.Ndcg(hits, relevant, 10), Metrics.Ndcg(hits, relevant, 20), Metrics.Recall(hits, relevant, 10), Metrics.Recall(hits, relevant, 20),
            Metrics.HitRate(hits, 10), Metrics.HitRate(hits, 20), Metrics.ReciprocalRank(hits));
    }

    // All lists of columns here are in order.
    private static bool Holds(int[] columns, int column) => Array.BinarySearch(columns, column) >= 0;
}
