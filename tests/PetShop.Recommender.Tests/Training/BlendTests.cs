using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Training;

public sealed class BlendTests
{
    private static readonly ITrainer[] Trainers =
    [
        new PopularityTrainer(),
        new AlsTrainer(new AlsOptions { Rank = 8, Epochs = 4 }),
        new EaseTrainer(new EaseOptions { Regularization = 50 }),
        new ItemItemTrainer(new ItemItemOptions { Shrinkage = 3 }),
    ];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void The_blend_is_never_below_its_best_part_on_validation(int seed)
    {
        var holdout = Holdout(seed);
        IModel[] models = [.. Trainers.Select(t => t.Train(holdout.Training))];
        var learned = BlendWeights.Learn(models, holdout, new EvaluationOptions(), new BlendOptions { MaxCases = 60 });
        Assert.Equal(1, learned.Weights.Sum(), 1e-9);
        Assert.All(learned.Weights, w => Assert.True(w >= 0));
        for (var i = 0; i < models.Length; i++)
        {
            var alone = Evaluator.Evaluate("", models[i].Top, holdout, new EvaluationOptions()).Overall.Ndcg10;
            Assert.Equal(alone, learned.PartNdcg10[i], 1e-12);
            Assert.True(learned.Ndcg10 >= alone);
        }
        var blend = new BlendTrainer([.. Trainers.Zip(learned.Weights)]).Train(holdout.Training);
        Assert.True(Evaluator.Evaluate("", blend.Top, holdout, new EvaluationOptions()).Overall.Ndcg10 >= learned.PartNdcg10.Max() - 1e-6);
    }

    [Fact]
    public void Learning_twice_gives_the_same_weights()
    {
        var holdout = Holdout(1);
        IModel[] models = [.. Trainers.Select(t => t.Train(holdout.Training))];
        var options = new BlendOptions { MaxCases = 50 };
        Assert.Equal(BlendWeights.Learn(models, holdout, new EvaluationOptions(), options).Weights, BlendWeights.Learn(models, holdout, new EvaluationOptions { Threads = 1 }, options).Weights);
    }

    [Fact]
    public void Past_products_add_up_to_the_score_when_every_part_is_explained()
    {
        var matrix = Samples.Departments();
        var blend = new BlendTrainer([(Trainers[1], .5), (Trainers[2], .3), (Trainers[3], .2)]).Train(matrix);
        var history = matrix.ByShopper[5];
        float[] scores = new float[matrix.ItemCount], parts = new float[history.Length];
        blend.Score(history, scores);
        for (var item = 0; item < matrix.ItemCount; item++)
        {
            blend.Explain(history, item, parts);
            Assert.Equal(scores[item], parts.Sum(), 1e-3);
        }
    }

    [Fact]
    public void Scores_of_some_products_are_those_that_all_products_get_together()
    {
        var matrix = Samples.Departments();
        var blend = new BlendTrainer([.. Trainers.Zip([.1, .4, .3, .2])]).Train(matrix);
        var some = new Eligibility(matrix.ItemCount);
        for (var item = 0; item < matrix.ItemCount; item += 3)
            some[item] = true;
        for (var shopper = 0; shopper < 20; shopper++)
        {
            var history = matrix.ByShopper[shopper];
            float[] all = new float[matrix.ItemCount], of = new float[matrix.ItemCount];
            blend.Score(history, all);
            blend.Score(history, some, of);
            for (var item = 0; item < matrix.ItemCount; item += 3)
                Assert.Equal(all[item], of[item]);
        }
    }

    [Fact]
    public void The_spread_of_factors_scores_is_what_scoring_every_product_gives()
    {
        var matrix = Samples.Departments();
        var als = new AlsTrainer(new AlsOptions { Rank = 8, Epochs = 4 }).Train(matrix);
        var scores = new float[matrix.ItemCount];
        for (var shopper = 0; shopper < 20; shopper++)
        {
            als.Score(matrix.ByShopper[shopper], scores);
            var mean = scores.Average(s => (double)s);
            Assert.Equal(Math.Sqrt(scores.Average(s => (s - mean) * (s - mean))), als.SpreadOf(matrix.ByShopper[shopper]), 1e-5);
        }
        Assert.Equal(0, als.SpreadOf([]));
    }

    [Fact]
    public void It_lists_the_best_sums_and_weight_0_leaves_a_part_out()
    {
        var matrix = Samples.Departments();
        var history = matrix.ByShopper[5];
        var als = Trainers[1].Train(matrix);
        var blend = new BlendModel([new("als", als, 2), new("popularity", Trainers[0].Train(matrix), 0)]);
        Ranked[] alone = new Ranked[10], blended = new Ranked[10];
        als.Top(history, new Eligibility(matrix.ItemCount, all: true), alone);
        Assert.Equal(10, blend.Top(history, new Eligibility(matrix.ItemCount, all: true), blended));
        Assert.Equal(alone.Select(r => r.Item), blended.Select(r => r.Item));
        Assert.True(blend.Knows(history));
        Assert.False(blend.Knows([]));
    }

    [Fact]
    public void The_parameters_kept_with_a_blend_make_it_again()
    {
        var trainer = new BlendTrainer([(Trainers[1], .625), (Trainers[0], 0), (Trainers[2], .375)]);
        Assert.Equal("8", trainer.Parameters["part1.rank"]);
        var again = BlendTrainer.FromParameters(trainer.Parameters, (name, own) => name switch
        {
            "als" => new AlsTrainer(new AlsOptions { Rank = int.Parse(own["rank"]), Epochs = int.Parse(own["epochs"]) }),
            "ease" => new EaseTrainer(new EaseOptions { Regularization = double.Parse(own["regularization"]) }),
            _ => null,
        });
        Assert.Equal(trainer.Parameters, again!.Parameters);
        Assert.Null(BlendTrainer.FromParameters(trainer.Parameters, (_, _) => null));
        Assert.Null(BlendTrainer.FromParameters(new Dictionary<string, string>(), (_, _) => Trainers[0]));
    }

    [Fact]
    public void Models_of_different_products_and_impossible_weights_are_refused()
    {
        IModel here = Trainers[0].Train(Samples.Departments()), there = Trainers[0].Train(Samples.Departments(items: 40));
        Assert.Throws<ArgumentException>(() => new BlendModel([new("a", here, 1), new("b", there, 1)]));
        Assert.Throws<ArgumentException>(() => new BlendModel([new("a", here, 0)]));
        Assert.Throws<ArgumentException>(() => new BlendModel([new("a", here, float.NaN)]));
        Assert.Throws<ArgumentException>(() => new BlendTrainer([(Trainers[0], -1)]));
    }

    private static Holdout Holdout(int seed)
    {
        var random = new Random(seed);
        var split = new TimeSplit(Samples.Now.AddDays(-60));
        for (var i = 0; i < 80; i++)
            split.AddProduct(1000 + i);
        for (var u = 0; u < 200; u++)
        {
            for (var n = 0; n < 14; n++)
                split.Add(Samples.Shopper(u), 1000 + Samples.Pick(random, u % 4, 80), InteractionKind.Purchase, Samples.Now.AddDays(-random.Next(300)));
        }
        return split.Build();
    }
}
