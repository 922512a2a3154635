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

    /// <summary>What settings and the blend are chosen by; null for NDCG@10 over the full catalogue.</summary>
    public Func<IModel, Holdout, EvaluationOptions, CancellationToken, double>? Figure { get; init; }

    /// <param name="spaces">What is tuned, and in how many trials; popularity competes untuned.</param>
    public IReadOnlyList<Contestant> Run(params (SearchSpace Space, int Trials)[] spaces)
    {
        List<(ITrainer Trainer, IModel Model)> tuned = [(new PopularityTrainer(), new PopularityTrainer().Train(split.Validation.Training))];
        foreach (var (space, trials) in spaces)
        {
            var tuner = new Tuner(new TuningOptions { MaxTrials = trials, MaxTime = TimeSpan.FromHours(1), Scouts = Math.Max(3, trials / 3) }, TimeProvider.System);
            var result = tuner.Run(space, split.Validation.Training, FigureOf);
            Say(result);
            tuned.Add((result.Trainer, result.Model));
        }
        var (weights, figure) = Figure is null ? Learned(tuned) : Grown(tuned);
        Console.WriteLine($"  blend: {string.Join(", ", tuned.Zip(weights, (t, w) => $"{t.Trainer.Name} {w:0.00}"))}; validation {figure:0.0000}");
        return Refit(tuned, weights);
    }

    private double FigureOf(IModel model, CancellationToken cancel) =>
        Figure?.Invoke(model, split.Validation, Evaluation, cancel) ?? Evaluator.Evaluate("", model.Top, split.Validation, Evaluation, cancel).Overall.Ndcg10;

    private (IReadOnlyList<double> Weights, double Figure) Learned(List<(ITrainer Trainer, IModel Model)> tuned)
    {
        var blend = BlendWeights.Learn([.. tuned.Select(t => t.Model)], split.Validation, Evaluation, new BlendOptions());
        return (blend.Weights, blend.Ndcg10);
    }

    /// <summary>Weights by forward selection (Caruana 2004), for a figure that only whole models have: the best method first, then shares of the others while they help.</summary>
    private (IReadOnlyList<double> Weights, double Figure) Grown(List<(ITrainer Trainer, IModel Model)> tuned)
    {
        var best = (Weights: new double[tuned.Count], Figure: double.MinValue);
        for (var grew = true; grew;)
        {
            grew = false;
            var basis = best.Weights;
            for (var part = 0; part < tuned.Count; part++)
                foreach (var share in basis.Sum() == 0 ? [1d] : (double[])[.1, .2, .3, .4, .5])
                {
                    double[] weights = [.. basis.Select((w, i) => w * (1 - share) + (i == part ? share : 0))];
                    var figure = FigureOf(new BlendModel([.. tuned.Zip(weights, (t, w) => new BlendPart(t.Trainer.Name, t.Model, (float)w))]), default);
                    if (figure > best.Figure)
                        (best, grew) = ((weights, figure), true);
                }
        }
        return best;
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

    private List<Contestant> Refit(List<(ITrainer Trainer, IModel Model)> tuned, IReadOnlyList<double> weights)
    {
        List<ITrainer> trainers = [.. tuned.Select(t => t.Trainer), new BlendTrainer([.. tuned.Zip(weights, (t, weight) => (t.Trainer, weight))])];
        List<Contestant> untrained = [.. trainers.Select((t, i) => new Contestant(t.Name, t, tuned[Math.Min(i, tuned.Count - 1)].Model))];
        return [.. untrained.Zip(Retrain(untrained, split.Test.Training), (c, again) => c with { Model = again.Model })];
    }

    private static void Say(TuningResult result)
    {
        var values = string.Join(", ", result.Best.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.#####}")));
        Console.WriteLine($"  {result.Best.Trainer}: {result.Trials.Count} trials, {result.Trials.Sum(t => t.Seconds):0} s; best {values}; validation {result.Best.Ndcg10:0.0000}");
    }
}
