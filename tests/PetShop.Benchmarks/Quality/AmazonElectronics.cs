using System.Globalization;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Training;

namespace PetShop.Benchmarks.Quality;

/// <summary>A small split with published figures. Its validation part is not published: a tenth of each user's training pairs, drawn by a seed.</summary>
public static class AmazonElectronics
{
    public static QualitySet Set { get; } = new("amazon_electronics", Measure);

    private static List<QualityRow> Measure(string folder, Pace pace)
    {
        var (kept, taken) = PublicSplit.Take(Pairs(folder, "train.csv.gz"), .1, seed: 1);
        var split = PublicSplit.Of(kept, taken, Pairs(folder, "test.csv.gz"));
        var contest = new Contest(split)
        {
            Figure = static (model, holdout, evaluation, cancel) => Evaluator.Evaluate("", model.Top, holdout, evaluation, cancel).Overall.Ndcg20,
        };
        var als = SearchSpace.Als(new AlsOptions { Rank = 64, UnobservedWeight = .1, Regularization = .03 }, maxRank: 128);
        var trials = pace.IsQuick ? 8 : 40;
        List<QualityRow> rows = [];
        foreach (var (name, _, model) in contest.Run((als, trials), (SearchSpace.Ease(new EaseOptions()), trials), (SearchSpace.ItemItem(new ItemItemOptions()), trials)))
        {
            var figures = Evaluator.Evaluate(name, model.Top, split.Test, new EvaluationOptions()).Overall;
            var (recall, ndcg, whose) = name switch
            {
                "popularity" => (.0885, .0487, "peer popularity"),
                "als" => (.1328, .0808, "peer iALS"),
                "item-item" => (.1126, .0711, "peer ItemKNN"),
                _ => (.133, .082, "mark"),
            };
            rows.Add(new QualityRow(Set.Set, name, "recall@20", figures.Recall20, recall, whose));
            rows.Add(new QualityRow(Set.Set, name, "NDCG@20", figures.Ndcg20, ndcg, whose));
        }
        return rows;
    }

    private static (int User, int Item)[] Pairs(string folder, string file) =>
        [.. PublicSplit.Rows(folder, file).Select(r => (int.Parse(r[0], CultureInfo.InvariantCulture), int.Parse(r[1], CultureInfo.InvariantCulture)))];
}
