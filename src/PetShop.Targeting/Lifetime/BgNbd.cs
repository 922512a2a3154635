using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Lifetime;

/// <summary>How often shoppers buy and when they stop: everyone buys at a rate of their own and may stop after any order.</summary>
/// <remarks>
/// The BG/NBD model of Fader, Hardie and Lee, Marketing Science 24, 2005. Rates are spread over shoppers by a gamma law (shape R, rate Alpha),
/// chances of stopping by a beta law (A, B). Times are in the unit of the histories it was fitted on.
/// </remarks>
/// <param name="LogLikelihood">Of all histories it was fitted on.</param>
/// <param name="Shoppers">How many those were.</param>
/// <param name="IsHeld">The data left a parameter open, so that a weak prior had to hold it.</param>
public sealed record BgNbd(double R, double Alpha, double A, double B, double LogLikelihood = double.NaN, int Shoppers = 0, bool IsHeld = false)
{
    private const int MaxTerms = 1_000_000;

    /// <summary>Chance that the shopper has not stopped. After a single order the model has no way to tell and this is null, not 1.</summary>
    public double? AliveChance(PurchaseHistory history) => history.Repeats == 0 ? null : Alive(history);

    /// <summary>Chance of at least one order within the coming stretch of time; it tells one-time buyers apart, too.</summary>
    /// <remarks>Given that the shopper has not stopped, the rate is gamma (R + x, Alpha + T).</remarks>
    public double ReturnChance(PurchaseHistory history, double within) =>
        Alive(history) * (1 - Math.Exp((R + history.Repeats) * Math.Log((Alpha + history.Age) / (Alpha + history.Age + within))));

    /// <summary>Expected orders within the coming stretch of time (equation 10 of the paper).</summary>
    public double ExpectedOrders(PurchaseHistory history, double within) => Alive(history) * ExpectedIfAlive(history.Repeats, history.Age, within);

    /// <summary>Expected repeat orders of a shopper about whom nothing is known, from the first order on (equation 9).</summary>
    public double ExpectedOrders(double within) => ExpectedIfAlive(0, 0, within);

    /// <summary>Time until the chance of an order has grown to a share; null when it never does.</summary>
    public double? WaitUntilChance(PurchaseHistory history, double chance)
    {
        var ifAlive = chance / Alive(history);
        return ifAlive >= 1 ? null : (Alpha + history.Age) * (Math.Pow(1 - ifAlive, -1 / (R + history.Repeats)) - 1);
    }

    /// <summary>Chance of exactly so many repeat orders in the time after the first one (equation 8).</summary>
    public double ChanceOf(int orders, double within)
    {
        var (share, rest) = (Math.Log(within / (Alpha + within)), Math.Log(Alpha / (Alpha + within)));
        double Negative(int j) => Math.Exp(Gamma.Log(R + j) - Gamma.Log(R) - Gamma.Log(j + 1) + R * rest + (j == 0 ? 0 : j * share));
        var stays = Math.Exp(LogBeta(A, B + orders) - LogBeta(A, B)) * Negative(orders);
        if (orders == 0)
            return stays;
        var fewer = Enumerable.Range(0, orders).Sum(Negative);
        return stays + Math.Exp(LogBeta(A + 1, B + orders - 1) - LogBeta(A, B)) * (1 - fewer);
    }

    private double Alive(PurchaseHistory history)
    {
        history.Check();
        if (history.Repeats == 0)
            return 1;
        var log = Math.Log(A / (B + history.Repeats - 1)) + (R + history.Repeats) * Math.Log((Alpha + history.Age) / (Alpha + history.LastAt));
        return 1 / (1 + Math.Exp(log));
    }

    /// <summary>
    /// The paper's (c / e) (1 - (1 - z)^(R + x) 2F1(R + x, B + x; c; z)) with e = A - 1, c = A + B + x - 1 and z = t / (Alpha + T + t). By Euler's transformation
    /// that is (c / e) (1 - (1 - z)^e 2F1(c - R - x, e; c; z)), which cannot overflow; and its series starts with 1 and goes on with multiples of e / c, so that
    /// e and c divide out term by term and neither A = 1 nor A + B = 1 is a special case.
    /// </summary>
    private double ExpectedIfAlive(int x, double age, double within)
    {
        if (!(within >= 0) || !double.IsFinite(within))
            throw new ArgumentOutOfRangeException(nameof(within), within, "The time to look ahead is finite and not negative.");
        var (e, c, first) = (A - 1, A + B + x - 1, A + B - 1 - R);
        var z = within / (Alpha + age + within);
        var left = Math.Log((Alpha + age) / (Alpha + age + within));
        var (term, sum) = (first * z, 0.0);
        for (var n = 1; n < MaxTerms && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            sum += term;
            term *= (first + n) * (e + n) / ((c + n) * (n + 1)) * z;
        }
        var shrunk = Math.Abs(e * left) < 1e-4 ? left * (1 + e * left / 2 + e * left * e * left / 6) : (Math.Exp(e * left) - 1) / e;
        return Math.Max(0, -c * shrunk - Math.Exp(e * left) * sum);
    }

    private static double LogBeta(double a, double b) => Gamma.Log(a) + Gamma.Log(b) - Gamma.Log(a + b);
}
