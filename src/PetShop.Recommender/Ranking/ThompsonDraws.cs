namespace PetShop.Recommender.Ranking;

/// <summary>An item that may prove itself: how often it was clicked, and how often it was shown.</summary>
/// <param name="Item">Column.</param>
/// <param name="Clicks">Of <paramref name="Shown"/>.</param>
/// <param name="Shown">Impressions.</param>
/// <param name="PriorRate">Click rate expected before anything was seen, above 0 and below 1: that of its department.</param>
public readonly record struct Arm(int Item, double Clicks, double Shown, double PriorRate);

/// <summary>Thompson sampling with a propensity that is counted, not estimated.</summary>
/// <remarks>
/// A fixed number of joint draws from the Beta posteriors is made beforehand, each kept as the order of the arms in it. A choice picks one draw, all equally likely,
/// and takes its best eligible arm; so the chance of an arm is exactly the share of draws in which it is the best eligible one. Thompson, Biometrika 1933.
/// </remarks>
public sealed class ThompsonDraws
{
    /// <summary>Impressions that the prior counts for.</summary>
    public const double PriorStrength = 40;

    private readonly Arm[] _arms;
    private readonly ushort[] _orders;

    /// <param name="arms">At most 65,535.</param>
    /// <param name="draws">Joint draws; the propensity comes in steps of one over this.</param>
    /// <param name="random">Seeded by the caller.</param>
    public ThompsonDraws(IReadOnlyList<Arm> arms, int draws, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arms.Count, ushort.MaxValue, nameof(arms));
        (_arms, Draws, _orders) = ([.. arms], draws, new ushort[arms.Count * draws]);
        var keys = new double[arms.Count];
        for (var draw = 0; draw < draws; draw++)
        {
            var order = _orders.AsSpan(draw * keys.Length, keys.Length);
            for (var a = 0; a < keys.Length; a++)
            {
                order[a] = (ushort)a;
                keys[a] = -Beta(_arms[a], random);
            }
            keys.AsSpan().Sort(order);
        }
    }

    public static ThompsonDraws None { get; } = new([], 1, new Random(0));

    /// <summary>How many joint draws there are.</summary>
    public int Draws { get; }

    /// <summary>The items that may be drawn.</summary>
    public IEnumerable<int> Items => _arms.Select(a => a.Item);

    /// <summary>The best eligible arm of one draw, and the chance that a draw picked at random would have chosen it.</summary>
    /// <param name="draw">Picked by the caller, all of 0 to <see cref="Draws"/> - 1 equally likely.</param>
    /// <param name="mayTake">Whether an item may be shown here and now.</param>
    /// <returns>Null when no arm may be taken.</returns>
    public (int Item, double Propensity)? Choose(int draw, Func<int, bool> mayTake)
    {
        var open = Array.ConvertAll(_arms, a => mayTake(a.Item));
        if (!Array.Exists(open, o => o))
            return null;
        var chosen = BestOf(draw, open);
        var same = 0;
        for (var other = 0; other < Draws; other++)
            same += BestOf(other, open) == chosen ? 1 : 0;
        return (_arms[chosen].Item, (double)same / Draws);
    }

    private int BestOf(int draw, bool[] open)
    {
        foreach (var arm in _orders.AsSpan(draw * _arms.Length, _arms.Length))
            if (open[arm])
                return arm;
        return -1;
    }

    private static double Beta(Arm arm, Random random)
    {
        if (!(arm.PriorRate is > 0 and < 1) || !(arm.Clicks >= 0) || !(arm.Shown >= arm.Clicks))
            throw new ArgumentException($"An arm needs a prior rate between 0 and 1 and no more clicks than impressions; {arm} has not.", nameof(arm));
        var hit = Gamma(PriorStrength * arm.PriorRate + arm.Clicks, random);
        var miss = Gamma(PriorStrength * (1 - arm.PriorRate) + arm.Shown - arm.Clicks, random);
        return hit / (hit + miss);
    }

    // Marsaglia and Tsang, 2000; below 1 by the shape one higher and a power of a uniform.
    private static double Gamma(double shape, Random random)
    {
        if (shape < 1)
            return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
