namespace PetShop.Targeting.Groups;

/// <summary>How well clusters stand apart: near 1 when every shopper is much closer to their own than to the next, 0 when it makes no difference.</summary>
/// <remarks>Rousseeuw, 1987. Exact for up to <c>most</c> points, else for an even sample of so many: O(m^2 d).</remarks>
public static class Silhouette
{
    public static double Mean(FeatureTable points, Clustering clusters, int most = 5000)
    {
        var rows = points.Sample(most);
        var sizes = new int[clusters.Centres.Length];
        foreach (var row in rows)
            sizes[clusters.Labels[row]]++;
        return rows.Length == 0 ? 0 : rows.Average(row => Of(points, clusters.Labels, rows, row, sizes));
    }

    private static double Of(FeatureTable points, int[] labels, int[] rows, int row, int[] sizes)
    {
        var own = labels[row];
        if (sizes[own] < 2)
            return 0;
        Span<double> sums = stackalloc double[sizes.Length];
        foreach (var other in rows)
            sums[labels[other]] += Math.Sqrt(FeatureTable.Distance(points[row], points[other]));
        var within = sums[own] / (sizes[own] - 1);
        var next = double.PositiveInfinity;
        for (var c = 0; c < sums.Length; c++)
            if (c != own && sizes[c] > 0)
                next = Math.Min(next, sums[c] / sizes[c]);
        var larger = Math.Max(within, next);
        return double.IsInfinity(next) || larger == 0 ? 0 : (next - within) / larger;
    }
}
