namespace PetShop.Recommender.Evaluation;

/// <summary>Means over test cases, full catalogue.</summary>
/// <param name="Cases">Number of shoppers.</param>
/// <param name="Ndcg10">Normalised discounted gain of the first 10.</param>
/// <param name="Ndcg20">Of the first 20.</param>
/// <param name="Recall10">Share of what was bought that is among the first 10.</param>
/// <param name="Recall20">Among the first 20.</param>
/// <param name="HitRate10">Share of shoppers with anything bought among the first 10.</param>
/// <param name="HitRate20">Among the first 20.</param>
/// <param name="Mrr">Mean of one over the place of the first hit, 0 beyond 20.</param>
public sealed record Quality(int Cases, double Ndcg10, double Ndcg20, double Recall10, double Recall20, double HitRate10, double HitRate20, double Mrr)
{
    internal static Quality MeanOf(IReadOnlyCollection<CaseQuality> cases) => cases.Count == 0 ? new Quality(0, 0, 0, 0, 0, 0, 0, 0)
        : new Quality(cases.Count, cases.Average(c => c.Ndcg10), cases.Average(c => c.Ndcg20), cases.Average(c => c.Recall10), cases.Average(c => c.Recall20),
            cases.Average(c => c.Hit10), cases.Average(c => c.Hit20), cases.Average(c => c.Reciprocal));

    internal bool IsFinite => double.IsFinite(Ndcg10 + Ndcg20 + Recall10 + Recall20 + HitRate10 + HitRate20 + Mrr);
}

/// <summary>Figures of one test case.</summary>
internal readonly record struct CaseQuality(double Ndcg10, double Ndcg20, double Recall10, double Recall20, double Hit10, double Hit20, double Reciprocal);

/// <summary>How spread out the lists are.</summary>
/// <param name="Coverage">Share of the catalogue that appears in anyone's first 10.</param>
/// <param name="Gini">0 when every product appears equally often, 1 when one has all places.</param>
/// <param name="MeanPopularity">Mean number of shoppers who had touched the products shown.</param>
public sealed record Spread(double Coverage, double Gini, double MeanPopularity)
{
    internal bool IsFinite => double.IsFinite(Coverage + Gini + MeanPopularity);
}
