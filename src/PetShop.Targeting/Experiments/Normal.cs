namespace PetShop.Targeting.Experiments;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>Chance of a value of this size or more, to either side.</summary>
    public static double TwoSided(double z) => Gamma.UpperRegularized(0.5, z * z / 2);

    /// <summary>Chance of a value below <paramref name="z"/>.</summary>
    public static double Below(double z) => z < 0 ? TwoSided(z) / 2 : 1 - TwoSided(z) / 2;

    /// <summary>The value that is exceeded, to either side, with chance <paramref name="p"/>; 1.96 for 0.05.</summary>
    public static double QuantileTwoSided(double p) => Bisect(0, 40, z => TwoSided(z) > p);

    /// <summary>Where <paramref name="isBelow"/> turns from true to false.</summary>
    public static double Bisect(double low, double high, Func<double, bool> isBelow)
    {
        for (var i = 0; i < 200 && high - low > 1e-14 * Math.Max(1, Math.Abs(low)); i++)
        {
            var middle = (low + high) / 2;
            (low, high) = isBelow(middle) ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }
}
