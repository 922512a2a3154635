namespace PetShop.Recommender.Evaluation;

/// <summary>How much better one contender is than another on the same cases, with an interval.</summary>
/// <param name="Mean">Mean difference, candidate minus reference.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="ReferenceMean">Mean of the reference, to make the others relative.</param>
public readonly record struct PairedDifference(double Mean, double Lower, double Upper, double ReferenceMean);

/// <summary>Interval of a mean difference by drawing cases with replacement, both contenders' figures of a case together.</summary>
public static class PairedBootstrap
{
    /// <param name="reference">A figure for each case.</param>
    /// <param name="candidate">The same figure, same cases, same order.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="resamples">Number of draws.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static PairedDifference Compare(ReadOnlySpan<double> reference, ReadOnlySpan<double> candidate, int seed, int resamples = 2000)
    {
        if (reference.Length != candidate.Length || reference.IsEmpty)
            throw new ArgumentException($"Both contenders need the same cases, at least one; there are {reference.Length} and {candidate.Length}.");
        var differences = new double[reference.Length];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = candidate[i] - reference[i];
        var random = new Random(seed);
        var means = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            double sum = 0;
            for (var i = 0; i < differences.Length; i++)
                sum += differences[random.Next(differences.Length)];
            means[r] = sum / differences.Length;
        }
        Array.Sort(means);
        return new PairedDifference(differences.Average(), means[(int)(.025 * (resamples - 1))], means[(int)Math.Ceiling(.975 * (resamples - 1))], Mean(reference));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
