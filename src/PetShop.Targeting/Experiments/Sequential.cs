namespace PetShop.Targeting.Experiments;

/// <summary>An interval and a p value that hold however often one looks: to stop on a good day is no cheat here.</summary>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="P">Below alpha exactly when the interval leaves zero out.</param>
/// <remarks>Waudby-Smith et al., asymptotic confidence sequences.</remarks>
public sealed record Sequential(double Low, double High, double P)
{
    /// <summary>Tunes the interval to be narrowest at a sample of <paramref name="planned"/>.</summary>
    public static double Rho(double planned, double alpha = 0.05) =>
        Math.Sqrt((-2 * Math.Log(alpha) + Math.Log(-2 * Math.Log(alpha) + 1)) / planned);

    /// <param name="value">The difference estimated so far.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="count">Visitors of both variants.</param>
    /// <param name="planned">Visitors of both variants that the plan foresees.</param>
    /// <exception cref="ArgumentException">Nobody was counted or planned for, the error is not positive, or alpha is no chance.</exception>
    public static Sequential Of(double value, double error, long count, long planned, double alpha = 0.05)
    {
        if (count <= 0 || planned <= 0 || !(error > 0) || alpha is not (> 0 and < 1))
            throw new ArgumentException($"An interval needs visitors, a plan, an error above zero and an alpha between 0 and 1; these are {count}, {planned}, {error} and {alpha}.");
        var rho = Rho(planned, alpha);
        var spread = count * rho * rho + 1;
        var half = error * Math.Sqrt(count) * Math.Sqrt(2 * spread * Math.Log(Math.Sqrt(spread) / alpha) / Math.Pow(count * rho, 2));
        var s = value * value * count / (error * error);
        return new(value - half, value + half, Math.Min(1, Math.Sqrt(spread) * Math.Exp(-rho * rho * s / (2 * spread))));
    }
}

/// <summary>The mixture sequential probability ratio test of a normal difference.</summary>
/// <param name="Ratio">How much better a difference explains the data than none does.</param>
/// <param name="P">Always valid at this look; over several looks their running minimum.</param>
public sealed record MixtureTest(double Ratio, double P)
{
    /// <param name="difference">Estimated so far.</param>
    /// <param name="variance">Of that estimate.</param>
    /// <param name="prior">Variance of the differences one expects.</param>
    public static MixtureTest Of(double difference, double variance, double prior)
    {
        var ratio = Math.Sqrt(variance / (variance + prior)) * Math.Exp(prior * difference * difference / (2 * variance * (variance + prior)));
        return new(ratio, Math.Min(1, 1 / ratio));
    }

    /// <summary>The p value after each look: it never rises again.</summary>
    public static IReadOnlyList<double> OverLooks(IEnumerable<MixtureTest> looks)
    {
        var (lowest, all) = (1.0, new List<double>());
        foreach (var look in looks)
            all.Add(lowest = Math.Min(lowest, look.P));
        return all;
    }
}
