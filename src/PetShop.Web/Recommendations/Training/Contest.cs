using System.Diagnostics;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Trains the contenders on the past, tests them on the held-out purchases and finds the best.</summary>
public sealed class Contest(Holdout holdout, DateTimeOffset heldOutSince, int threads, Action<string> say, bool excludeSeen = true)
{
    private readonly EvaluationOptions _options = new() { Threads = threads, ExcludeSeen = excludeSeen };
    private readonly List<(ITrainer? Trainer, EvaluationResult Result, double Seconds)> _entries = [];

    /// <summary>The best contender so far; popularity is a baseline and never wins.</summary>
    public (ITrainer Trainer, EvaluationResult Result) Best =>
        _entries.Where(e => e.Trainer is not null).Select(e => (e.Trainer!, e.Result)).MaxBy(e => e.Result.Overall.Ndcg10);

    /// <summary>Measures popularity and then every trainer that may win.</summary>
    public void Run(IEnumerable<ITrainer> trainers, CancellationToken cancel)
    {
        Enter(Contenders.Popularity, "popularity", mayWin: false, cancel);
        foreach (var trainer in trainers)
            Enter(trainer, Contenders.Describe(trainer), mayWin: true, cancel);
    }

    /// <summary>Measures the recipe of the model in service on the same past, so that neither has seen what is held out.</summary>
    public EvaluationResult Incumbent(ITrainer trainer, CancellationToken cancel)
    {
        var name = Contenders.Describe(trainer);
        var known = _entries.Find(e => e.Result.Contender == name).Result;
        return known ?? Enter(trainer, name, mayWin: true, cancel);
    }

    public QualityReport Report(string? incumbent) => new(Best.Result.Contender, incumbent, heldOutSince, Best.Result.Overall.Cases,
        [.. _entries.Select(e => QualityRow.Of(e.Result, e.Seconds))]);

    private EvaluationResult Enter(ITrainer trainer, string name, bool mayWin, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        IModel model = trainer.Train(holdout.Training, null, cancel);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var result = Contenders.Measure(name, model, holdout, _options, cancel);
        _entries.Add((mayWin ? trainer : null, result, seconds));
        say($"{name}: NDCG@10 {result.Overall.Ndcg10:0.0000}, recall@20 {result.Overall.Recall20:0.0000}, coverage {result.Spread.Coverage:P0}, trained in {seconds:0.0} s");
        return result;
    }
}
