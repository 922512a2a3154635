using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Training;

public sealed class TunerTests
{
    private static readonly InteractionMatrix Matrix = Samples.Departments(shoppers: 12, items: 8, each: 3);

    // Best at x = 10 and y = .7; more epochs come closer to what the point is worth.
    private static readonly SearchSpace Hill = new("hill", [new("x", 1, 1000, IsLogarithmic: true), new("y", 0, 1)],
        new Dictionary<string, double> { ["x"] = 500, ["y"] = .1 }, point => new Known(1 - .3 * Math.Pow(Math.Log10(point["x"]) - 1, 2) - Math.Pow(point["y"] - .7, 2), point))
    {
        Rungs = [2, 4, 8],
    };

    [Fact]
    public void The_same_seed_tries_the_same_points_another_seed_others()
    {
        var once = Run(new TuningOptions { MaxTrials = 20, Seed = 4 });
        Assert.Equal(Points(once), Points(Run(new TuningOptions { MaxTrials = 20, Seed = 4 })));
        Assert.NotEqual(Points(once), Points(Run(new TuningOptions { MaxTrials = 20, Seed = 5 })));

        static IEnumerable<(double, double, int, double)> Points(TuningResult result) =>
            result.Trials.Select(t => (t.Parameters["x"], t.Parameters["y"], t.Epochs, t.Ndcg10));
    }

    [Fact]
    public void It_starts_from_the_usual_settings_and_finds_better_ones()
    {
        var result = Run(new TuningOptions { MaxTrials = 40 });
        Assert.Equal((500, .1), (result.Trials[0].Parameters["x"], result.Trials[0].Parameters["y"]));
        Assert.Equal(Enumerable.Range(1, 40), result.Trials.Select(t => t.Number));
        Assert.Equal(TuningEnd.Trials, result.End);
        Assert.True(result.Best.Ndcg10 > .97, $"{result.Best}");
        Assert.Equal(result.Trials.Where(t => !t.IsStoppedEarly).Max(t => t.Ndcg10), result.Best.Ndcg10);
        Assert.Equal(8, ((Known)result.Trainer).Point.Epochs);
    }

    [Fact]
    public void Weak_trials_are_stopped_early_and_the_others_go_on_from_where_they_were()
    {
        var result = Run(new TuningOptions { MaxTrials = 30, Scouts = 30 });
        var stopped = result.Trials.Where(t => t.IsStoppedEarly).ToArray();
        Assert.InRange(stopped.Length, 5, 25);
        Assert.All(stopped, t => Assert.True(t.Epochs is 2 or 4));
        Assert.All(result.Trials.Where(t => !t.IsStoppedEarly), t => Assert.Equal(8, t.Epochs));
        Assert.Equal(8, ((PopularityModel)result.Model).Scores[1]);
    }

