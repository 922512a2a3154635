namespace PetShop.Targeting.Experiments;

/// <summary>Whether variants got the share of visitors they were planned to get; a mismatch means the counting is broken.</summary>
/// <param name="ChiSquare">Pearson's statistic over the variants of positive weight.</param>
/// <param name="P">Chance of a statistic this large when all is well.</param>
public sealed record SampleRatio(double ChiSquare, double P)
{
    /// <summary>Below this p value the result of an experiment is not to be trusted.</summary>
    public const double Alarm = 0.001;

    /// <exception cref="ArgumentException">The lists differ in length, fewer than two weights are positive, or nobody was counted.</exception>
    public static SampleRatio Test(IReadOnlyList<long> counts, IReadOnlyList<double> weights)
    {
        if (counts.Count != weights.Count)
            throw new ArgumentException($"There are {counts.Count} counts but {weights.Count} weights.");
        var arms = counts.Zip(weights).Where(a => a.Second > 0).ToList();
        var (seen, planned) = (arms.Sum(a => a.First), arms.Sum(a => a.Second));
        if (arms.Count < 2 || seen <= 0)
            throw new ArgumentException($"A sample ratio needs two weights above zero and somebody counted; {arms.Count} weights are, {seen} were counted.");
        var chiSquare = arms.Sum(a => Math.Pow(a.First - seen * a.Second / planned, 2) / (seen * a.Second / planned));
        return new(chiSquare, Gamma.UpperRegularized((arms.Count - 1) / 2.0, chiSquare / 2));
    }
}
