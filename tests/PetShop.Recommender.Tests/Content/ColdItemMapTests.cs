using PetShop.Recommender.Content;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Content;

public sealed class ColdItemMapTests
{
    private const int Items = 80;

    // Products 1000, 1001... belong to one of four departments in turn; every tenth is one that nobody has touched.
    private static readonly ContentVectors Content = ContentVectors.Of(
        [.. Enumerable.Range(0, Items).Select(i => new ContentItem(1000 + i, $"Thing {i % 7}", "", [($"department:{i % 4}", 1f)]))], new());

    [Fact]
    public void What_nobody_touched_is_offered_to_those_who_like_its_kind()
    {
        var (matrix, mapped) = Train();
        var cold = Enumerable.Range(0, Items).Where(IsHidden).ToArray();
        var shopper = new float[mapped.Rank];
        double own = 0, other = 0;
        for (var u = 0; u < matrix.ShopperCount; u++)
        {
            mapped.FoldIn(matrix.ByShopper[u], shopper);
            var department = matrix.ByShopper[u].ToArray().GroupBy(i => i.Index % 4).MaxBy(g => g.Sum(i => i.Confidence))!.Key;
            own += cold.Where(i => i % 4 == department).Average(i => mapped.ScoreOf(shopper, i));
            other += cold.Where(i => i % 4 != department).Average(i => mapped.ScoreOf(shopper, i));
        }
        Assert.True(own > 3 * Math.Abs(other), $"{own} against {other}");
    }

    [Fact]
    public void Without_the_map_they_have_no_place_at_all()
    {
        var plain = new AlsTrainer(Options).Train(Matrix());
        foreach (var item in Enumerable.Range(0, Items).Where(IsHidden))
            Assert.True(System.Numerics.Tensors.TensorPrimitives.Norm(plain.FactorsOf(item)) < 1e-3f);
    }

    [Fact]
    public void A_product_with_many_interactions_hardly_moves()
    {
        var (matrix, mapped) = Train();
        var plain = new AlsTrainer(Options).Train(matrix);
        var counts = ContentAwareTrainer.CountsOf(matrix);
        var popular = Array.IndexOf(counts, counts.Max());
        Assert.True(counts[popular] > 60);
        // Rotation of the basis changes no product of two rows; so lengths are compared.
        Assert.Equal(1, Length(mapped, popular) / Length(plain, popular), .25f);
    }

    [Fact]
    public void The_map_is_the_solution_of_its_ridge_regression()
    {
        // Two products of one word each and factors 2 and -1: the one-dimensional regressions are n y f / (n f^2 + l).
        var content = ContentVectors.Of([new(1, "red", "", []), new(2, "red", "", []), new(3, "blue", "", []), new(4, "blue", "", [])], new());
        var model = new FactorModel(new ItemIndex([1, 2, 3, 4]), 1, [2, 0, -1, 0], new FoldInOptions(.1, .1, 1));
        var map = new ColdItemMap(model, [30, 0, 10, 0], content, new() { Regularization = 5, Belief = 0.5 });
        Span<float> suggested = stackalloc float[1];
        map.Suggest(2, suggested);
        Assert.Equal(Math.Sign(model.Factors[0]) * 60f / 35, suggested[0], 1e-4f);
        map.Suggest(99, suggested);
        Assert.Equal(0, suggested[0]);
        var applied = map.Apply(model, [30, 0, 10, 0]);
        Assert.Equal(.5f * 60 / 35, Math.Abs(applied.FactorsOf(1)[0]), 1e-4f);
        Assert.Equal((30 * 2 + 15 * .5f * 60 / 35) / 45, Math.Abs(applied.FactorsOf(0)[0]), 1e-4f);
    }

    [Fact]
    public void Training_with_content_is_repeatable_and_keeps_the_trainers_name_and_settings()
    {
        var trainer = new ContentAwareTrainer(new AlsTrainer(Options), Content, new());
        var matrix = Matrix();
        Assert.Equal("als", trainer.Name);
        Assert.Equal("15", trainer.Parameters["contentMass"]);
        Assert.Equal("8", trainer.Parameters["rank"]);
        Assert.Equal(((FactorModel)trainer.Train(matrix)).Factors.ToArray(), ((FactorModel)trainer.Train(matrix)).Factors.ToArray());
        Assert.IsType<NeighbourModel>(new ContentAwareTrainer(new ItemItemTrainer(new()), Content, new()).Train(matrix));
    }

    [Fact]
    public void Counts_of_another_model_are_refused()
    {
        var model = new FactorModel(new ItemIndex([1]), 1, [1], new FoldInOptions(.1, .1, 1));
        Assert.Contains("2 counts", Assert.Throws<ArgumentException>(() => new ColdItemMap(model, [1, 2], Content, new())).Message, StringComparison.Ordinal);
    }

    private static AlsOptions Options => new() { Rank = 8, Epochs = 8 };

    private static bool IsHidden(int item) => item % 10 is 3 or 8;

    private static (InteractionMatrix Matrix, FactorModel Model) Train()
    {
        var matrix = Matrix();
        return (matrix, (FactorModel)new ContentAwareTrainer(new AlsTrainer(Options), Content, new()).Train(matrix));
    }

    private static InteractionMatrix Matrix()
    {
        var random = new Random(7);
        var builder = new InteractionMatrixBuilder(Samples.Now);
        for (var i = 0; i < Items; i++)
            builder.AddProduct(1000 + i);
        for (var u = 0; u < 300; u++)
        {
            for (var n = 0; n < 12; n++)
            {
                if (Samples.Pick(random, u % 4, Items) is var item && !IsHidden(item))
                    builder.Add(Samples.Shopper(u), 1000 + item, InteractionKind.Purchase, Samples.Now.AddDays(-random.Next(300)));
            }
        }
        return builder.Build();
    }

    private static float Length(FactorModel model, int item) => System.Numerics.Tensors.TensorPrimitives.Norm(model.FactorsOf(item));
}
