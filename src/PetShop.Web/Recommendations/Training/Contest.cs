using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Web.Recommendations.Training;

/// <summary>The model in service as it takes part: made again by its recipe with as much less data as it is old, or itself when it has none.</summary>
/// <param name="Make">A model that knew no more, at the start of a window, than the one in service knows today.</param>
/// <param name="Age">How long ago it was trained.</param>
/// <param name="Version">In whose place it takes part.</param>
public sealed record Incumbent(string Name, Func<EvaluationWindow, CancellationToken, IModel> Make, TimeSpan Age, int Version);

/// <summary>Trains contenders on the past and tests them on what was bought after it: all of them in the first window, the best against the model in service in the later ones.</summary>
/// <remarks>
/// The choice is made on the oldest window and judged on the two after it, which it has not seen. So a training costs n + 5 fits for n contenders
/// (n and perhaps a blend in the first window, the best and the incumbent in two more, the best once more on everything), however many windows there are shoppers for.
/// </remarks>
public sealed class Contest(TrainingData data, ServedLists lists, RecommendationOptions options, int threads, TimeProvider clock, Action<string> say)
{
    // A blend learned its weights on the window it is chosen by, and costs several models: it must win clearly.
    private const double BlendMargin = 1.01;
    private readonly List<(ITrainer? Trainer, EvaluationResult Result, double Seconds)> _entries = [];
    private readonly List<WindowRow> _windows = [];
    private readonly List<FailureRow> _failures = [];
    private Holdout? _first;
    private int _chosenIn;
    private string _name = "";

    /// <summary>False counts repeat purchases, too.</summary>
    public bool ExcludeSeen { get; init; } = true;

    /// <summary>Shoppers to leave out of training and to test alone; null for none.</summary>
    public Func<Guid, bool>? Unseen { get; init; }

    /// <summary>The best contender, once chosen.</summary>
    public ITrainer? Best { get; private set; }

    /// <summary>The best contender's figures over the later windows.</summary>
    public EvaluationResult? Candidate { get; private set; }

    /// <summary>Those of the model in service over the same; null when there is none or it could not be measured.</summary>
    public EvaluationResult? Served { get; private set; }

    /// <summary>The best contender's model of the last window.</summary>
    public IModel? Model { get; private set; }

    /// <summary>Those of popularity over the same.</summary>
    public EvaluationResult? Baseline { get; private set; }

    private EvaluationOptions Evaluation => new() { Threads = threads, ExcludeSeen = ExcludeSeen, MaxCases = options.TestedShoppers, SlicesOfProduct = lists.SpeciesOf };

    /// <summary>Lets all compete in the first window with purchases of people whose past is known.</summary>
    /// <param name="contenders">Those that may win, given what there is to learn from.</param>
    /// <returns>False when no window has such purchases.</returns>
    /// <exception cref="InvalidOperationException">Not one contender could be trained.</exception>
    public bool Choose(Func<InteractionMatrix, IReadOnlyList<ITrainer>> contenders, CancellationToken cancel)
    {
        if (FirstHoldout(cancel) is not { } holdout)
            return false;
        var popular = Contenders.Popularity.Train(holdout.Training, null, cancel);
        Add(null, "popularity", Measure("popularity", popular, popular, holdout, cancel), 0);
        Dictionary<string, (ITrainer Trainer, IModel Model, double Ndcg)> ofKind = [];
        foreach (var trainer in contenders(holdout.Training))
        {
            if (Enter(trainer, holdout, popular, cancel) is { } entered && entered.Ndcg > ofKind.GetValueOrDefault(trainer.Name).Ndcg)
                ofKind[trainer.Name] = (trainer, entered.Model, entered.Ndcg);
        }
        if (_entries.TrueForAll(e => e.Trainer is null))
            throw new InvalidOperationException($"No contender could be trained: {string.Join("; ", _failures.Select(f => $"{f.Name}: {f.Reason}"))}");
        Blend([.. ofKind.Values], holdout, popular, cancel);
        _first = null;
        var alone = _entries.Where(e => e.Trainer is not (null or BlendTrainer)).MaxBy(e => e.Result.Overall.Ndcg10);
        var blend = _entries.Find(e => e.Trainer is BlendTrainer);
        Best = blend.Trainer is not null && blend.Result.Overall.Ndcg10 > BlendMargin * alone.Result.Overall.Ndcg10 ? blend.Trainer : alone.Trainer!;
        _name = Contenders.Describe(Best);
        return true;
    }

