namespace PetShop.Targeting.Experiments;

/// <summary>Whether two shares differ, such as the click rates of two variants.</summary>
/// <param name="Difference">Second share minus first.</param>
/// <param name="Z">Pooled z statistic.</param>
/// <param name="P">Two-sided p value of <paramref name="Z"/>.</param>
/// <param name="Low">Lower end of the unpooled 95 % interval of the difference.</param>
/// <param name="High">Upper end of it.</param>
public sealed record TwoProportions(double Difference, double Z, double P, double Low, double High)
{
    private const double Z95 = 1.959963984540054;

    /// <exception cref="ArgumentException">A group is empty, or has more successes than trials.</exception>
    public static TwoProportions Compare(long firstHits, long firstTrials, long secondHits, long secondTrials)
    {
        if (firstTrials <= 0 || secondTrials <= 0 || firstHits < 0 || secondHits < 0 || firstHits > firstTrials || secondHits > secondTrials)
            throw new ArgumentException($"Shares need hits between 0 and trials; these are {firstHits}/{firstTrials} and {secondHits}/{secondTrials}.");
        var (p1, p2) = ((double)firstHits / firstTrials, (double)secondHits / secondTrials);
        var pooled = (double)(firstHits + secondHits) / (firstTrials + secondTrials);
        var pooledError = Math.Sqrt(pooled * (1 - pooled) * (1.0 / firstTrials + 1.0 / secondTrials));
        var error = Math.Sqrt(p1 * (1 - p1) / firstTrials + p2 * (1 - p2) / secondTrials);
        var z = pooledError == 0 ? 0 : (p2 - p1) / pooledError;
        return new(p2 - p1, z, Gamma.UpperRegularized(0.5, z * z / 2), p2 - p1 - Z95 * error, p2 - p1 + Z95 * error);
    }
}
