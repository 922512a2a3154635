using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Looks for a trainer's best settings on a validation holdout, within bounds of trials and time; test the winner on a later holdout.</summary>
/// <remarks>Points by a tree-structured Parzen estimator; weak ones are stopped at early rungs (successive halving), the others go on from where they were.</remarks>
/// <param name="options">Bounds and seed.</param>
/// <param name="clock">Measures the time of the trials and ends the search; nothing else depends on it.</param>
public sealed class Tuner(TuningOptions options, TimeProvider clock)
{
    // A rung is not judged by before so many trials have passed it.
    private const int LeastRivals = 4;

    /// <summary>Searches for the best NDCG@10.</summary>
    /// <exception cref="ArgumentException">The space or a bound is out of range, or the holdout has no case.</exception>
    /// <exception cref="TimeoutException">Time ran out before one trial was complete.</exception>
    /// <exception cref="ArithmeticException">Every trial failed.</exception>
    public TuningResult Run(SearchSpace space, Holdout validation, EvaluationOptions evaluation, IProgress<TuningTrial>? progress = null, CancellationToken cancel = default)
    {
        if (validation.Cases.Count == 0)
            throw new ArgumentException("There are no held-out purchases to tune by; more orders are needed.", nameof(validation));
        return Run(space, validation.Training, (model, stop) => Evaluator.Evaluate(space.Trainer, model.Top, validation, evaluation, stop).Overall.Ndcg10, progress, cancel);
    }

    /// <summary>Searches for the best of any figure.</summary>
    /// <param name="space">What is tuned.</param>
    /// <param name="training">What is trained on.</param>
    /// <param name="measure">The figure of a model, the higher the better; kept as the trial's NDCG.</param>
    /// <param name="progress">Told of each trial when it ends.</param>
    /// <param name="cancel">Gives the search up.</param>
    public TuningResult Run(SearchSpace space, InteractionMatrix training, Func<IModel, CancellationToken, double> measure,
        IProgress<TuningTrial>? progress = null, CancellationToken cancel = default)
    {
        options.Validate();
        space.Validate();
        using var timer = new CancellationTokenSource(options.MaxTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        var search = new Search(space, options, clock, model => measure(model, either.Token), training);
        try
        {
            while (search.Trials.Count < options.MaxTrials)
            {
                var trial = search.Try(either.Token);
                progress?.Report(trial);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return search.Finish(TuningEnd.Time);
        }
        return search.Finish(TuningEnd.Trials);
    }

    /// <summary>One search under way.</summary>
    private sealed class Search(SearchSpace space, TuningOptions options, TimeProvider clock, Func<IModel, double> measure, InteractionMatrix training)
    {
        private readonly PointProposer _proposer = new(space.Parameters.Count, options.Scouts, options.Seed);
        private readonly List<(double[] Place, double Score)> _tried = [];
        private readonly Dictionary<int, List<double>> _scoresAtRung = [];
        private readonly int[] _rungs = space.Rungs.Count > 0 ? [.. space.Rungs] : [0];
        private (TuningTrial Trial, IModel Model)? _best;

        public List<TuningTrial> Trials { get; } = [];

        public TuningTrial Try(CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            double[] place = Trials.Count == 0 ? [.. space.Parameters.Select(p => p.PlaceOf(space.Start[p.Name]))] : _proposer.Next(_tried);
            // The start is tried to the digit, not as rounded to a place in the range.
            var values = space.Parameters.Select((p, d) => (p.Name, Value: Trials.Count == 0 ? space.Start[p.Name] : p.At(place[d]))).ToDictionary(v => v.Name, v => v.Value);
            var started = clock.GetTimestamp();
            var (epochs, score, model, failure) = Climb(values, cancel);
            var trial = new TuningTrial(Trials.Count + 1, space.Trainer, values, epochs, score, clock.GetElapsedTime(started).TotalSeconds,
                failure is null && epochs != _rungs[^1], failure);
            Trials.Add(trial);
            _tried.Add((place, score));
            if (failure is null && !trial.IsStoppedEarly && (_best is not { } best || score > best.Trial.Ndcg10))
                _best = (trial, model!);
            return trial;
        }

        public TuningResult Finish(TuningEnd end)
        {
            if (_best is { } best)
                return new TuningResult(Trials, best.Trial, space.Make(new TuningPoint(best.Trial.Parameters, _rungs[^1])), best.Model, end);
            if (end == TuningEnd.Time)
                throw new TimeoutException($"Not one trial of {space.Trainer} was complete after {options.MaxTime}; give it more time.");
            throw new ArithmeticException($"All {Trials.Count} trials of {space.Trainer} failed: {Trials[^1].Failure}");
        }

        private (int Epochs, double Score, IModel? Model, string? Failure) Climb(Dictionary<string, double> values, CancellationToken cancel)
        {
            IModel? model = null;
            var (done, score) = (0, 0d);
            try
            {
                foreach (var rung in _rungs)
                {
                    cancel.ThrowIfCancellationRequested();
                    model = space.Make(new TuningPoint(values, rung - done, model)).Train(training, null, cancel);
                    (done, score) = (rung, measure(model));
                    if (rung != _rungs[^1] && !GoesOn(rung, score))
                        break;
                }
                return double.IsFinite(score) ? (done, score, model, null) : (done, 0, null, "The figure is not a finite number.");
            }
            catch (ArithmeticException e)
            {
                return (done, 0, null, e.Message);
            }
        }

        private bool GoesOn(int rung, double score)
        {
            if (!_scoresAtRung.TryGetValue(rung, out var scores))
                _scoresAtRung.Add(rung, scores = []);
            scores.Add(score);
            return scores.Count < LeastRivals || scores.Count(s => s > score) < options.KeptShare * scores.Count;
        }
    }
}