    /// <summary>Measures the best contender and the model in service on the later windows; on the first when there is no other.</summary>
    public void Judge(Incumbent? incumbent, CancellationToken cancel)
    {
        var best = Best ?? throw new InvalidOperationException("Nothing was chosen yet.");
        Judge(_name, (holdout, limit) => best.Train(holdout.Training, null, limit), incumbent, cancel);
    }

    private void Judge(string name, Func<Holdout, CancellationToken, IModel> make, Incumbent? incumbent, CancellationToken cancel)
    {
        List<EvaluationResult> candidate = [], served = [], baseline = [];
        for (var w = _chosenIn + 1; w < data.Windows.Count; w++)
            JudgeIn(w);
        if (candidate.Count == 0)
            JudgeIn(_chosenIn);
        Candidate = EvaluationResult.Pool(candidate);
        Baseline = EvaluationResult.Pool(baseline);
        Served = served.Count == candidate.Count ? EvaluationResult.Pool(served) : null;

        void JudgeIn(int w)
        {
            var holdout = HoldOut(w, "gate", cancel);
            if (holdout.Cases.Count == 0)
                return;
            var popular = Contenders.Popularity.Train(holdout.Training, null, cancel);
            baseline.Add(Measure("popularity", popular, popular, holdout, cancel));
            Model = make(holdout, cancel);
            candidate.Add(Measure(name, Model, popular, holdout, cancel));
            if (incumbent is not null && Attempt(incumbent.Name, limit => incumbent.Make(data.Windows[w], limit), cancel) is { } old)
                served.Add(Measure(incumbent.Name, old, popular, holdout, cancel));
            say($"Judged on purchases from {data.Windows[w].From:yyyy-MM-dd} to {data.Windows[w].Until:yyyy-MM-dd}: {candidate[^1].Contender} {candidate[^1].Overall.Ndcg10:0.0000}"
                + (served.Count == candidate.Count ? $", in service {served[^1].Overall.Ndcg10:0.0000}" : ""));
        }
    }

    /// <summary>Measures a model that came from outside, as it is, on all windows, and the model in service beside it.</summary>
    /// <returns>False when no window has purchases to measure by.</returns>
    public bool JudgeImported(string name, IModel model, Incumbent? incumbent, CancellationToken cancel)
    {
        if (FirstHoldout(cancel) is null)
            return false;
        _name = name;
        Judge(name, (_, _) => model, incumbent, cancel);
        return true;
    }

    /// <summary>Everything measured, to be kept with the model.</summary>
    public QualityReport Report(Incumbent? incumbent, GateDecision? decision, SafetyCount? safety) =>
        new(_name, incumbent?.Name, _windows.Count > 0 ? _windows[0].From : data.CutOff, _windows.Count > 0 ? _windows[0].Cases : 0, [.. _entries.Select(e => QualityRow.Of(e.Result, e.Seconds))])
        {
            Shape = QualityReport.CurrentShape, IncumbentVersion = incumbent?.Version, Windows = [.. _windows], Failures = [.. _failures],
            Judged = [.. new[] { Candidate, Served, Baseline }.OfType<EvaluationResult>().Select(r => QualityRow.Of(r, 0))],
            Difference = decision?.Difference is { } d ? new(d.Mean, d.Lower, d.Upper, d.ReferenceMean) : null,
            Safety = safety, Promoted = decision?.Promoted, Reasons = decision?.Reasons ?? [],
        };

