using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Weighted implicit alternating least squares with frequency-scaled regularisation.</summary>
/// <remarks>
/// Hu, Koren and Volinsky, ICDM 2008; Rendle et al., arXiv 2110.14037. Each row is solved exactly by its cheaper form (primal or dual).
/// Runs in single precision; when that breaks down, once more in double.
/// </remarks>
public sealed class AlsTrainer(AlsOptions options) : ITrainer
{
    /// <inheritdoc/>
    public string Name => "als";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => options.ToParameters();

    /// <inheritdoc/>
    IModel ITrainer.Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel) => Train(matrix, progress, cancel);

    /// <inheritdoc cref="ITrainer.Train"/>
    public FactorModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        options.Validate();
        if (matrix.Count == 0)
            throw new ArgumentException("There are no interactions to learn from.", nameof(matrix));
        if ((long)Math.Max(matrix.ShopperCount, matrix.ItemCount) * options.Rank > Array.MaxLength)
            throw new ArgumentException($"{matrix.ShopperCount} shoppers or {matrix.ItemCount} products of {options.Rank} factors are more than one array holds; train with a rank of at most {Array.MaxLength / Math.Max(matrix.ShopperCount, matrix.ItemCount)}.", nameof(matrix));
        var factors = new AlsRun<float>(matrix, options, progress, cancel).Run() ?? InDouble(matrix, progress, cancel);
        return new FactorModel(matrix.Items, options.Rank, factors, options.FoldIn);
    }

    private float[] InDouble(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var wide = new AlsRun<double>(matrix, options, progress, cancel).Run();
        float[] factors = wide is null ? [] : Array.ConvertAll(wide, v => (float)v);
        if (wide is null || !TensorPrimitives.IsFiniteAll<float>(factors))
            throw new ArithmeticException($"Training gives no finite factors, even in double precision; raise the regularisation ({options.Regularization}) or the unobserved weight ({options.UnobservedWeight}).");
        return factors;
    }
}
