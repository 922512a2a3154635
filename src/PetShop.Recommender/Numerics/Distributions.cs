namespace PetShop.Recommender.Numerics;

/// <summary>The few distributions that decisions are taken by.</summary>
internal static class Distributions
{
    /// <summary>Probability that a standard normal stays below z.</summary>
    public static double NormalBelow(double z) => 0.5 * Erfc(-z / Math.Sqrt(2));

    /// <summary>Probability that a chi-square of one degree of freedom exceeds x.</summary>
    public static double ChiSquare1Above(double x) => x <= 0 ? 1 : Erfc(Math.Sqrt(x / 2));

    /// <summary>Complementary error function, to about 1e-14 relative: power series near 0, continued fraction beyond.</summary>
    public static double Erfc(double x)
    {
        if (x < 0)
            return 2 - Erfc(-x);
        return x < 2.5 ? 1 - ErfSeries(x) : ErfcFraction(x);
    }

    // erf x = 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (2n+1)!!, all terms positive.
    private static double ErfSeries(double x)
    {
        double term = x, sum = x;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc x = e^(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out.
    private static double ErfcFraction(double x)
    {
        var fraction = x;
        for (var k = 100; k >= 1; k--)
            fraction = x + k / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