    [Fact]
    public void It_ends_when_time_is_up_with_what_it_has()
    {
        var clock = new SteppedClock();
        var result = new Tuner(new TuningOptions { MaxTrials = 1000, MaxTime = TimeSpan.FromMinutes(10) }, clock)
            .Run(Hill with { Rungs = [] }, Matrix, (model, _) => Value(model, clock, TimeSpan.FromMinutes(1)));
        Assert.Equal(TuningEnd.Time, result.End);
        Assert.InRange(result.Trials.Count, 9, 10);
        Assert.All(result.Trials, t => Assert.Equal(60, t.Seconds));
        Assert.Throws<TimeoutException>(() => new Tuner(new TuningOptions { MaxTime = TimeSpan.FromSeconds(30) }, clock)
            .Run(Hill, Matrix, (model, _) => Value(model, clock, TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void A_failed_trial_is_kept_with_its_reason_and_the_search_goes_on()
    {
        var space = Hill with { Make = point => point["y"] < .5 ? new Known(double.NaN, point) : Hill.Make(point) };
        var result = new Tuner(new TuningOptions { MaxTrials = 12 }, new SteppedClock()).Run(space, Matrix, (model, _) => Value(model));
        Assert.Contains(result.Trials, t => t.Failure == "broken" && t.Ndcg10 == 0);
        Assert.True(result.Best.Parameters["y"] >= .5);
        Assert.Throws<ArithmeticException>(() => new Tuner(new TuningOptions { MaxTrials = 3 }, new SteppedClock())
            .Run(Hill with { Make = point => new Known(double.NaN, point) }, Matrix, (model, _) => Value(model)));
    }

    [Fact]
    public void Cancelling_gives_the_search_up()
    {
        using var cancel = new CancellationTokenSource();
        var measured = 0;
        Assert.Throws<OperationCanceledException>(() => new Tuner(new TuningOptions(), new SteppedClock()).Run(Hill, Matrix, (model, _) =>
        {
            if (++measured == 3)
                cancel.Cancel();
            return Value(model);
        }, null, cancel.Token));
        Assert.Equal(3, measured);
    }

    [Fact]
    public void Epochs_of_one_trial_go_on_from_the_rung_before_as_if_trained_in_one_go()
    {
        var matrix = Samples.Departments();
        var options = new AlsOptions { Rank = 8, Epochs = 8 };
        var result = new Tuner(new TuningOptions { MaxTrials = 1 }, new SteppedClock()).Run(SearchSpace.Als(options, maxRank: 8), matrix, (_, _) => 1);
        Assert.Equal((8, 8), (result.Best.Epochs, ((FactorModel)result.Model).Rank));
        float[] climbed = new float[matrix.ItemCount], straight = new float[matrix.ItemCount];
        result.Model.Score(matrix.ByShopper[3], climbed);
        result.Trainer.Train(matrix).Score(matrix.ByShopper[3], straight);
        Assert.All(climbed.Zip(straight), p => Assert.Equal(p.Second, p.First, 1e-3));
    }

    [Fact]
    public void The_spaces_of_the_trainers_start_where_their_options_stand_and_bad_ones_are_refused()
    {
        foreach (var space in new[] { SearchSpace.Als(new AlsOptions { Epochs = 4 }), SearchSpace.Ease(new EaseOptions()), SearchSpace.ItemItem(new ItemItemOptions()) })
        {
            var result = new Tuner(new TuningOptions { MaxTrials = 2 }, new SteppedClock()).Run(space, Matrix, (_, _) => 1);
            Assert.Equal(space.Trainer, result.Trainer.Name);
            foreach (var (name, value) in result.Best.Parameters)
                Assert.Equal(value, double.Parse(result.Trainer.Parameters[name]), 1e-12);
        }
        Assert.Throws<ArgumentException>(() => Run(new TuningOptions(), Hill with { Parameters = [new("x", 5, 1)] }));
        Assert.Throws<ArgumentException>(() => Run(new TuningOptions(), Hill with { Rungs = [4, 4] }));
        Assert.Throws<ArgumentException>(() => Run(new TuningOptions { MaxTrials = 0 }));
    }

    private static TuningResult Run(TuningOptions options, SearchSpace? space = null) => new Tuner(options, new SteppedClock()).Run(space ?? Hill, Matrix, (model, _) => Value(model));

    private static double Value(IModel model, SteppedClock? clock = null, TimeSpan step = default)
    {
        clock?.Advance(step);
        return ((PopularityModel)model).Scores[0];
    }

    /// <summary>A trainer whose model is worth a given figure and says how many epochs went into it.</summary>
    private sealed class Known(double value, TuningPoint point) : ITrainer
    {
        public TuningPoint Point => point;
        public string Name => "known";
        public IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>();

        public IModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
        {
            if (double.IsNaN(value))
                throw new ArithmeticException("broken");
            var trained = point.Epochs + (point.GoOnFrom is PopularityModel earlier ? (int)earlier.Scores[1] : 0);
            var scores = new float[matrix.ItemCount];
            (scores[0], scores[1]) = ((float)Math.Max(0, value), trained);
            return new PopularityModel(matrix.Items, scores, []);
        }
    }

    /// <summary>Time that passes when told.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<(DateTimeOffset Due, Action Ring)> _timers = [];
        private DateTimeOffset _now = Samples.Now;

        public override DateTimeOffset GetUtcNow() => _now;
        public override long GetTimestamp() => _now.Ticks;
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((_now + dueTime, () => callback(state)));
            return new Timer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Advance(TimeSpan step)
        {
            _now += step;
            foreach (var (_, ring) in _timers.Where(t => t.Due <= _now).ToArray())
                ring();
            _timers.RemoveAll(t => t.Due <= _now);
        }
    }
}
