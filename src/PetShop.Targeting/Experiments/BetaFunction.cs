namespace PetShop.Targeting.Experiments;

/// <summary>The incomplete beta function, from which the distributions of Student and of shares follow.</summary>
internal static class BetaFunction
{
    /// <summary>I_x(a, b): the chance that a share of distribution Beta(a, b) is below x. Lentz's continued fraction, on the side where it converges fast.</summary>
    public static double Regularized(double a, double b, double x)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        return x < (a + 1) / (a + b + 2)
            ? Math.Exp(LogDensity(a, b, x)) * x * (1 - x) * Fraction(a, b, x) / a
            : 1 - Math.Exp(LogDensity(b, a, 1 - x)) * x * (1 - x) * Fraction(b, a, 1 - x) / b;
    }

    /// <summary>Logarithm of the density of Beta(a, b) at x.</summary>
    public static double LogDensity(double a, double b, double x) =>
        (a - 1) * Math.Log(x) + (b - 1) * Math.Log(1 - x) + Gamma.Log(a + b) - Gamma.Log(a) - Gamma.Log(b);

    /// <summary>Student's t with <paramref name="freedom"/> degrees: chance of a value of this size or more, to either side.</summary>
    public static double StudentTwoSided(double t, double freedom) => Regularized(freedom / 2, 0.5, freedom / (freedom + t * t));

    /// <summary>The t that is exceeded, to either side, with chance <paramref name="p"/>.</summary>
    public static double StudentQuantile(double p, double freedom) => Normal.Bisect(0, 1000, t => StudentTwoSided(t, freedom) > p);

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        var (c, d) = (1.0, 1 / Away(1 - (a + b) * x / (a + 1)));
        var h = d;
        for (var m = 1; m < 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }
        return h;

        static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}
