namespace PetShop.Recommender.Evaluation;

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
        ["novelty"] = Spread.Novelty,
        ["cases"] = Overall.Cases,
    };

    /// <summary>One result over several windows: every case counts alike, the spreads are averaged.</summary>
    /// <exception cref="ArgumentException">There is nothing to pool.</exception>
    public static EvaluationResult Pool(IReadOnlyList<EvaluationResult> windows)
    {
        if (windows.Count == 0)
            throw new ArgumentException("There is no result to pool.", nameof(windows));
        if (windows.Count == 1)
            return windows[0];
        var slices = windows.SelectMany(w => w.Slices).GroupBy(s => s.Key, s => s.Value).ToDictionary(g => g.Key, g => Quality.Pool([.. g]));
        return new EvaluationResult(windows[0].Contender, Quality.Pool([.. windows.Select(w => w.Overall)]), slices,
            Spread.Pool([.. windows.Select(w => w.Spread)]), [.. windows.SelectMany(w => w.NdcgByCase)]);
    }
}
