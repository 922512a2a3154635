namespace PetShop.Targeting.Experiments;

/// <summary>A ratio of two sums over visitors, such as revenue an order; its error by the delta method.</summary>
public sealed record RatioMetric(double Ratio, double Error)
{
    /// <exception cref="ArgumentException">The lists differ in length, fewer than two visitors, or a denominator of zero.</exception>
    public static RatioMetric Of(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators)
    {
        if (numerators.Count != denominators.Count || numerators.Count < 2 || denominators.Sum() == 0)
            throw new ArgumentException($"A ratio needs as many numerators as denominators, two at least, and a denominator above zero; there are {numerators.Count} and {denominators.Count}.");
        var (n, y, x) = (numerators.Count, numerators.Average(), denominators.Average());
        var (yy, xx) = (numerators.Sum(v => (v - y) * (v - y)) / (n - 1), denominators.Sum(v => (v - x) * (v - x)) / (n - 1));
        var xy = numerators.Zip(denominators).Sum(p => (p.First - y) * (p.Second - x)) / (n - 1);
        return new(y / x, Math.Sqrt((yy / (x * x) - 2 * y * xy / (x * x * x) + y * y * xx / (x * x * x * x)) / n));
    }

    /// <summary>Difference to a first ratio in units of its error.</summary>
    public double Z(RatioMetric first) => (Ratio - first.Ratio) / Math.Sqrt(Error * Error + first.Error * first.Error);
}
