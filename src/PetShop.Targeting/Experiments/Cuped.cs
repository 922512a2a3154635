namespace PetShop.Targeting.Experiments;

/// <summary>Sums over the visitors of a variant: what they did after, what they had done before, and both together.</summary>
public readonly record struct BeforeAfterSums(long Count, double After, double AfterSquared, double Before, double BeforeSquared, double Product)
{
    public static BeforeAfterSums operator +(BeforeAfterSums a, BeforeAfterSums b) => new(
        a.Count + b.Count, a.After + b.After, a.AfterSquared + b.AfterSquared, a.Before + b.Before, a.BeforeSquared + b.BeforeSquared, a.Product + b.Product);

    public static BeforeAfterSums Of(IReadOnlyList<double> before, IReadOnlyList<double> after) => new(
        before.Count, after.Sum(), after.Sum(v => v * v), before.Sum(), before.Sum(v => v * v), before.Zip(after).Sum(p => p.First * p.Second));

    internal double AfterVariance => (AfterSquared - After * After / Count) / (Count - 1);
    internal double BeforeVariance => (BeforeSquared - Before * Before / Count) / (Count - 1);
    internal double Covariance => (Product - Before * After / Count) / (Count - 1);
}

/// <summary>Takes out of a comparison what visitors differed in before they saw any variant, so that less is left to chance.</summary>
/// <param name="Theta">How much a unit before foretells after, over the visitors of both variants.</param>
/// <param name="First">The first variant, adjusted.</param>
/// <param name="Second">The second variant, adjusted.</param>
/// <remarks>Deng, Xu, Kohavi and Walker, WSDM 2013.</remarks>
public sealed record Cuped(double Theta, Estimate First, Estimate Second)
{
    public double Difference => Second.Mean - First.Mean;
    public double Error => Math.Sqrt(First.ErrorSquared + Second.ErrorSquared);

    /// <returns>Null where nobody did anything before, or all the same: there is nothing to take out.</returns>
    public static Cuped? Adjust(BeforeAfterSums first, BeforeAfterSums second)
    {
        if (first.Count < 2 || second.Count < 2)
            return null;
        var all = first + second;
        if (!(all.BeforeVariance > 0))
            return null;
        var theta = all.Covariance / all.BeforeVariance;
        var mean = all.Before / all.Count;
        return new(theta, Adjusted(first, theta, mean), Adjusted(second, theta, mean));
    }

    private static Estimate Adjusted(BeforeAfterSums sums, double theta, double mean) => new(
        sums.Count, sums.After / sums.Count - theta * (sums.Before / sums.Count - mean),
        Math.Max(0, sums.AfterVariance + theta * theta * sums.BeforeVariance - 2 * theta * sums.Covariance));
}
