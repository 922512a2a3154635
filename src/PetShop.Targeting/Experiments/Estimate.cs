namespace PetShop.Targeting.Experiments;

/// <summary>The mean of one variant, with what is needed to compare it.</summary>
/// <param name="Count">Visitors.</param>
/// <param name="Variance">Of one visitor's value.</param>
public readonly record struct Estimate(long Count, double Mean, double Variance)
{
    /// <summary>Square of the mean's standard error.</summary>
    public double ErrorSquared => Variance / Count;

    /// <summary>Of values such as revenue, by their sum and the sum of their squares.</summary>
    /// <exception cref="ArgumentException">Fewer than two values: there is no variance.</exception>
    public static Estimate OfValues(long count, double sum, double sumOfSquares) => count < 2
        ? throw new ArgumentException($"A mean with its error needs two values; there are {count}.")
        : new(count, sum / count, Math.Max(0, (sumOfSquares - sum * sum / count) / (count - 1)));

    /// <summary>Of a share, such as clicks among visitors.</summary>
    /// <exception cref="ArgumentException">Nobody was counted, or more hits than visitors.</exception>
    public static Estimate OfShare(long hits, long count) => count <= 0 || hits < 0 || hits > count
        ? throw new ArgumentException($"A share needs hits between 0 and visitors; these are {hits}/{count}.")
        : new(count, (double)hits / count, (double)hits / count * (1 - (double)hits / count));
}
