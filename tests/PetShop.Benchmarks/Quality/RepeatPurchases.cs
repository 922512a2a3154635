using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Benchmarks.Quality;

/// <summary>
/// What the Online Retail customers buy again, apart from discovery: all purchases with their times and quantities as the shop weighs them, the last fifth of
/// them held out at one moment for all; only what a customer had bought before is ranked, and what they bought of it again counts.
/// </summary>
public static class RepeatPurchases
{
    private const string Set = "online_retail_uci, bought again";

    public static IEnumerable<QualityRow> Measure(string folder, IReadOnlyList<Contestant> contestants)
    {
        var purchases = OnlineRetailData.Clean(folder);
        var events = new TimeSplit(TimeSplit.CutFor(purchases.Select(p => p.At), .2));
        foreach (var purchase in purchases)
            events.Add(PublicSplit.Shopper(purchase.User), purchase.Item, InteractionKind.Purchase, purchase.At, purchase.Quantity);
        var holdout = events.Build();
        yield return Row("strongest past", Strongest, holdout);
        foreach (var (name, model) in Contest.Retrain(contestants, holdout.Training))
            yield return Row(name, model.Top, holdout);
    }

    private static QualityRow Row(string name, Contender contender, Holdout holdout)
    {
        var repeat = Evaluator.Evaluate(name, contender, holdout, new EvaluationOptions()).Slices[SliceNames.Repeat];
        return new QualityRow(Set, name, "NDCG@10", repeat.Ndcg10, null, $"{repeat.Cases} customers who bought something again");
    }

    // The baseline: bought most often and lately.
    private static int Strongest(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        var list = new TopList(top);
        foreach (var seen in history)
        {
            if (eligible[seen.Index])
                list.Offer(seen.Index, seen.Confidence);
        }
        return list.Sort();
    }
}
