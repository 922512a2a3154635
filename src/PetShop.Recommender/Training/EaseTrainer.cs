using System.Numerics;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>EASE: the linear model that best foretells each product of a history from the others, in closed form.</summary>
/// <remarks>
/// Steck, WWW 2019: <c>P = (X'X + l I)^-1</c>, <c>B_ij = -P_ij / P_jj</c>, diagonal 0. X holds what <see cref="NeighbourModel"/> weighs a history with, so its sum
/// of neighbours is x B exactly, but for the small weights left out. O(n^3) for n products. Single precision; when that breaks down, once more in double.
/// </remarks>
public sealed class EaseTrainer(EaseOptions options) : ITrainer
{
    /// <inheritdoc/>
    public string Name => "ease";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => options.ToParameters();

    /// <inheritdoc/>
    IModel ITrainer.Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel) => Train(matrix, progress, cancel);

    /// <inheritdoc cref="ITrainer.Train"/>
    public NeighbourModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        options.Validate(matrix.ItemCount);
        if (matrix.Count == 0)
            throw new ArgumentException("There are no interactions to learn from.", nameof(matrix));
        var lists = Run<float>(matrix, progress, cancel) ?? Run<double>(matrix, progress, cancel)
            ?? throw new ArithmeticException($"EASE gives no finite weights, even in double precision; raise the regularisation ({options.Regularization}).");
        return ItemItemTrainer.Join(matrix.Items, lists);
    }

    private Ranked[][]? Run<T>(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
        progress?.Report(new TrainingProgress("pairs", 0, 3));
        var gram = Gram<T>(matrix, parallel);
        progress?.Report(new TrainingProgress("inverse", 1, 3));
        if (!SpdInverse.Invert(gram, matrix.ItemCount, parallel) || !TensorPrimitives.IsFiniteAll<T>(gram))
            return null;
        progress?.Report(new TrainingProgress("lists", 2, 3));
        var lists = Lists(gram, matrix.ItemCount, parallel);
        progress?.Report(new TrainingProgress("lists", 3, 3));
        return lists;
    }

    // Lower triangle of X'DX + l I + dropout. Each row is summed by one thread in order of shopper, so that the bits do not depend on the cores.
    private T[] Gram<T>(InteractionMatrix matrix, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = matrix.ItemCount;
        var gram = new T[n * n];
        var shoppers = Weighed(matrix);
        Parallel.For(0, n, parallel, item =>
        {
            var row = gram.AsSpan(item * n, item + 1);
            foreach (var seen in matrix.ByItem[item])
            {
                var history = shoppers[seen.Index];
                var weight = T.CreateTruncating(NeighbourModel.WeightOf(seen) * Math.Pow(history.Length, -options.ShopperDamping));
                foreach (var other in history)
                {
                    if (other.Index > item)
                        break;
                    row[other.Index] += weight * T.CreateTruncating(other.Confidence);
                }
            }
            row[item] = row[item] * T.CreateTruncating(1 / (1 - options.Dropout)) + T.CreateTruncating(options.Regularization);
        });
        return gram;
    }

    // The histories once more with the weights in place of the confidences, so that no logarithm is taken in the inner loop.
    private static CompressedRows Weighed(InteractionMatrix matrix)
    {
        var starts = new int[matrix.ShopperCount + 1];
        var cells = new Interaction[matrix.Count];
        for (var u = 0; u < matrix.ShopperCount; u++)
        {
            var next = starts[u];
            foreach (var seen in matrix.ByShopper[u])
                cells[next++] = seen with { Confidence = NeighbourModel.WeightOf(seen) };
            starts[u + 1] = next;
        }
        return new CompressedRows(starts, cells);
    }

    // The weights are chosen by the product foretold: keeping the strongest that go out from each past product instead costs 2 % of NDCG (Online Retail).
    private Ranked[][] Lists<T>(T[] inverse, int n, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var strongest = new Ranked[n][];
        Parallel.For(0, n, parallel, to =>
        {
            var kept = new Ranked[Math.Min(options.Neighbours, n)];
            var list = new TopList(kept);
            for (var from = 0; from < n; from++)
            {
                if (from != to)
                    list.Offer(from, Math.Abs(Weight(from, to)));
            }
            strongest[to] = kept[..list.Sort()];
        });
        var lists = new List<Ranked>[n];
        for (var to = 0; to < n; to++)
        {
            foreach (var (from, size) in strongest[to])
            {
                if (size > 0)
                    (lists[from] ??= []).Add(new Ranked(to, Weight(from, to)));
            }
        }
        return Array.ConvertAll(lists, list => list is null ? [] : list.OrderByDescending(r => r.Score).ThenBy(r => r.Item).ToArray());

        float Weight(int from, int to) => float.CreateTruncating(-inverse[to * n + from] / inverse[to * n + to]);
    }
}
