namespace PetShop.Recommender.Training;

/// <summary>Proposes where to look next, in the unit cube: first spread evenly, then where good trials are dense and bad ones are not.</summary>
/// <remarks>Tree-structured Parzen estimator (Bergstra et al., NIPS 2011) with normal kernels; the spread is a Halton sequence, shifted by the seed.</remarks>
internal sealed class PointProposer(int dimensions, int scouts, int seed)
{
    private const double GoodShare = 0.25, LeastWidth = 0.08;
    private const int Guesses = 32;
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];
    private readonly Random _random = new(seed);
    private readonly double[] _shift = ShiftOf(dimensions, seed);
    private int _drawn;

    /// <param name="tried">Places tried so far and how good they were.</param>
    public double[] Next(IReadOnlyList<(double[] Place, double Score)> tried)
    {
        if (_drawn < scouts || tried.Count < 4)
            return Halton(++_drawn);
        var ordered = tried.OrderByDescending(t => t.Score).Select(t => t.Place).ToArray();
        var goodCount = Math.Max(2, (int)Math.Ceiling(GoodShare * ordered.Length));
        double[][] good = ordered[..goodCount], bad = ordered[goodCount..];
        var width = Math.Max(LeastWidth, .4 * Math.Pow(good.Length, -1.0 / (4 + dimensions)));
        var guesses = Enumerable.Range(0, Guesses).Select(_ => Near(good[_random.Next(good.Length)], width)).ToArray();
        return guesses.MaxBy(g => Math.Log(Density(g, good, width)) - Math.Log(Density(g, bad, width)))!;
    }

    private double[] Near(double[] centre, double width) => Array.ConvertAll(centre, c => Reflect(c + width * Normal()));

    // The even share of one point keeps a lonely place from seeming infinitely good.
    private static double Density(double[] at, double[][] centres, double width)
    {
        var sum = 1d;
        foreach (var centre in centres)
        {
            var squares = 0d;
            for (var d = 0; d < at.Length; d++)
                squares += (at[d] - centre[d]) * (at[d] - centre[d]);
            sum += Math.Exp(-squares / (2 * width * width)) / Math.Pow(width * Math.Sqrt(2 * Math.PI), at.Length);
        }
        return sum / (centres.Length + 1);
    }

    private double[] Halton(int index)
    {
        var point = new double[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            double fraction = 1, rest = index, prime = Primes[d % Primes.Length];
            for (; rest > 0; rest = Math.Floor(rest / prime))
            {
                fraction /= prime;
                point[d] += fraction * (rest % prime);
            }
            point[d] = (point[d] + _shift[d]) % 1;
        }
        return point;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static double Reflect(double place)
    {
        place = Math.Abs(place) % 2;
        return place > 1 ? 2 - place : place;
    }

    private static double[] ShiftOf(int dimensions, int seed)
    {
        var random = new Random(seed ^ 0x5EED);
        return [.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble())];
    }
}