    /// <summary>The first window to be tested in; null when none can be.</summary>
    public Holdout? FirstHoldout(CancellationToken cancel)
    {
        if (_first is not null)
            return _first;
        for (_chosenIn = 0; _chosenIn < data.Windows.Count; _chosenIn++)
        {
            if (HoldOut(_chosenIn, "choice", cancel) is { Cases.Count: > 0 } found)
                return _first = found;
        }
        return null;
    }

    /// <summary>NDCG@10 of the lists that a rail would make of a model of this holdout's past.</summary>
    public Func<IModel, CancellationToken, double> ServedNdcg(Holdout holdout)
    {
        var popular = Contenders.Popularity.Train(holdout.Training);
        return (model, stop) => Measure("tuned", model, popular, holdout, stop).Overall.Ndcg10;
    }

    private Holdout HoldOut(int window, string purpose, CancellationToken cancel)
    {
        var holdout = data.Events.HoldOut(data.Windows[window], Unseen, cancel);
        if (holdout.Cases.Count > 0)
            _windows.Add(new(data.Windows[window].From, data.Windows[window].Until, holdout.Cases.Count, holdout.ColdShoppers, purpose));
        return holdout;
    }

    private (IModel Model, double Ndcg)? Enter(ITrainer trainer, Holdout holdout, IModel popular, CancellationToken cancel)
    {
        var (name, started) = (Contenders.Describe(trainer), clock.GetTimestamp());
        if (Attempt(name, limit => trainer.Train(holdout.Training, null, limit), cancel) is not { } model)
            return null;
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        var result = Measure(name, model, popular, holdout, cancel);
        Add(trainer, name, result, seconds);
        return (model, result.Overall.Ndcg10);
    }

    private void Blend((ITrainer Trainer, IModel Model, double Ndcg)[] parts, Holdout holdout, IModel popular, CancellationToken cancel)
    {
        if (parts.Length == 0)
            return;
        (ITrainer Trainer, IModel Model)[] all = [.. parts.Select(p => (p.Trainer, p.Model)), (Contenders.Popularity, popular)];
        var started = clock.GetTimestamp();
        var learned = Attempt("blend", limit => BlendWeights.Learn([.. all.Select(a => a.Model)], holdout, Evaluation, new BlendOptions(), limit), cancel);
        if (learned is null || learned.Weights.Count(w => w > 0) < 2)
            return;
        var trainer = new BlendTrainer([.. all.Zip(learned.Weights, (a, weight) => (a.Trainer, Math.Round(weight, 3)))]);
        var model = new BlendModel([.. all.Zip(learned.Weights, (a, weight) => new BlendPart(a.Trainer.Name, a.Model, (float)weight))]);
        var name = Contenders.Describe(trainer);
        Add(trainer, name, Measure(name, model, popular, holdout, cancel), clock.GetElapsedTime(started).TotalSeconds);
    }

    // A contender that breaks, lacks memory or takes too long is left out; it must not keep the others from the shop.
    private T? Attempt<T>(string name, Func<CancellationToken, T> make, CancellationToken cancel) where T : class
    {
        using var limit = new CancellationTokenSource(options.ContenderLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return make(either.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            var reason = limit.IsCancellationRequested ? $"It took longer than {options.ContenderLimit}." : (e as AggregateException)?.InnerException?.Message ?? e.Message;
            _failures.Add(new(name, reason));
            say($"{name} is left out: {reason}");
            return null;
        }
    }

    private EvaluationResult Measure(string name, IModel model, IModel popular, Holdout holdout, CancellationToken cancel) =>
        Evaluator.Evaluate(name, lists.Over(model, holdout.Training.Items, popular), holdout, Evaluation, cancel);

    private void Add(ITrainer? trainer, string name, EvaluationResult result, double seconds)
    {
        _entries.Add((trainer, result, seconds));
        say($"{name}: NDCG@10 {result.Overall.Ndcg10:0.0000}, recall@20 {result.Overall.Recall20:0.0000}, coverage {result.Spread.Coverage:P0}, trained in {seconds:0.0} s");
    }
}
