using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly DateTimeOffset Cut = Samples.Now;

    [Fact]
    public void The_split_learns_nothing_from_after_the_cut_and_holds_out_purchases_only()
    {
        var split = new TimeSplit(Cut, until: Cut.AddDays(30));
        split.Add(Samples.Shopper(1), 10, InteractionKind.Purchase, Cut.AddDays(-1));
        split.Add(Samples.Shopper(1), 11, InteractionKind.Purchase, Cut.AddDays(1));
        split.Add(Samples.Shopper(1), 12, InteractionKind.View, Cut.AddDays(1));
        split.Add(Samples.Shopper(1), 13, InteractionKind.Purchase, Cut.AddDays(31));
        split.Add(Samples.Shopper(2), 11, InteractionKind.Purchase, Cut.AddDays(2));
        var holdout = split.Build();
        var held = Assert.Single(holdout.Cases);
        Assert.Equal(Samples.Shopper(1), held.Shopper);
        Assert.Equal([11], held.Bought.Select(c => holdout.Training.Items[c]));
        Assert.Equal(1, holdout.Training.Count);
        Assert.Equal(1, holdout.ColdShoppers);
        Assert.Equal([10, 11], holdout.Training.Items.Products.ToArray());
    }

    [Fact]
    public void The_cut_leaves_the_asked_share_of_purchases_behind_it()
    {
        var times = Enumerable.Range(0, 101).Select(i => Cut.AddDays(i)).Reverse();
        Assert.Equal(Cut.AddDays(80), TimeSplit.CutFor(times, .2));
        Assert.Throws<ArgumentException>(() => TimeSplit.CutFor([], .2));
    }

    [Fact]
    public void Figures_of_a_fixed_list_equal_those_worked_out_by_hand()
    {
        var split = new TimeSplit(Cut);
        for (var product = 0; product < 4; product++)
            split.AddProduct(product);
        split.Add(Samples.Shopper(1), 0, InteractionKind.Purchase, Cut.AddDays(-1));
        split.Add(Samples.Shopper(1), 0, InteractionKind.Purchase, Cut.AddDays(1));
        split.Add(Samples.Shopper(1), 2, InteractionKind.Purchase, Cut.AddDays(1));
        var holdout = split.Build();

        var discovery = Evaluator.Evaluate("in order", InOrder, holdout, new EvaluationOptions());
        // Product 0 is seen: the list is 1, 2, 3 and only 2 counts.
        Assert.Equal(1 / Math.Log2(3), discovery.Overall.Ndcg10, 1e-9);
        Assert.Equal((1d, 1d, .5), (discovery.Overall.Recall10, discovery.Overall.HitRate20, discovery.Overall.Mrr));
        Assert.Equal((.75, .25, 0d), (discovery.Spread.Coverage, discovery.Spread.Gini, discovery.Spread.MeanPopularity));
        // Nobody of the one shopper had touched 1, 2 or 3: a share of (0 + 1) / (1 + 1), one bit.
        Assert.Equal(1, discovery.Spread.Novelty, 1e-9);

        var repeats = Evaluator.Evaluate("in order", InOrder, holdout, new EvaluationOptions { ExcludeSeen = false });
        Assert.Equal(1.5 / (1 + 1 / Math.Log2(3)), repeats.Overall.Ndcg10, 1e-9);
        Assert.Equal(.25, repeats.Spread.MeanPopularity);
        Assert.Equal(1, repeats.Slices[SliceNames.ColdShoppers].Cases);

        static int InOrder(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
        {
            var count = 0;
            for (var i = 0; i < eligible.Count; i++)
            {
                if (eligible[i])
                    top[count++] = new Ranked(i, -i);
            }
            return count;
        }
    }

    [Fact]
    public void Personal_contenders_beat_popularity_where_there_is_something_to_learn()
    {
        var holdout = Departments();
        var popularity = Run(new PopularityTrainer());
        var als = Run(new AlsTrainer(new AlsOptions { Rank = 16, UnobservedWeight = .1, Regularization = .01 }));
        var itemItem = Run(new ItemItemTrainer(new ItemItemOptions()));
        var inGroup = Run(new PopularityTrainer(product => product % 4));
        Assert.True(als.Overall.Ndcg10 > 1.5 * popularity.Overall.Ndcg10, $"als {als.Overall}, popularity {popularity.Overall}");
        Assert.True(itemItem.Overall.Ndcg10 > 1.5 * popularity.Overall.Ndcg10, $"item-item {itemItem.Overall}");
        Assert.True(inGroup.Overall.Ndcg10 > 1.5 * popularity.Overall.Ndcg10, $"in group {inGroup.Overall}");
        Assert.True(als.Spread.Coverage > popularity.Spread.Coverage && als.Spread.Gini < popularity.Spread.Gini);

        EvaluationResult Run(ITrainer trainer) =>
            Evaluator.Evaluate(trainer.Name, trainer.Train(holdout.Training).Top, holdout, new EvaluationOptions());
    }

    [Fact]
    public void Of_competing_trainers_the_best_on_the_holdout_is_chosen()
    {
        var holdout = Departments();
        ITrainer[] trainers = [new PopularityTrainer(), .. ModelSelection.AlsGrid(new AlsOptions { Rank = 16, Epochs = 4 }).Select(o => new AlsTrainer(o))];
        var chosen = ModelSelection.Choose(trainers, holdout, new EvaluationOptions());
        Assert.Equal("als", chosen.Best.Name);
        Assert.Equal(7, chosen.Results.Count);
        Assert.Equal(chosen.Results.Max(r => r.Overall.Ndcg10), chosen.Results[0].Overall.Ndcg10);
        Assert.Equal(chosen.Results[0].Overall, Evaluator.Evaluate("again", chosen.Model.Top, holdout, new EvaluationOptions()).Overall);
        Assert.Throws<ArgumentException>(() => ModelSelection.Choose([], holdout, new EvaluationOptions()));
    }

    private static Holdout Departments()
    {
        var split = new TimeSplit(Cut);
        var random = new Random(11);
        for (var u = 0; u < 400; u++)
        {
            for (var n = 0; n < 16; n++)
                split.Add(Samples.Shopper(u), 1000 + Samples.Pick(random, u % 4, 120), InteractionKind.Purchase, Cut.AddDays(random.Next(-200, 50)));
        }
        return split.Build();
    }
}
