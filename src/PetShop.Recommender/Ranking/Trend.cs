namespace PetShop.Recommender.Ranking;

/// <summary>How much a product is looked at now against its last weeks: two exponentially fading counts.</summary>
/// <param name="Fast">Count with a half-life of 6 hours.</param>
/// <param name="Slow">Count with a half-life of 7 days.</param>
/// <param name="At">The moment both counts stand at.</param>
public readonly record struct Trend(double Fast, double Slow, DateTimeOffset At)
{
    private const double FastHours = 6, SlowHours = 7 * 24;

    /// <summary>Fewer distinct visitors than this make no trend.</summary>
    public const int MinVisitors = 20;

    /// <summary>The counts faded to a later moment; an earlier one changes nothing.</summary>
    public Trend FadedTo(DateTimeOffset moment)
    {
        var hours = (moment - At).TotalHours;
        return hours <= 0 ? this : new Trend(Fast * Math.Pow(2, -hours / FastHours), Slow * Math.Pow(2, -hours / SlowHours), moment);
    }

    /// <summary>Adds events of one moment; one that comes late is added faded.</summary>
    public Trend Add(DateTimeOffset moment, double count = 1)
    {
        var now = FadedTo(moment);
        var hours = (now.At - moment).TotalHours;
        return now with { Fast = now.Fast + count * Math.Pow(2, -hours / FastHours), Slow = now.Slow + count * Math.Pow(2, -hours / SlowHours) };
    }

    /// <summary><c>(fast - slow) / sqrt(slow + 1)</c>, the slow count scaled to what the fast one would show at a steady rate.</summary>
    public double Score(DateTimeOffset moment)
    {
        var now = FadedTo(moment);
        var expected = now.Slow * FastHours / SlowHours;
        return (now.Fast - expected) / Math.Sqrt(expected + 1);
    }

    /// <summary>Whether enough different people took part.</summary>
    public static bool IsWide(int distinctVisitors) => distinctVisitors >= MinVisitors;
}
