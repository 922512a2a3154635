using System.Globalization;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Benchmarks.Quality;

/// <summary>A method with the settings that validation chose, trained on training and validation together.</summary>
public sealed record Contestant(string Name, ITrainer Trainer, IModel Model);

/// <summary>Tunes methods on the validation part alone, blends them there, and trains each once more for the test.</summary>
/// <param name="split">The data.</param>
public sealed class Contest(PublicSplit split)
{
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>What settings are chosen by; by default NDCG@10 over the full catalogue.</summary>
    public Func<IModel, Holdout, EvaluationOptions, CancellationToken, double> Figure { get; init; } =
        static (model, holdout, evaluation, cancel) => Evaluator.Evaluate("", model.Top, holdout, evaluation, cancel).Overall.Ndcg10;

    /// <param name="spaces">What is tuned, and in how many trials; popularity competes untuned.</param>
    public IReadOnlyList<Contestant> Run(params (SearchSpace Space, int Trials)[] spaces)
    {
        List<(ITrainer Trainer, IModel Model)> tuned = [(new PopularityTrainer(), new PopularityTrainer().Train(split.Validation.Training))];
        foreach (var (space, trials) in spaces)
        {
            var tuner = new Tuner(new TuningOptions { MaxTrials = trials, MaxTime = TimeSpan.FromHours(1), Scouts = Math.Max(3, trials / 3) }, TimeProvider.System);
            var result = tuner.Run(space, split.Validation.Training, (model, cancel) => Figure(model, split.Validation, Evaluation, cancel));
            Say(result);
            tuned.Add((result.Trainer, result.Model));
        }
        var blend = BlendWeights.Learn([.. tuned.Select(t => t.Model)], split.Validation, Evaluation, new BlendOptions());
        Console.WriteLine($"  blend: {string.Join(", ", tuned.Zip(blend.Weights, (t, w) => $"{t.Trainer.Name} {w:0.00}"))}; validation NDCG@10 {blend.Ndcg10:0.0000}");
        return Refit(tuned, blend);
    }

    /// <summary>The contestants once more on other data, the parts of the blend trained once for both.</summary>
    public static IEnumerable<(string Name, IModel Model)> Retrain(IReadOnlyList<Contestant> contestants, InteractionMatrix training)
    {
        var models = new Dictionary<ITrainer, IModel>();
        foreach (var (name, trainer, _) in contestants)
        {
            models[trainer] = trainer is BlendTrainer blend
                ? new BlendModel([.. blend.Parts.Select(p => new BlendPart(p.Trainer.Name, models[p.Trainer], (float)p.Weight))])
                : trainer.Train(training);
            yield return (name, models[trainer]);
        }
    }

    private List<Contestant> Refit(List<(ITrainer Trainer, IModel Model)> tuned, BlendWeights blend)
    {
        List<ITrainer> trainers = [.. tuned.Select(t => t.Trainer), new BlendTrainer([.. tuned.Zip(blend.Weights, (t, weight) => (t.Trainer, weight))])];
        List<Contestant> untrained = [.. trainers.Select((t, i) => new Contestant(t.Name, t, tuned[Math.Min(i, tuned.Count - 1)].Model))];
        return [.. untrained.Zip(Retrain(untrained, split.Test.Training), (c, again) => c with { Model = again.Model })];
    }

    private static void Say(TuningResult result)
    {
        var values = string.Join(", ", result.Best.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.#####}")));
        Console.WriteLine($"  {result.Best.Trainer}: {result.Trials.Count} trials, {result.Trials.Sum(t => t.Seconds):0} s; best {values}; validation {result.Best.Ndcg10:0.0000}");
    }
}
