namespace PetShop.Targeting.Experiments;

/// <summary>The incomplete gamma function, from which p values of normal and chi-square statistics follow.</summary>
internal static class Gamma
{
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Q(a, x): a chi-square statistic s of k degrees has p = Q(k / 2, s / 2). Series below a + 1, Lentz's continued fraction above.</summary>
    public static double UpperRegularized(double a, double x)
    {
        if (x <= 0)
            return 1;
        var scale = Math.Exp(a * Math.Log(x) - x - Log(a));
        return x < a + 1 ? 1 - scale * Series(a, x) : scale * Fraction(a, x);
    }

    /// <summary>ln G(x) for positive x, by Lanczos' approximation (g = 7).</summary>
    public static double Log(double x)
    {
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - Log(1 - x);
        x -= 1;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (x + i);
        var t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    private static double Series(double a, double x)
    {
        var (term, sum) = (1 / a, 1 / a);
        for (var n = a + 1; Math.Abs(term) > Math.Abs(sum) * 1e-16; n++)
            sum += term *= x / n;
        return sum;
    }

    private static double Fraction(double a, double x)
    {
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var (c, d) = (1 / Tiny, 1 / b);
        var h = d;
        for (var i = 1; i < 1000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + an / c;
            c = Math.Abs(c) < Tiny ? Tiny : c;
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }
        return h;
    }
}
