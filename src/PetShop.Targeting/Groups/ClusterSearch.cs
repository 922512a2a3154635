using PetShop.Targeting.Lifetime;

namespace PetShop.Targeting.Groups;

/// <summary>Clusters that were found, and how well they stand apart.</summary>
/// <param name="Silhouettes">By number of clusters tried.</param>
public sealed record FoundClusters(FeatureTable Points, Clustering Clusters, double Silhouette, IReadOnlyDictionary<int, double> Silhouettes);

/// <summary>Finds how many clusters there are, and which.</summary>
public static class ClusterSearch
{
    /// <summary>Fewer shoppers make no clusters worth naming.</summary>
    public const int MinShoppers = 100;

    /// <summary>Below this mean silhouette there is no structure to speak of (Kaufman and Rousseeuw, 1990).</summary>
    public const double MinSilhouette = 0.25;

    /// <summary>Tries every number of clusters and keeps the one with the best silhouette.</summary>
    /// <param name="seed">Equal seeds and points give equal clusters.</param>
    public static Fit<FoundClusters> Find(FeatureTable points, int seed, int fewest = 2, int most = 8)
    {
        if (fewest < 2 || most < fewest)
            throw new ArgumentException($"The numbers of clusters to try start at 2; these are {fewest} to {most}.");
        if (points.Count < MinShoppers)
            return Fit<FoundClusters>.None($"Only {points.Count} shoppers have bought; {MinShoppers} are needed before groups mean anything.");
        var tried = Enumerable.Range(fewest, most - fewest + 1).Select(k => KMeans.Fit(points, k, new Random(seed)))
            .Select(c => (Clusters: c, Score: Silhouette.Mean(points, c))).ToList();
        var (clusters, score) = tried.MaxBy(t => t.Score);
        return score < MinSilhouette
            ? Fit<FoundClusters>.None($"The shoppers form no groups that stand apart (silhouette {score:0.00}, {MinSilhouette:0.00} is needed).")
            : Fit<FoundClusters>.Of(new(points, clusters, score, tried.ToDictionary(t => t.Clusters.Centres.Length, t => t.Score)));
    }
}
