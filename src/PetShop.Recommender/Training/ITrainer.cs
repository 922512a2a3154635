using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Learns a model from weighed interactions; trainers compete and the promotion gate chooses.</summary>
public interface ITrainer
{
    /// <summary>Short name, kept with the model.</summary>
    string Name { get; }

    /// <summary>The settings, to be kept with the model.</summary>
    IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Trains.</summary>
    /// <exception cref="ArgumentException">The matrix is empty or a setting out of range.</exception>
    /// <exception cref="ArithmeticException">The result is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default);
}

/// <summary>How far a training is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct TrainingProgress(string Step, int Done, int Total);
