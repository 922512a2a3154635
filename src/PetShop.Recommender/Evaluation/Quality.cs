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

    /// <summary>Means over all cases of several sets.</summary>
    internal static Quality Pool(IReadOnlyCollection<Quality> parts)
    {
        var cases = parts.Sum(p => p.Cases);
        return cases == 0 ? new Quality(0, 0, 0, 0, 0, 0, 0, 0)
            : new Quality(cases, Mean(p => p.Ndcg10), Mean(p => p.Ndcg20), Mean(p => p.Recall10), Mean(p => p.Recall20), Mean(p => p.HitRate10), Mean(p => p.HitRate20), Mean(p => p.Mrr));

        double Mean(Func<Quality, double> figure) => parts.Sum(p => figure(p) * p.Cases) / cases;
    }

    internal bool IsFinite => double.IsFinite(Ndcg10 + Ndcg20 + Recall10 + Recall20 + HitRate10 + HitRate20 + Mrr);
}

/// <summary>Figures of one test case.</summary>
internal readonly record struct CaseQuality(double Ndcg10, double Ndcg20, double Recall10, double Recall20, double Hit10, double Hit20, double Reciprocal);

/// <summary>Names of the groups of cases that every evaluation tells apart.</summary>
public static class SliceNames
{
    /// <summary>Shoppers with next to no past.</summary>
    public const string ColdShoppers = "cold shoppers";

    /// <summary>Purchases of products that hardly anybody had touched before.</summary>
    public const string ColdItems = "cold items";

    /// <summary>Purchases of what the shopper had bought before, ranked among all they had bought.</summary>
    public const string Repeat = "repeat";

    /// <summary>Purchases of what the shopper had never touched.</summary>
    public const string Exploring = "exploring";
}
