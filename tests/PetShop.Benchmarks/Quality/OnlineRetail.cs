using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Training;

namespace PetShop.Benchmarks.Quality;

/// <summary>
/// A real shop's orders: the first purchase of each product by a customer, 5-core, each customer's first 70 % to learn from, 10 % to choose by, the last 20 %
/// to test; then the same with the customers unknown to training and folded in.
/// </summary>
public static class OnlineRetail
{
    private const int Core = 5, Folds = 5;

    public static QualitySet Set { get; } = new("online_retail_uci", Measure);

    private static List<QualityRow> Measure(string folder, Pace pace)
    {
        var purchases = OnlineRetailData.FiveCore(OnlineRetailData.FirstPurchases(folder), Core);
        var (train, validation, test) = OnlineRetailData.SplitByCustomer(purchases);
        var split = PublicSplit.Of(train, validation, test);
        var training = split.Test.Training;
        Console.WriteLine($"  online_retail_uci: {training.ShopperCount} customers x {training.ItemCount} products; {train.Count} + {validation.Count} + {test.Count} purchases");
        var trials = pace.IsQuick ? 2 : 6;
        var contestants = new Contest(split).Run(
            (SearchSpace.Als(new AlsOptions { Rank = 256, Epochs = 16, UnobservedWeight = .1, Regularization = .01 }, maxRank: 256), trials),
            (SearchSpace.Ease(new EaseOptions { Regularization = 100 }), 2 * trials),
            (SearchSpace.ItemItem(new ItemItemOptions()), 2 * trials));
        List<QualityRow> rows = [];
        foreach (var (name, _, model) in contestants)
        {
            var figures = Evaluator.Evaluate(name, model.Top, split.Test, new EvaluationOptions()).Overall;
            var (ndcg, recall, whose) = Peer(name);
            rows.Add(new QualityRow(Set.Set, name, "NDCG@10", figures.Ndcg10, ndcg, whose));
            rows.Add(new QualityRow(Set.Set, name, "recall@20", figures.Recall20, recall, whose));
        }
        rows.Add(AboveBoth(rows));
        rows.AddRange(Unseen(contestants, [.. train, .. validation], test));
        rows.AddRange(RepeatPurchases.Measure(folder, contestants));
        return rows;
    }

    private static (double Ndcg10, double Recall20, string Whose) Peer(string name) => name switch
    {
        "popularity" => (.0352, .0528, "peer popularity"),
        "als" => (.1113, .1576, "peer iALS"),
        "item-item" => (.0971, .1374, "peer item-kNN"),
        _ => (.1161, .1557, "peer EASE, the best"),
    };

    private static QualityRow AboveBoth(List<QualityRow> rows)
    {
        double Ndcg(string name) => rows.First(r => r.Method == name && r.Metric == "NDCG@10").Ours;
        return new QualityRow(Set.Set, "blend", "NDCG@10", Ndcg("blend"), Math.Max(Ndcg("als"), Ndcg("ease")), "the better of our own iALS and EASE");
    }

    // Every customer is unknown once: each training leaves out a fifth of them.
    private static IEnumerable<QualityRow> Unseen(IReadOnlyList<Contestant> contestants, (int User, int Item)[] known, List<(int User, int Item)> test)
    {
        int[] products = [.. known.Concat(test).Select(p => p.Item).Distinct()];
        var everyone = PublicSplit.HoldoutOf(known, test, products);
        var sums = contestants.ToDictionary(c => c.Name, _ => 0d);
        for (var fold = 0; fold < Folds; fold++)
        {
            var training = PublicSplit.HoldoutOf([.. known.Where(p => p.User % Folds != fold)], [], products).Training;
            var holdout = new Holdout(training, PublicSplit.CasesOf(training, test.Where(p => p.User % Folds == fold)), 0) { Histories = everyone.Training };
            foreach (var (name, model) in Contest.Retrain(contestants, training))
            {
                var figures = Evaluator.Evaluate(name, model.Top, holdout, new EvaluationOptions()).Overall;
                sums[name] += figures.Ndcg10 * figures.Cases / everyone.Cases.Count;
            }
        }
        foreach (var (name, ndcg) in sums)
        {
            var (mark, whose) = UnseenPeer(name);
            yield return new QualityRow(Set.Set + ", unseen customers", name, "NDCG@10", ndcg, mark, whose);
        }
    }

    private static (double Ndcg10, string Whose) UnseenPeer(string name) => name switch
    {
        "popularity" => (.0395, "peer popularity"),
        "als" => (.1094, "peer iALS"),
        "item-item" => (.0995, "peer item-kNN"),
        _ => (.1145, "peer EASE, the best"),
    };
}
