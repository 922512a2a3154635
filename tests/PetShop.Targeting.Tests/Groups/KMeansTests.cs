using PetShop.Targeting.Groups;
using Xunit.Abstractions;

namespace PetShop.Targeting.Tests.Groups;

public sealed class KMeansTests(ITestOutputHelper output)
{
    public static TheoryData<int> Ks => [2, 3, 4, 5, 8];

    [SkippableTheory, MemberData(nameof(Ks))]
    public void Lloyd_from_the_stated_rows_ends_where_the_reference_ends(int k)
    {
        var rows = RetailRfm.Rows();
        var (points, reference) = (RetailRfm.Points(rows), PublicData.Json(PublicData.Require(RetailRfm.Set), "online_retail_kmeans.json"));
        var expected = reference.GetProperty("kmeans").GetProperty($"{k}");
        var found = KMeans.Lloyd(points, [.. expected.GetProperty("init_rows").EnumerateArray().Select(r => points[r.GetInt32()].ToArray())]);
        var label = 5 + Array.IndexOf([2, 3, 4, 5, 8], k) + 2;
        var differing = rows.Where((r, i) => int.Parse(r[label]) != found.Labels[i]).Count();
        output.WriteLine($"k {k}: inertia {found.Inertia:R} against {expected.GetProperty("inertia").GetDouble():R}; {differing} labels differ");
        Assert.Equal(0, differing);
        Assert.Equal(expected.GetProperty("inertia").GetDouble(), found.Inertia, 1e-6 * found.Inertia);
        Assert.Equal(expected.GetProperty("sizes").EnumerateArray().Select(s => s.GetInt32()), found.Sizes());
        Assert.Equal(expected.GetProperty("silhouette").GetDouble(), Silhouette.Mean(points, found), 9);
        foreach (var (centre, row) in found.Centres.Zip(expected.GetProperty("centroids").EnumerateArray()))
            foreach (var (actual, value) in centre.Zip(row.EnumerateArray()))
                Assert.Equal(value.GetDouble(), actual, 1e-6);
    }

    [SkippableTheory, MemberData(nameof(Ks))]
    public void Own_seeds_reach_the_best_of_fifty_runs_of_the_reference(int k)
    {
        var points = RetailRfm.Points(RetailRfm.Rows());
        var best = PublicData.Json(PublicData.Require(RetailRfm.Set), "online_retail_kmeans.json").GetProperty("kmeans").GetProperty($"{k}").GetProperty("best_of_50_kmeanspp_inertia").GetDouble();
        var found = KMeans.Fit(points, k, new Random(1), runs: 15);
        output.WriteLine($"k {k}: inertia {found.Inertia:R} against {best:R}");
        Assert.InRange(found.Inertia, 0, best * (1 + 1e-6));
    }

    [SkippableFact]
    public void Features_are_standardised_as_in_the_reference()
    {
        var points = RetailRfm.Points(RetailRfm.Rows());
        var reference = PublicData.Json(PublicData.Require(RetailRfm.Set), "online_retail_kmeans.json");
        foreach (var (name, actual) in new[] { ("mean", points.Means), ("sd", points.Deviations) })
            foreach (var (expected, value) in reference.GetProperty(name).EnumerateArray().Zip(actual))
                Assert.Equal(expected.GetDouble(), value, 12);
    }

    [SkippableFact]
    public void The_number_of_clusters_is_the_one_with_the_best_silhouette()
    {
        var found = ClusterSearch.Find(RetailRfm.Points(RetailRfm.Rows()), seed: 1, most: 4).Model!;
        Assert.Equal(2, found.Clusters.Centres.Length);
        Assert.Equal(0.43266, found.Silhouette, 4);
        Assert.Equal([2, 3, 4], found.Silhouettes.Keys.Order());
    }

    [Fact]
    public void Equal_seeds_give_equal_clusters_numbered_by_size()
    {
        var points = Blobs(3, 300);
        var (first, second) = (KMeans.Fit(points, 3, new Random(5)), KMeans.Fit(points, 3, new Random(5)));
        Assert.Equal(first.Labels, second.Labels);
        Assert.Equal(first.Sizes().OrderDescending(), first.Sizes());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Blobs_that_stand_apart_are_found_and_counted(int blobs)
    {
        var found = ClusterSearch.Find(Blobs(blobs, 100 * blobs), seed: 3).Model!;
        Assert.Equal(blobs, found.Clusters.Centres.Length);
        for (var i = 0; i < 100 * blobs; i++)
            Assert.Equal(found.Clusters.Labels[i % blobs], found.Clusters.Labels[i]);
    }

    [Fact]
    public void One_even_cloud_has_no_groups()
    {
        var dice = new Random(1);
        double[] Column() => [.. Enumerable.Range(0, 600).Select(_ => Enumerable.Range(0, 12).Sum(_ => dice.NextDouble()))];
        var fit = ClusterSearch.Find(FeatureTable.Of([Column(), Column(), Column(), Column(), Column()], [false, false, false, false, false]), 1);
        Assert.Contains("no groups that stand apart", fit.WhyNot);
    }

    [Fact]
    public void Too_few_shoppers_and_too_many_clusters_are_refused()
    {
        Assert.Contains("Only 50 shoppers", ClusterSearch.Find(Blobs(2, 50), 1).WhyNot);
        Assert.Throws<ArgumentException>(() => KMeans.Fit(Blobs(2, 5), 6, new Random(1)));
    }

    [Fact]
    public void Everyone_alike_is_no_trouble()
    {
        var points = FeatureTable.Of([Enumerable.Repeat(3.0, 200).ToArray()], [true]);
        Assert.Equal(0, KMeans.Fit(points, 3, new Random(1)).Inertia);
        Assert.NotNull(ClusterSearch.Find(points, 1).WhyNot);
    }

    [Fact]
    public void Values_without_a_logarithm_and_columns_of_two_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FeatureTable.Of([[-1, 2]], [true]));
        Assert.Throws<ArgumentException>(() => FeatureTable.Of([[1, 2], [1]], [false, false]));
        Assert.Throws<ArgumentException>(() => FeatureTable.Of([], []));
    }

    /// <summary>Points around corners of a wide spiral, blob after blob in turn.</summary>
    private static FeatureTable Blobs(int blobs, int points)
    {
        var dice = new Random(9);
        var at = Enumerable.Range(0, points).Select(i => (X: 10 * Math.Cos(i % blobs * 2.4) * (1 + i % blobs) + dice.NextDouble(), Y: 10 * Math.Sin(i % blobs * 2.4) * (1 + i % blobs) + dice.NextDouble())).ToList();
        return FeatureTable.Of([[.. at.Select(p => p.X)], [.. at.Select(p => p.Y)]], [false, false]);
    }
}
