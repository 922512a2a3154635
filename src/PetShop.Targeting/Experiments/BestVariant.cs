namespace PetShop.Targeting.Experiments;

/// <summary>How likely each variant is the best, by its share of hits, when every share was as likely beforehand.</summary>
public static class BestVariant
{
    private const int Steps = 4000;

    /// <summary>P(variant i has the highest share), for each i; they add up to 1.</summary>
    /// <remarks>The integral of the density of one times the distributions of the others, over the stretch where anything has weight.</remarks>
    /// <exception cref="ArgumentException">Fewer than two variants, or more hits than trials.</exception>
    public static IReadOnlyList<double> Chances(IReadOnlyList<(long Hits, long Trials)> variants)
    {
        if (variants.Count < 2 || variants.Any(v => v.Hits < 0 || v.Hits > v.Trials))
            throw new ArgumentException($"The best is looked for among two variants or more with hits between 0 and trials; these are {string.Join(", ", variants)}.");
        var shapes = variants.Select(v => (A: v.Hits + 1.0, B: v.Trials - v.Hits + 1.0)).ToArray();
        var (low, high) = (shapes.Min(s => Edge(s, -1)), shapes.Max(s => Edge(s, 1)));
        var step = (high - low) / Steps;
        var chances = new double[shapes.Length];
        for (var i = 0; i < Steps; i++)
        {
            var x = low + (i + 0.5) * step;
            var below = Array.ConvertAll(shapes, s => BetaFunction.Regularized(s.A, s.B, x));
            for (var v = 0; v < shapes.Length; v++)
                chances[v] += step * Math.Exp(BetaFunction.LogDensity(shapes[v].A, shapes[v].B, x)) * below.Where((_, other) => other != v).Aggregate(1.0, (all, p) => all * p);
        }
        var total = chances.Sum();
        return Array.ConvertAll(chances, c => c / total);
    }

    // Twelve standard deviations to a side hold all but nothing of the weight.
    private static double Edge((double A, double B) s, int side)
    {
        var n = s.A + s.B;
        return Math.Clamp(s.A / n + side * 12 * Math.Sqrt(s.A * s.B / (n * n * (n + 1))), 0, 1);
    }
}
