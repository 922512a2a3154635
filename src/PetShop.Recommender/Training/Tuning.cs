using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Bounds of a search.</summary>
public sealed record TuningOptions
{
    /// <summary>Points tried at most.</summary>
    public int MaxTrials { get; init; } = 30;

    /// <summary>The search ends after this time, in the middle of a training if need be.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The same seed and data try the same points, unless time runs out.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Points spread evenly over the space before what was learned leads the search.</summary>
    public int Scouts { get; init; } = 6;

    /// <summary>At each rung this share of the trials goes on; the others are stopped.</summary>
    public double KeptShare { get; init; } = 0.4;

    internal void Validate()
    {
        if (MaxTrials < 1 || MaxTime <= TimeSpan.Zero || Scouts < 1 || KeptShare is not (> 0 and <= 1))
            throw new ArgumentException($"A search needs at least one trial ({MaxTrials}) and scout ({Scouts}), some time ({MaxTime}), and a kept share above 0 and up to 1 ({KeptShare}).");
    }
}

/// <summary>One point tried.</summary>
/// <param name="Number">From 1, in order of time.</param>
/// <param name="Trainer">Name of the trainer.</param>
/// <param name="Parameters">The values tried.</param>
/// <param name="Epochs">Epochs trained; 0 for trainers without.</param>
/// <param name="Ndcg10">Quality on the validation holdout after the last of them; 0 when it failed.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="IsStoppedEarly">Whether others were so much better at an early rung that it was given up.</param>
/// <param name="Failure">Why training failed, or null.</param>
public sealed record TuningTrial(
    int Number, string Trainer, IReadOnlyDictionary<string, double> Parameters, int Epochs, double Ndcg10, double Seconds, bool IsStoppedEarly, string? Failure);

/// <summary>Why a search ended.</summary>
public enum TuningEnd
{
    /// <summary>All trials were made.</summary>
    Trials,

    /// <summary>Time ran out.</summary>
    Time,
}

/// <summary>What a search found.</summary>
/// <param name="Trials">All trials, in order of time: the history to keep and plot.</param>
/// <param name="Best">The best trial that was trained in full.</param>
/// <param name="Trainer">A trainer with its values, for training on more data.</param>
/// <param name="Model">Its model of the holdout's training part.</param>
/// <param name="End">Why the search ended.</param>
public sealed record TuningResult(IReadOnlyList<TuningTrial> Trials, TuningTrial Best, ITrainer Trainer, IModel Model, TuningEnd End);
