using System.Globalization;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Training;
using Xunit.Abstractions;

namespace PetShop.Recommender.Tests.Evaluation;

/// <summary>A small public split, ranked against the full catalogue, as a floor of quality that runs in seconds.</summary>
public sealed class AmazonElectronicsTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Weighted_als_and_popularity_reach_the_figures_known_for_them()
    {
        var folder = PublicData.Require("amazon_electronics");
        var train = Pairs(folder, "train.csv.gz").ToArray();
        var test = Pairs(folder, "test.csv.gz").ToArray();
        var matrix = Samples.Binary(train, train.Concat(test).Select(p => p.Item));
        HeldOut[] cases = [.. test.GroupBy(p => p.User).Select(g => new HeldOut(Samples.Shopper(g.Key), [.. g.Select(p => matrix.Items.ColumnOf(p.Item)).Order()]))];
        var holdout = new Holdout(matrix, cases, 0);

        var als = Run(new AlsTrainer(new AlsOptions { Rank = 64, Epochs = 12, UnobservedWeight = .1, Regularization = .03 }));
        var popularity = Run(new PopularityTrainer());
        var itemItem = Run(new ItemItemTrainer(new ItemItemOptions { Shrinkage = 5 }));

        // Known: ALS .1328 / .0808, popularity .0885 / .0487.
        Assert.InRange(als.Recall20, .128, .140);
        Assert.InRange(als.Ndcg20, .078, .087);
        Assert.Equal(.0885, popularity.Recall20, .001);
        Assert.Equal(.0487, popularity.Ndcg20, .001);
        Assert.True(itemItem.Ndcg20 > .065);

        Quality Run(ITrainer trainer)
        {
            var result = Evaluator.Evaluate(trainer.Name, trainer.Train(matrix).Top, holdout, new EvaluationOptions()).Overall;
            output.WriteLine($"{trainer.Name}: recall@20 {result.Recall20:0.0000}, NDCG@20 {result.Ndcg20:0.0000}");
            return result;
        }
    }

    private static IEnumerable<(int User, int Item)> Pairs(string folder, string file) => PublicData.Rows(folder, file)
        .Select(r => (int.Parse(r[0], CultureInfo.InvariantCulture), int.Parse(r[1], CultureInfo.InvariantCulture)));
}
