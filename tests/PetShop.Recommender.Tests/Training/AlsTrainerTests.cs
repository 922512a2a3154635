using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Training;

public sealed class AlsTrainerTests
{
    private static readonly AlsOptions Small = new() { Rank = 16, Epochs = 10, UnobservedWeight = .1, Regularization = .01 };

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_one_core_and_on_two()
    {
        var matrix = Samples.Departments();
        var one = new AlsTrainer(Small with { Threads = 1 }).Train(matrix);
        var two = new AlsTrainer(Small with { Threads = 2 }).Train(matrix);
        var other = new AlsTrainer(Small with { Seed = 1 }).Train(matrix);
        Assert.True(one.Factors.SequenceEqual(two.Factors));
        Assert.False(one.Factors.SequenceEqual(other.Factors));
    }

    [Fact]
    public void The_order_of_events_does_not_change_the_model()
    {
        var events = Enumerable.Range(0, 400).Select(i => (Shopper: i * 7919 % 40, Product: i * 104729 % 23, Day: i % 90)).ToArray();
        var forward = Build(events);
        var backward = Build([.. events.Reverse()]);
        Assert.True(new AlsTrainer(Small).Train(forward).Factors.SequenceEqual(new AlsTrainer(Small).Train(backward).Factors));

        static InteractionMatrix Build((int Shopper, int Product, int Day)[] events)
        {
            var builder = new InteractionMatrixBuilder(Samples.Now);
            foreach (var (shopper, product, day) in events)
                builder.Add(Samples.Shopper(shopper), product, InteractionKind.CartAdd, Samples.Now.AddDays(-day));
            return builder.Build();
        }
    }

    [Fact]
    public void Single_and_double_precision_agree()
    {
        var matrix = Samples.Departments();
        var narrow = new AlsRun<float>(matrix, Small, null, default).Run()!;
        var wide = new AlsRun<double>(matrix, Small, null, default).Run()!;
        for (var i = 0; i < 40; i++)
        {
            float[] a = [.. narrow.AsSpan(i * 16, 16)], b = [.. wide.AsSpan(i * 16, 16).ToArray().Select(v => (float)v)];
            var next = (i + 4) * 16;
            Assert.Equal(Dot(b, wide.AsSpan(next, 16).ToArray().Select(v => (float)v)), Dot(a, narrow.AsSpan(next, 16).ToArray()), 1e-2f);
        }

        static float Dot(float[] a, IEnumerable<float> b) => TensorPrimitives.Dot<float>(a, b.ToArray());
    }

    [Fact]
    public void A_shopper_is_shown_the_department_they_buy_in()
    {
        var matrix = Samples.Departments();
        var model = new AlsTrainer(Small).Train(matrix);
        var scores = new float[matrix.ItemCount];
        model.Score([new Interaction(2, 5), new Interaction(6, 5), new Interaction(10, 5)], scores);
        var own = scores.Where((_, i) => i % 4 == 2).Average();
        var foreign = scores.Where((_, i) => i % 4 != 2).Average();
        Assert.True(own > 3 * Math.Max(foreign, 0.01), $"own {own}, foreign {foreign}");
    }

    [Fact]
    public void Folded_in_shoppers_give_back_the_item_factors_they_were_folded_in_from()
    {
        var matrix = Samples.Departments();
        var model = new AlsTrainer(Small with { Epochs = 60 }).Train(matrix);
        var options = model.Options;
        var shoppers = matrix.ShopperCount;
        var x = new float[shoppers * 16];
        for (var u = 0; u < shoppers; u++)
            model.FoldIn(matrix.ByShopper[u], x.AsSpan(u * 16, 16));
        // At convergence an item solved against the folded-in shoppers is the model's item again.
        var before = model.Factors.ToArray();
        var spectrum = Factors.Diagonalize(x, 16, new ParallelOptions());
        var solver = new RowSolver<float>(16);
        var item = new float[16];
        float[] penalty = [.. spectrum.Select(s => (float)(options.UnobservedWeight * s + options.Ridge(matrix.ByItem[0].Length, shoppers)))];
        Assert.True(solver.Solve(x, penalty, matrix.ByItem[0], item));
        var norm = TensorPrimitives.Norm<float>(before.AsSpan(0, 16));
        Assert.Equal(norm, TensorPrimitives.Norm<float>(item), norm * .03f);
    }

    [Fact]
    public void A_warm_start_from_a_finished_model_hardly_moves_in_one_epoch()
    {
        var matrix = Samples.Departments();
        var cold = new AlsTrainer(Small with { Epochs = 40 }).Train(matrix);
        var warm = new AlsTrainer(Small with { Epochs = 1, WarmStart = cold }).Train(matrix);
        var fresh = new AlsTrainer(Small with { Epochs = 1 }).Train(matrix);
        Assert.True(Distance(warm) < .05 && Distance(fresh) > .2, $"warm {Distance(warm)}, fresh {Distance(fresh)}");

        double Distance(PetShop.Recommender.Ranking.FactorModel model)
        {
            float[] a = new float[80], b = new float[80];
            model.Score(matrix.ByShopper[0], a);
            cold.Score(matrix.ByShopper[0], b);
            return TensorPrimitives.Distance<float>(a, b) / TensorPrimitives.Norm<float>(b);
        }
    }

    [Fact]
    public void Numbers_that_break_down_in_double_too_are_refused()
    {
        var bad = Small with { Regularization = 1e-300, UnobservedWeight = 1e-300, InitialDeviation = 1e200 };
        var error = Assert.Throws<ArithmeticException>(() => new AlsTrainer(bad).Train(Samples.Departments()));
        Assert.Contains("regularisation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_break_down_in_single_precision_are_saved_by_double()
    {
        var matrix = Samples.Departments();
        var tight = Small with { Epochs = 4, InitialDeviation = 1e30 };
        Assert.Null(new AlsRun<float>(matrix, tight, null, default).Run());
        Assert.True(TensorPrimitives.IsFiniteAll<float>(new AlsTrainer(tight).Train(matrix).Factors));
    }

    [Fact]
    public void Training_stops_when_cancelled_and_tells_how_far_it_is()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<TrainingProgress>();
        var progress = new Listener(p => { seen.Add(p); if (p.Done == 2) source.Cancel(); });
        Assert.ThrowsAny<OperationCanceledException>(() => new AlsTrainer(Small).Train(Samples.Departments(), progress, source.Token));
        Assert.Equal([0, 1, 2], seen.Select(p => p.Done));
        Assert.All(seen, p => Assert.Equal(10, p.Total));
    }

    [Fact]
    public void An_empty_matrix_and_a_bad_setting_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AlsTrainer(Small).Train(new InteractionMatrixBuilder(Samples.Now).Build()));
        Assert.Throws<ArgumentException>(() => new AlsTrainer(Small with { Rank = 0 }).Train(Samples.Departments()));
        Assert.Throws<ArgumentException>(() => new AlsTrainer(Small with { Regularization = 0 }).Train(Samples.Departments()));
    }

    private sealed class Listener(Action<TrainingProgress> act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act(value);
    }
}
