using System.Diagnostics;
using System.Globalization;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Training;
using Xunit.Abstractions;

namespace PetShop.Recommender.Tests.Training;

/// <summary>The split of the NCF paper: one positive among 99 negatives a user, with published figures to compare.</summary>
public sealed class MovieLensTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Weighted_als_reaches_the_published_quality()
    {
        var folder = PublicData.Require("ml1m_ncf");
        var matrix = Load(folder);
        var watch = Stopwatch.StartNew();
        var model = new AlsTrainer(new AlsOptions { Rank = 64, Epochs = 12, UnobservedWeight = .3, Regularization = .007 }).Train(matrix);
        output.WriteLine($"trained in {watch.Elapsed.TotalSeconds:0.0} s");
        var negatives = PublicData.Rows(folder, "test_negatives.csv.gz").ToDictionary(r => Int(r[0]), r => Array.ConvertAll(r[1].Split(' '), Int));
        var (hits, gain, count) = (0, 0d, 0);
        var scores = new float[matrix.ItemCount];
        foreach (var (user, positive) in PublicData.Rows(folder, "test_positive.csv.gz").Select(r => (Int(r[0]), Int(r[1]))))
        {
            model.Score(matrix.HistoryOf(Samples.Shopper(user)), scores);
            var own = scores[matrix.Items.ColumnOf(positive)];
            var better = negatives[user].Count(n => scores[matrix.Items.ColumnOf(n)] >= own);
            hits += better < 10 ? 1 : 0;
            gain += better < 10 ? 1 / Math.Log2(better + 2) : 0;
            count++;
        }
        output.WriteLine($"HR@10 {(double)hits / count:0.0000}, NDCG@10 {gain / count:0.0000} over {count} users");
        Assert.Equal(6040, count);
        Assert.InRange((double)hits / count, .715, .75);
        Assert.InRange(gain / count, .435, .47);
    }

    // Every rating counts alike, as in the papers: the confidence of one plain interaction is 1.
    private static InteractionMatrix Load(string folder)
    {
        var cells = PublicData.Rows(folder, "train.csv.gz").Select(r => (User: Int(r[0]), Item: Int(r[1])));
        return Samples.Binary(cells, Enumerable.Range(0, 3706));
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
