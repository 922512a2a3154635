using System.Numerics;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Training;

/// <summary>One training in one precision.</summary>
internal sealed class AlsRun<T>(InteractionMatrix matrix, AlsOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkRows = 64;
    private readonly ParallelOptions _parallel = new()
    {
        MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
        CancellationToken = cancel,
    };

    /// <returns>Item factors, row-major, or null when the numbers broke down.</returns>
    public T[]? Run()
    {
        var items = InitialItems();
        var shoppers = new T[matrix.ShopperCount * options.Rank];
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            progress?.Report(new TrainingProgress("epoch", epoch, options.Epochs));
            if (!HalfStep(items, shoppers, matrix.ByShopper) || !HalfStep(shoppers, items, matrix.ByItem))
                return null;
        }
        progress?.Report(new TrainingProgress("epoch", options.Epochs, options.Epochs));
        return items;
    }

    // Rows do not depend on each other, so their order and the number of threads cannot change a bit of the result.
    private bool HalfStep(T[] fixedSide, T[] solved, CompressedRows rows)
    {
        var rank = options.Rank;
        var others = fixedSide.Length / rank;
        var spectrum = Factors.Diagonalize(fixedSide, rank, _parallel);
        if (!spectrum.All(double.IsFinite))
            return false;
        var unobserved = Array.ConvertAll(spectrum, s => T.CreateTruncating(options.UnobservedWeight * s));
        var foldIn = options.FoldIn;
        var broken = 0;
        Parallel.For(0, (rows.Count + ChunkRows - 1) / ChunkRows, _parallel, () => (Solver: new RowSolver<T>(rank), Penalty: new T[rank]), (chunk, loop, scratch) =>
        {
            for (var row = chunk * ChunkRows; row < Math.Min(rows.Count, (chunk + 1) * ChunkRows); row++)
            {
                TensorPrimitives.Add(unobserved, T.CreateTruncating(foldIn.Ridge(rows[row].Length, others)), scratch.Penalty);
                if (!scratch.Solver.Solve(fixedSide, scratch.Penalty, rows[row], solved.AsSpan(row * rank, rank)))
                {
                    Interlocked.Exchange(ref broken, 1);
                    loop.Stop();
                }
            }
            return scratch;
        }, static _ => { });
        return broken == 0;
    }

    private T[] InitialItems()
    {
        var rank = options.Rank;
        var random = new Random(options.Seed);
        var deviation = options.InitialDeviation / Math.Sqrt(rank);
        var factors = new T[matrix.ItemCount * rank];
        for (var i = 0; i < factors.Length; i++)
            factors[i] = T.CreateTruncating(deviation * Normal(random));
        if (options.WarmStart is { } previous && previous.Rank == rank)
        {
            for (var item = 0; item < matrix.ItemCount; item++)
            {
                var known = previous.Items.ColumnOf(matrix.Items[item]);
                for (var f = 0; known >= 0 && f < rank; f++)
                    factors[item * rank + f] = T.CreateTruncating(previous.FactorsOf(known)[f]);
            }
        }
        return factors;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
