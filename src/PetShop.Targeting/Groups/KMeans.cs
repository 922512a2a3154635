namespace PetShop.Targeting.Groups;

/// <summary>Shoppers parted into clusters.</summary>
/// <param name="Labels">The cluster of each shopper.</param>
/// <param name="Centres">The mean point of each cluster.</param>
/// <param name="Inertia">Sum of squared distances of the shoppers from their centres.</param>
public sealed record Clustering(int[] Labels, double[][] Centres, double Inertia)
{
    public int[] Sizes()
    {
        var sizes = new int[Centres.Length];
        foreach (var label in Labels)
            sizes[label]++;
        return sizes;
    }
}

/// <summary>Parts points into k clusters around their means.</summary>
/// <remarks>Lloyd, 1982; seeds by k-means++, Arthur and Vassilvitskii, SODA 2007. O(n k d) a round for n points of d features.</remarks>
public static class KMeans
{
    private const int MaxRounds = 500;

    /// <summary>The best of several runs from k-means++ seeds; clusters are numbered from the largest to the smallest.</summary>
    /// <param name="dice">Seeded: equal seeds give equal clusters.</param>
    public static Clustering Fit(FeatureTable points, int k, Random dice, int runs = 10)
    {
        if (k < 1 || k > points.Count || runs < 1)
            throw new ArgumentException($"{points.Count} points cannot be parted into {k} clusters in {runs} runs.", nameof(k));
        Clustering? best = null;
        for (var run = 0; run < runs; run++)
        {
            var found = Lloyd(points, Seeds(points, k, dice));
            if (best is null || found.Inertia < best.Inertia)
                best = found;
        }
        return LargestFirst(best!);
    }

    /// <summary>Moves centres to the means of their points until no point changes its cluster; of equally near centres the first one counts.</summary>
    public static Clustering Lloyd(FeatureTable points, IReadOnlyList<double[]> seeds)
    {
        var centres = seeds.Select(s => s.ToArray()).ToArray();
        var (labels, far) = (new int[points.Count], new double[points.Count]);
        Array.Fill(labels, -1);
        for (var round = 0; Assign(points, centres, labels, far) && round < MaxRounds; round++)
            Move(points, centres, labels, far);
        return new(labels, centres, far.Sum());
    }

    /// <returns>Whether some point changed its cluster.</returns>
    private static bool Assign(FeatureTable points, double[][] centres, int[] labels, double[] far)
    {
        var changed = false;
        for (var i = 0; i < labels.Length; i++)
        {
            var (nearest, least) = (0, double.PositiveInfinity);
            for (var c = 0; c < centres.Length; c++)
                if (FeatureTable.Distance(points[i], centres[c]) is var distance && distance < least)
                    (nearest, least) = (c, distance);
            changed |= labels[i] != nearest;
            (labels[i], far[i]) = (nearest, least);
        }
        return changed;
    }

    private static void Move(FeatureTable points, double[][] centres, int[] labels, double[] far)
    {
        var sizes = new int[centres.Length];
        foreach (var centre in centres)
            Array.Clear(centre);
        for (var i = 0; i < labels.Length; i++)
        {
            sizes[labels[i]]++;
            for (var j = 0; j < points.Width; j++)
                centres[labels[i]][j] += points[i][j];
        }
        for (var c = 0; c < centres.Length; c++)
            if (sizes[c] > 0)
                for (var j = 0; j < points.Width; j++)
                    centres[c][j] /= sizes[c];
            else
                Settle(points, centres[c], far);
    }

    // A cluster that lost all its points starts anew at the point that is served worst.
    private static void Settle(FeatureTable points, double[] centre, double[] far)
    {
        var worst = Array.IndexOf(far, far.Max());
        points[worst].CopyTo(centre);
        far[worst] = 0;
    }

    private static List<double[]> Seeds(FeatureTable points, int k, Random dice)
    {
        var seeds = new List<double[]> { points[dice.Next(points.Count)].ToArray() };
        var far = new double[points.Count];
        Array.Fill(far, double.PositiveInfinity);
        while (seeds.Count < k)
        {
            for (var i = 0; i < far.Length; i++)
                far[i] = Math.Min(far[i], FeatureTable.Distance(points[i], seeds[^1]));
            seeds.Add(points[Draw(far, dice)].ToArray());
        }
        return seeds;
    }

    /// <summary>An index with a chance in proportion to its weight.</summary>
    private static int Draw(double[] weights, Random dice)
    {
        var rest = dice.NextDouble() * weights.Sum();
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
                continue;
            last = i;
            if ((rest -= weights[i]) < 0)
                break;
        }
        return last;
    }

    private static Clustering LargestFirst(Clustering found)
    {
        var sizes = found.Sizes();
        var order = Enumerable.Range(0, sizes.Length).OrderByDescending(c => sizes[c]).ToArray();
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            place[order[i]] = i;
        return new([.. found.Labels.Select(l => place[l])], [.. order.Select(c => found.Centres[c])], found.Inertia);
    }
}
