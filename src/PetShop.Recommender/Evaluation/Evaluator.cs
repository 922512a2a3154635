using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Evaluation;

/// <summary>Anything that makes a list: a model's <see cref="IModel.Top"/>, or the whole pipeline as served.</summary>
public delegate int Contender(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top);

/// <summary>Settings of an evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>True tests discovery: what a shopper has touched is neither shown nor counted. False lets repeat purchases count.</summary>
    public bool ExcludeSeen { get; init; } = true;

    /// <summary>Names of the slices a case belongs to (species, newcomers...); by default "few" up to 4 interactions of history and "many" above.</summary>
    public Func<HeldOut, int, IEnumerable<string>> SlicesOf { get; init; } = static (_, history) => [history <= 4 ? "few" : "many"];

    /// <summary>Cores used; 0 for all.</summary>
    public int Threads { get; init; }
}

/// <summary>What came out for one contender.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Overall">Means over all cases.</param>
/// <param name="Slices">Means by slice.</param>
/// <param name="Spread">How spread out its lists are.</param>
/// <param name="NdcgByCase">NDCG at 10 of each case, in an order that is the same for all contenders of one holdout.</param>
public sealed record EvaluationResult(string Contender, Quality Overall, IReadOnlyDictionary<string, Quality> Slices, Spread Spread, double[] NdcgByCase)
{
    /// <summary>The figures by name, as kept with a model.</summary>
    public IReadOnlyDictionary<string, double> ToFigures() => new Dictionary<string, double>
    {
        ["ndcg10"] = Overall.Ndcg10,
        ["ndcg20"] = Overall.Ndcg20,
        ["recall10"] = Overall.Recall10,
        ["recall20"] = Overall.Recall20,
        ["hitRate10"] = Overall.HitRate10,
        ["hitRate20"] = Overall.HitRate20,
        ["mrr"] = Overall.Mrr,
        ["coverage"] = Spread.Coverage,
        ["gini"] = Spread.Gini,
        ["meanPopularity"] = Spread.MeanPopularity,
        ["cases"] = Overall.Cases,
    };
}

/// <summary>Measures contenders on a holdout against the full catalogue.</summary>
public static class Evaluator
{
    private const int Depth = 20, ListDepth = 10;

    /// <summary>Measures one contender.</summary>
    public static EvaluationResult Evaluate(string name, Contender contender, Holdout holdout, EvaluationOptions options, CancellationToken cancel = default)
    {
        var training = holdout.Training;
        HeldOut[] cases = [.. holdout.Cases.Where(c => Relevant(c, training, options) > 0)];
        var measured = new CaseQuality[cases.Length];
        var shown = new int[training.ItemCount];
        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
        Parallel.For(0, cases.Length, parallel, i => measured[i] = Measure(contender, cases[i], training, options, shown));
        var slices = cases.SelectMany((c, i) => options.SlicesOf(c, training.HistoryOf(c.Shopper).Length).Select(s => (Slice: s, Figures: measured[i])))
            .GroupBy(s => s.Slice, s => s.Figures).ToDictionary(g => g.Key, g => Quality.MeanOf([.. g]));
        return new EvaluationResult(name, Quality.MeanOf(measured), slices, SpreadOf(shown, training), Array.ConvertAll(measured, m => m.Ndcg10));
    }

    private static int Relevant(HeldOut held, InteractionMatrix training, EvaluationOptions options)
    {
        if (!options.ExcludeSeen)
            return held.Bought.Length;
        var count = held.Bought.Length;
        foreach (var seen in training.HistoryOf(held.Shopper))
            count -= Array.BinarySearch(held.Bought, seen.Index) >= 0 ? 1 : 0;
        return count;
    }

    private static CaseQuality Measure(Contender contender, HeldOut held, InteractionMatrix training, EvaluationOptions options, int[] shown)
    {
        var history = training.HistoryOf(held.Shopper);
        var eligible = new Eligibility(training.ItemCount, all: true);
        foreach (var seen in options.ExcludeSeen ? history : [])
            eligible[seen.Index] = false;
        Span<Ranked> top = stackalloc Ranked[Depth];
        top = top[..contender(history, eligible, top)];
        Span<bool> hits = stackalloc bool[top.Length];
        for (var place = 0; place < top.Length; place++)
        {
            hits[place] = Array.BinarySearch(held.Bought, top[place].Item) >= 0;
            if (place < ListDepth)
                Interlocked.Increment(ref shown[top[place].Item]);
        }
        var relevant = Relevant(held, training, options);
        return new CaseQuality(Metrics.Ndcg(hits, relevant, 10), Metrics.Ndcg(hits, relevant, 20), Metrics.Recall(hits, relevant, 10), Metrics.Recall(hits, relevant, 20),
            Metrics.HitRate(hits, 10), Metrics.HitRate(hits, 20), Metrics.ReciprocalRank(hits));
    }

    private static Spread SpreadOf(int[] shown, InteractionMatrix training)
    {
        long places = shown.Sum(s => (long)s);
        var popularity = 0d;
        for (var item = 0; item < shown.Length; item++)
            popularity += (double)shown[item] * training.ByItem[item].Length;
        return new Spread(shown.Length == 0 ? 0 : (double)shown.Count(s => s > 0) / shown.Length, Metrics.Gini(shown), places == 0 ? 0 : popularity / places);
    }
}
