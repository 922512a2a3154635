namespace PetShop.Targeting.Groups;

/// <summary>Shoppers as points: every feature moved to mean 0 and population standard deviation 1, so that none outweighs another by its unit.</summary>
public sealed class FeatureTable
{
    private readonly double[] _values;

    private FeatureTable(double[] values, int count, double[] means, double[] deviations) => (_values, Count, Means, Deviations) = (values, count, means, deviations);

    /// <summary>How many shoppers there are.</summary>
    public int Count { get; }

    public int Width => Means.Length;

    /// <summary>Of each feature before it was moved, after its logarithm.</summary>
    public double[] Means { get; }

    public double[] Deviations { get; }

    /// <summary>The point of one shopper.</summary>
    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Width, Width);

    /// <param name="columns">One array a feature, of one length; a feature that is the same for everyone becomes 0.</param>
    /// <param name="skewed">Features with a long tail, which count by ln(1 + value); their values are not negative.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite or has no logarithm.</exception>
    public static FeatureTable Of(IReadOnlyList<double[]> columns, IReadOnlyList<bool> skewed)
    {
        var count = columns.Count == 0 ? 0 : columns[0].Length;
        if (columns.Count == 0 || columns.Count != skewed.Count || columns.Any(c => c.Length != count))
            throw new ArgumentException($"Features come as columns of one length; these are {string.Join(", ", columns.Select(c => c.Length))} long, for {skewed.Count} scales.", nameof(columns));
        var (values, means, deviations) = (new double[count * columns.Count], new double[columns.Count], new double[columns.Count]);
        for (var j = 0; j < columns.Count; j++)
        {
            var column = Array.ConvertAll(columns[j], v => skewed[j] ? Math.Log(1 + v) : v);
            if (column.Any(v => !double.IsFinite(v)))
                throw new ArgumentException($"Feature {j} has a value that is not finite or, being skewed, not above -1.", nameof(columns));
            means[j] = count == 0 ? 0 : column.Average();
            deviations[j] = count == 0 ? 0 : Math.Sqrt(column.Average(v => (v - means[j]) * (v - means[j])));
            for (var i = 0; i < count; i++)
                values[i * columns.Count + j] = deviations[j] <= 1e-12 * Math.Abs(means[j]) ? 0 : (column[i] - means[j]) / deviations[j];
        }
        return new(values, count, means, deviations);
    }

    /// <summary>At most so many shoppers, evenly picked, without chance.</summary>
    public int[] Sample(int most) => Count <= most ? [.. Enumerable.Range(0, Count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * Count / most))];

    internal static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
