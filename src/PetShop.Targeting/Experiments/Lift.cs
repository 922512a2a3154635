namespace PetShop.Targeting.Experiments;

/// <summary>By how much a second variant differs from the first.</summary>
/// <param name="Value">0.1 is ten per cent more when relative; in the unit of the mean when absolute.</param>
/// <param name="Error">Standard error of <paramref name="Value"/>.</param>
/// <param name="Low">Lower end of Welch's 95 % interval, for one look planned beforehand.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="P">Two-sided, by Welch's t.</param>
public sealed record Lift(double Value, double Error, double Low, double High, double P)
{
    private const double Alpha = 0.05;

    /// <summary>(second - first) / first, with the error of both means (delta method).</summary>
    /// <exception cref="ArgumentException">The first mean is zero: nothing is relative to it.</exception>
    public static Lift Relative(Estimate first, Estimate second)
    {
        if (first.Mean == 0)
            throw new ArgumentException("A lift relative to zero has no size; compare the difference.");
        var ratio = second.Mean / first.Mean;
        var variance = (second.ErrorSquared + first.ErrorSquared * ratio * ratio) / (first.Mean * first.Mean);
        return Of(ratio - 1, Math.Sqrt(variance), Freedom(first, second));
    }

    /// <summary>second - first.</summary>
    public static Lift Absolute(Estimate first, Estimate second) =>
        Of(second.Mean - first.Mean, Math.Sqrt(first.ErrorSquared + second.ErrorSquared), Freedom(first, second));

    /// <summary>Chance that the second is better, knowing nothing beforehand.</summary>
    public double ChanceToBeBetter => Error == 0 ? Value > 0 ? 1 : Value < 0 ? 0 : 0.5 : Normal.Below(Value / Error);

    private static Lift Of(double value, double error, double freedom)
    {
        if (error == 0 || !double.IsFinite(freedom))
            return new(value, error, value, value, value == 0 ? 1 : 0);
        var half = BetaFunction.StudentQuantile(Alpha, freedom) * error;
        return new(value, error, value - half, value + half, BetaFunction.StudentTwoSided(value / error, freedom));
    }

    // Welch and Satterthwaite.
    private static double Freedom(Estimate a, Estimate b) => Math.Pow(a.ErrorSquared + b.ErrorSquared, 2)
        / (a.ErrorSquared * a.ErrorSquared / (a.Count - 1) + b.ErrorSquared * b.ErrorSquared / (b.Count - 1));
}
