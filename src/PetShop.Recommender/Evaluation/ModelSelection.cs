using PetShop.Recommender.Training;

namespace PetShop.Recommender.Evaluation;

/// <summary>The trainer that did best, its model of the holdout's training part, and how all of them did, best first.</summary>
public sealed record Selection(ITrainer Best, Ranking.IModel Model, IReadOnlyList<EvaluationResult> Results);

/// <summary>Lets trainers, or one trainer's settings, compete on a validation holdout; test the winner on a later one.</summary>
public static class ModelSelection
{
    /// <summary>Settings of ALS worth trying together on a new shop: weight of the unobserved by regularisation.</summary>
    public static IReadOnlyList<AlsOptions> AlsGrid(AlsOptions basis) =>
        [.. new[] { .1, .3, 1 }.SelectMany(_ => new[] { .01, .03 }, (weight, pull) => basis with { UnobservedWeight = weight, Regularization = pull })];

    /// <summary>Trains all on the training part and measures them; the first wins a tie.</summary>
    /// <exception cref="ArgumentException">There is no trainer or no case.</exception>
    public static Selection Choose(IReadOnlyList<ITrainer> trainers, Holdout validation, EvaluationOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        if (trainers.Count == 0 || validation.Cases.Count == 0)
            throw new ArgumentException($"{trainers.Count} trainers cannot compete over {validation.Cases.Count} cases; at least one of each is needed.");
        var runs = new List<(ITrainer Trainer, Ranking.IModel Model, EvaluationResult Result)>();
        foreach (var trainer in trainers)
        {
            progress?.Report(new TrainingProgress(trainer.Name, runs.Count, trainers.Count));
            var model = trainer.Train(validation.Training, null, cancel);
            runs.Add((trainer, model, Evaluator.Evaluate(trainer.Name, model.Top, validation, options, cancel)));
        }
        progress?.Report(new TrainingProgress("chosen", runs.Count, trainers.Count));
        var ordered = runs.OrderByDescending(r => r.Result.Overall.Ndcg10).ToArray();
        return new Selection(ordered[0].Trainer, ordered[0].Model, [.. ordered.Select(r => r.Result)]);
    }
}
