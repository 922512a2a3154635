using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.Recommender;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.MlNet;

/// <summary>ML.NET's one-class matrix factorization (LIBMF); its item factors are served by our own fold-in.</summary>
/// <remarks>One-class training knows only "touched" and "not touched": confidences do not count, and refusals are left out.</remarks>
public sealed class MlNetTrainer(MlNetOptions options) : Training.ITrainer
{
    /// <inheritdoc/>
    public string Name => "mlnet";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => options.ToParameters();

    /// <inheritdoc/>
    public IModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        options.Validate();
        if (matrix.Count == 0)
            throw new ArgumentException("There are no interactions to learn from.", nameof(matrix));
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new TrainingProgress("factorization", 0, 1));
        var learned = Fit(matrix).Model;
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new TrainingProgress("factorization", 1, 1));
        if (learned.NumberOfColumns != matrix.ItemCount)
            throw new InvalidOperationException($"ML.NET learned {learned.NumberOfColumns} items of {matrix.ItemCount}.");
        // LIBMF's penalty does not grow with the number of interactions: exponent 0.
        return new FactorModel(matrix.Items, learned.ApproximationRank, learned.RightFactorMatrix.ToArray(), new FoldInOptions(options.Alpha, options.Lambda, 0));
    }

    private MatrixFactorizationPredictionTransformer Fit(InteractionMatrix matrix)
    {
        var context = new MLContext();
        var schema = SchemaDefinition.Create(typeof(Cell));
        schema[nameof(Cell.Shopper)].ColumnType = new KeyDataViewType(typeof(uint), matrix.ShopperCount);
        schema[nameof(Cell.Item)].ColumnType = new KeyDataViewType(typeof(uint), matrix.ItemCount);
        var data = context.Data.LoadFromEnumerable(Cells(matrix), schema);
        return context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
        {
            MatrixRowIndexColumnName = nameof(Cell.Shopper),
            MatrixColumnIndexColumnName = nameof(Cell.Item),
            LabelColumnName = nameof(Cell.Label),
            LossFunction = MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass,
            ApproximationRank = options.Rank,
            NumberOfIterations = options.Iterations,
            Lambda = options.Lambda,
            Alpha = options.Alpha,
            NumberOfThreads = options.Threads,
            Quiet = true,
        }).Fit(data);
    }

    // Keys start at 0 here; ML.NET adds the 1 that tells them from "missing".
    private static IEnumerable<Cell> Cells(InteractionMatrix matrix)
    {
        for (var shopper = 0; shopper < matrix.ShopperCount; shopper++)
        {
            foreach (var seen in matrix.ByShopper[shopper].ToArray())
            {
                if (seen.Target > 0)
                    yield return new Cell { Shopper = (uint)shopper, Item = (uint)seen.Index, Label = 1 };
            }
        }
    }

    internal sealed class Cell
    {
        public uint Shopper { get; set; }

        public uint Item { get; set; }

        public float Label { get; set; }
    }
}
