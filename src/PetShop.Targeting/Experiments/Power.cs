namespace PetShop.Targeting.Experiments;

/// <summary>How many visitors a comparison needs to find a difference of a given size four times in five, and to see one where there is none once in twenty.</summary>
public static class Power
{
    private const double Z80 = 0.8416212335729143;

    /// <summary>Visitors of each variant for a share.</summary>
    /// <param name="share">Of the first variant.</param>
    /// <param name="lift">Relative; 0.1 is ten per cent more.</param>
    /// <exception cref="ArgumentException">The shares do not both lie between 0 and 1, or do not differ.</exception>
    public static long OfShare(double share, double lift, double alpha = 0.05)
    {
        var other = share * (1 + lift);
        if (!(share > 0) || !(share < 1) || !(other > 0) || !(other < 1) || lift == 0)
            throw new ArgumentException($"A share and the share hoped for lie between 0 and 1 and differ; these are {share} and {other}.");
        var both = (share + other) / 2;
        var sum = Normal.QuantileTwoSided(alpha) * Math.Sqrt(2 * both * (1 - both)) + Z80 * Math.Sqrt(share * (1 - share) + other * (1 - other));
        return (long)Math.Floor(sum * sum / ((other - share) * (other - share)));
    }

    /// <summary>Visitors of each variant for a mean such as revenue a visitor.</summary>
    /// <exception cref="ArgumentException">The mean or the lift is zero, or the variance is not positive.</exception>
    public static long OfMean(double mean, double variance, double lift, double alpha = 0.05)
    {
        if (mean == 0 || lift == 0 || !(variance > 0))
            throw new ArgumentException($"A mean, a spread and a lift other than zero are needed; these are {mean}, {variance} and {lift}.");
        var z = Normal.QuantileTwoSided(alpha) + Z80;
        return (long)Math.Ceiling(2 * z * z * variance / (mean * lift * (mean * lift)));
    }

    /// <summary>Whole weeks until every variant has its visitors; null where nobody comes.</summary>
    /// <param name="smallestShare">Of all visitors, that of the variant with the fewest.</param>
    public static int? Weeks(long visitorsEach, double smallestShare, double visitorsAWeek) =>
        visitorsAWeek <= 0 || smallestShare <= 0 ? null : (int)Math.Min(5200, Math.Max(1, Math.Ceiling(visitorsEach / smallestShare / visitorsAWeek)));
}
