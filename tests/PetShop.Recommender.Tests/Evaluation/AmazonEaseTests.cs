using System.Globalization;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;
using Xunit.Abstractions;

namespace PetShop.Recommender.Tests.Evaluation;

/// <summary>EASE, and a blend with ALS at fixed weights, on the small public split: a floor of quality that runs in seconds.</summary>
public sealed class AmazonEaseTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Ease_reaches_the_peers_figures_and_the_blend_passes_both_its_parts()
    {
        var folder = PublicData.Require("amazon_electronics");
        var (train, test) = (Pairs(folder, "train.csv.gz"), Pairs(folder, "test.csv.gz"));
        var matrix = Samples.Binary(train, train.Concat(test).Select(p => p.Item));
        HeldOut[] cases = [.. test.GroupBy(p => p.User).Select(g => new HeldOut(Samples.Shopper(g.Key), [.. g.Select(p => matrix.Items.ColumnOf(p.Item)).Order()]))];
        IModel ease = new EaseTrainer(new EaseOptions { Regularization = 200 }).Train(matrix);
        IModel als = new AlsTrainer(new AlsOptions { Epochs = 12, UnobservedWeight = .1, Regularization = .03 }).Train(matrix);

        var alone = Measure("ease", ease);
        var blended = Measure("blend", new BlendModel([new("ease", ease, .6f), new("als", als, .4f)]));

        // Known: .1332 / .0820.
        Assert.InRange(alone.Recall20, .130, .140);
        Assert.InRange(alone.Ndcg20, .0805, .086);
        Assert.True(blended.Ndcg20 > alone.Ndcg20 && blended.Ndcg20 > Measure("als", als).Ndcg20);

        Quality Measure(string name, IModel model)
        {
            var figures = Evaluator.Evaluate(name, model.Top, new Holdout(matrix, cases, 0), new EvaluationOptions()).Overall;
            output.WriteLine($"{name}: recall@20 {figures.Recall20:0.0000}, NDCG@20 {figures.Ndcg20:0.0000}");
            return figures;
        }
    }

    private static (int User, int Item)[] Pairs(string folder, string file) => [.. PublicData.Rows(folder, file)
        .Select(r => (int.Parse(r[0], CultureInfo.InvariantCulture), int.Parse(r[1], CultureInfo.InvariantCulture)))];
}
