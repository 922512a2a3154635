using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Lifetime;

/// <summary>What a shopper's next orders will be worth: their own mean, drawn towards everyone's the fewer orders they made.</summary>
/// <remarks>
/// The Gamma-Gamma model of Fader and Hardie, note 025, 2013: orders vary around a shopper's mean by a gamma law (shape P), means over shoppers by an inverse one
/// (shape Q, scale Scale, in the unit of money). It takes spend to be independent of how often someone buys; <paramref name="Correlation"/> tells how nearly.
/// </remarks>
/// <param name="LogLikelihood">Of all repeat buyers.</param>
/// <param name="Buyers">How many those were.</param>
public sealed record GammaGamma(double P, double Q, double Scale, double Correlation = 0, double LogLikelihood = double.NaN, int Buyers = 0)
{
    /// <summary>Fewer repeat buyers than this say too little about the spread of spending.</summary>
    public const int MinBuyers = 30;

    /// <summary>Beyond this, heavy buyers spend so differently that the two models may not be multiplied.</summary>
    public const double MaxCorrelation = 0.5;

    /// <summary>Expected value of an order of anyone.</summary>
    public double MeanSpend => P * Scale / (Q - 1);

    /// <summary>Expected value of this shopper's next orders.</summary>
    public double ExpectedSpend(SpendHistory history) =>
        history.Repeats == 0 ? MeanSpend : P * (Scale + history.Repeats * history.MeanSpend) / (P * history.Repeats + Q - 1);

    /// <summary>Fits the repeat buyers among these; the others are passed over.</summary>
    /// <exception cref="ArgumentException">A repeat buyer's mean spend is not positive.</exception>
    public static Fit<GammaGamma> FitTo(IReadOnlyCollection<SpendHistory> histories)
    {
        var buyers = histories.Where(h => h.Repeats > 0).OrderBy(h => h.Repeats).ThenBy(h => h.MeanSpend).ToArray();
        if (buyers.FirstOrDefault(b => !(b.MeanSpend > 0) || !double.IsFinite(b.MeanSpend)) is { Repeats: > 0 } wrong)
            throw new ArgumentException($"A repeat buyer's mean spend is positive; this one is {wrong}.", nameof(histories));
        if (buyers.Length < MinBuyers)
            return Fit<GammaGamma>.None($"Only {buyers.Length} buyers came back; {MinBuyers} are needed to tell how spending varies.");
        var correlation = CorrelationOf(buyers);
        if (Math.Abs(correlation) > MaxCorrelation)
            return Fit<GammaGamma>.None($"How much and how often people buy go together too closely (correlation {correlation:0.00}) to foresee one without the other.");
        var unit = buyers.Average(b => b.MeanSpend);
        var (point, value, converged) = NelderMead.Minimise(logs => MeanLoss(buyers, unit, logs), [0, 0, 0]);
        var (p, q, scale) = (Math.Exp(point[0]), Math.Exp(point[1]), Math.Exp(point[2]));
        if (!converged || p is > 1e4 or < 1e-4 || q > 1e4 || scale is > 1e4 or < 1e-6)
            return Fit<GammaGamma>.None($"The spending of {buyers.Length} repeat buyers varies too little, or too oddly, to learn from.");
        if (q <= 1)
            return Fit<GammaGamma>.None($"A few orders are so large that the mean order of {buyers.Length} repeat buyers has no settled value (q = {q:0.00}).");
        return Fit<GammaGamma>.Of(new(p, q, scale * unit, correlation, -value * buyers.Length - buyers.Length * Math.Log(unit), buyers.Length));
    }

    private static double MeanLoss(SpendHistory[] buyers, double unit, double[] logs)
    {
        var (p, q, scale) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
        var (sum, head, repeats) = (0.0, 0.0, 0);
        foreach (var (x, spend) in buyers)
        {
            if (x != repeats)
                (head, repeats) = (Gamma.Log(p * x + q) - Gamma.Log(p * x) - Gamma.Log(q) + q * logs[2] + p * x * Math.Log(x), x);
            var z = spend / unit;
            sum += head + (p * x - 1) * Math.Log(z) - (p * x + q) * Math.Log(scale + x * z);
        }
        return -sum / buyers.Length;
    }

    private static double CorrelationOf(SpendHistory[] buyers)
    {
        var (meanX, meanZ) = (buyers.Average(b => b.Repeats), buyers.Average(b => b.MeanSpend));
        var both = buyers.Sum(b => (b.Repeats - meanX) * (b.MeanSpend - meanZ));
        var spread = buyers.Sum(b => Math.Pow(b.Repeats - meanX, 2)) * buyers.Sum(b => Math.Pow(b.MeanSpend - meanZ, 2));
        return spread == 0 ? 0 : both / Math.Sqrt(spread);
    }
}
