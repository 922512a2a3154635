using System.Globalization;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Settings of <see cref="ItemItemTrainer"/>.</summary>
public sealed record ItemItemOptions
{
    /// <summary>a in <c>n_ij / (n_i^a n_j^(1-a))</c>: .5 is the cosine; more favours rare items.</summary>
    public double Balance { get; init; } = 0.5;

    /// <summary>h in <c>n_ij / (n_ij + h)</c>: pairs seen by few shoppers count less.</summary>
    public double Shrinkage { get; init; } = 30;

    /// <summary>Neighbours kept for each item.</summary>
    public int Neighbours { get; init; } = 200;
}

/// <summary>Items liked by the same shoppers, with busy shoppers damped and rare pairs shrunk.</summary>
public sealed class ItemItemTrainer(ItemItemOptions options) : ITrainer
{
    /// <inheritdoc/>
    public string Name => "item-item";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>
    {
        ["balance"] = options.Balance.ToString(CultureInfo.InvariantCulture),
        ["shrinkage"] = options.Shrinkage.ToString(CultureInfo.InvariantCulture),
        ["neighbours"] = options.Neighbours.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    IModel ITrainer.Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel) => Train(matrix, progress, cancel);

    /// <inheritdoc cref="ITrainer.Train"/>
    public NeighbourModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        if (options.Balance is not (>= 0 and <= 1) || !(options.Shrinkage >= 0) || options.Neighbours < 1)
            throw new ArgumentException($"Balance ({options.Balance}) must be from 0 to 1, shrinkage ({options.Shrinkage}) not negative, neighbours ({options.Neighbours}) at least 1.");
        progress?.Report(new TrainingProgress("pairs", 0, 1));
        var damping = Damping(matrix);
        var totals = Totals(matrix, damping);
        var lists = new Ranked[matrix.ItemCount][];
        Parallel.For(0, matrix.ItemCount, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new float[matrix.ItemCount],
            (item, _, together) => { lists[item] = ListOf(item, matrix, damping, totals, together); return together; },
            static _ => { });
        progress?.Report(new TrainingProgress("pairs", 1, 1));
        return Join(matrix.Items, lists);
    }

    internal static NeighbourModel Join(ItemIndex items, Ranked[][] lists)
    {
        var starts = new int[items.Count + 1];
        for (var i = 0; i < items.Count; i++)
            starts[i + 1] = starts[i] + lists[i].Length;
        return new NeighbourModel(items, starts, [.. lists.SelectMany(l => l)]);
    }

    private static float[] Damping(InteractionMatrix matrix)
    {
        var damping = new float[matrix.ShopperCount];
        for (var u = 0; u < damping.Length; u++)
            damping[u] = (float)(1 / Math.Log2(2 + matrix.ByShopper[u].Length));
        return damping;
    }

    private static double[] Totals(InteractionMatrix matrix, float[] damping)
    {
        var totals = new double[matrix.ItemCount];
        for (var i = 0; i < totals.Length; i++)
        {
            foreach (var seen in matrix.ByItem[i])
                totals[i] += seen.Target * damping[seen.Index];
        }
        return totals;
    }

    private Ranked[] ListOf(int item, InteractionMatrix matrix, float[] damping, double[] totals, float[] together)
    {
        Array.Clear(together);
        foreach (var shopper in matrix.ByItem[item])
        {
            foreach (var other in shopper.Target > 0 ? matrix.ByShopper[shopper.Index] : [])
                together[other.Index] += other.Target * damping[shopper.Index];
        }
        var kept = new Ranked[options.Neighbours];
        var list = new TopList(kept);
        for (var other = 0; other < together.Length; other++)
        {
            var both = together[other];
            if (both > 0 && other != item)
                list.Offer(other, (float)(both / Math.Pow(totals[other], options.Balance) / Math.Pow(totals[item], 1 - options.Balance) * both / (both + options.Shrinkage)));
        }
        return kept[..list.Sort()];
    }
}
