using System.IO.Compression;
using CsvHelper;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Benchmarks.Quality;

/// <summary>"Often bought together" on real baskets: every tenth basket is held out, and the product put in last is to be named from those before it.</summary>
/// <remarks>Each basket is a household of its own: the set names no people. Products in the basket already are left out of the list.</remarks>
internal static class InstacartQuality
{
    private const string Set = "instacart_train";
    private const int Length = 10, HeldOut = 10, LeastProducts = 3, MostCases = 5_000;

    public static QualitySet Rows { get; } = new(Set, Measure);

    private static IReadOnlyList<QualityRow> Measure(string folder, Pace pace)
    {
        var baskets = Baskets(folder);
        var builder = new BasketCountsBuilder(floor: new BoughtTogetherOptions().MinHouseholds);
        for (var b = 0; b < baskets.Length; b++)
            if (b % HeldOut != 0)
                builder.Add(new Guid(b, 0, 0, new byte[8]), DateTimeOffset.UnixEpoch, baskets[b]);
        var counts = builder.Build();
        var model = new BoughtTogetherTrainer(new BoughtTogetherOptions()).Train(counts);
        var bought = baskets.Where((_, b) => b % HeldOut != 0).SelectMany(b => b).GroupBy(p => p).OrderByDescending(g => g.Count()).Select(g => g.Key).Take(200).ToArray();
        var cases = baskets.Where((basket, b) => b % HeldOut == 0 && basket.Length >= LeastProducts).Take(MostCases).ToArray();
        var popular = HitRate(cases, before => bought.Except(before).Take(Length));
        return
        [
            new(Set, "bought together", "hit rate@10 of the last product", HitRate(cases, before => Companions(model, before)), popular, "popularity"),
            new(Set, "bought together", "products with a list", Enumerable.Range(0, model.Items.Count).Count(i => !model.Of(i).IsEmpty) / (double)model.Items.Count),
        ];
    }

    private static double HitRate(int[][] cases, Func<int[], IEnumerable<int>> listFor) => cases.Average(c => listFor(c[..^1]).Contains(c[^1]) ? 1.0 : 0);

    private static IEnumerable<int> Companions(NeighbourModel model, int[] before)
    {
        Dictionary<int, float> scores = [];
        foreach (var product in before)
            if (model.Items.ColumnOf(product) is >= 0 and var column)
                foreach (var (item, score) in model.Of(column))
                    scores[item] = scores.GetValueOrDefault(item) + score;
        return scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => model.Items[s.Key]).Except(before).Take(Length);
    }

    private static int[][] Baskets(string folder)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "orders.csv.gz")), CompressionMode.Decompress));
        using var csv = new CsvParser(reader, System.Globalization.CultureInfo.InvariantCulture);
        csv.Read();
        List<int[]> baskets = [];
        while (csv.Read())
            baskets.Add([.. csv.Record![1].Split(' ').Select(int.Parse).Distinct()]);
        return [.. baskets];
    }
}
