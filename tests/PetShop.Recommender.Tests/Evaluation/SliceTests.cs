using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Evaluation;

public sealed class SliceTests
{
    private static readonly EvaluationWindow Window = new(Samples.Now, Samples.Now.AddDays(30));

    [Fact]
    public void Each_slice_counts_its_own_purchases_only()
    {
        // Shopper 1 had bought 0 and looked at 1; then buys 0 again, 1 for the first time, and 2, which only they will ever touch.
        var events = new InteractionMatrixBuilder(Window.Until);
        for (var product = 0; product < 6; product++)
            events.AddProduct(product);
        for (var other = 10; other < 20; other++)
            events.Add(Samples.Shopper(other), 1, InteractionKind.View, Window.From.AddDays(-3));
        events.Add(Samples.Shopper(1), 0, InteractionKind.Purchase, Window.From.AddDays(-2));
        events.Add(Samples.Shopper(1), 1, InteractionKind.View, Window.From.AddDays(-1));
        foreach (var product in new[] { 0, 1, 2 })
            events.Add(Samples.Shopper(1), product, InteractionKind.Purchase, Window.From.AddDays(5));

        var result = Evaluator.Evaluate("in order", InOrder, events.HoldOut(Window), new EvaluationOptions { SlicesOfProduct = product => [product == 1 ? "cat" : "dog"] });

        // Discovery hides what was bought, not what was looked at: the list is 1, 2, 3...
        Assert.Equal(1, result.Overall.Ndcg10, 1e-9);
        Assert.Equal(1, result.Slices[SliceNames.ColdShoppers].Cases);
        Assert.Equal(1 / Math.Log2(3), result.Slices[SliceNames.Exploring].Ndcg10, 1e-9);
        Assert.Equal(1 / Math.Log2(3), result.Slices[SliceNames.ColdItems].Ndcg10, 1e-9);
        Assert.Equal(1, result.Slices["cat"].Mrr);
        Assert.Equal(.5, result.Slices["dog"].Mrr);
        // Ranked among what they had bought, which is 0 alone.
        Assert.Equal(1, result.Slices[SliceNames.Repeat].Mrr);
    }

    [Fact]
    public void Whoever_only_buys_again_counts_in_repeat_and_nowhere_else()
    {
        var events = new InteractionMatrixBuilder(Window.Until);
        events.Add(Samples.Shopper(1), 0, InteractionKind.Purchase, Window.From.AddDays(-2));
        events.Add(Samples.Shopper(1), 0, InteractionKind.Purchase, Window.From.AddDays(2));
        var result = Evaluator.Evaluate("in order", InOrder, events.HoldOut(Window), new EvaluationOptions());
        Assert.Equal(0, result.Overall.Cases);
        Assert.Equal([SliceNames.Repeat], result.Slices.Keys);
    }

    [Fact]
    public void A_bound_on_the_cases_takes_them_evenly_from_all()
    {
        var events = new InteractionMatrixBuilder(Window.Until);
        for (var shopper = 0; shopper < 100; shopper++)
        {
            events.Add(Samples.Shopper(shopper), 0, InteractionKind.Purchase, Window.From.AddDays(-2));
            events.Add(Samples.Shopper(shopper), shopper < 50 ? 1 : 2, InteractionKind.Purchase, Window.From.AddDays(2));
        }
        var result = Evaluator.Evaluate("in order", InOrder, events.HoldOut(Window), new EvaluationOptions { MaxCases = 10 });
        Assert.Equal(10, result.Overall.Cases);
        Assert.Equal(.75, result.Overall.Mrr, 1e-9);
    }

    [Fact]
    public void The_curves_of_a_list_that_always_shows_the_same_are_as_steep_as_can_be()
    {
        var events = new InteractionMatrixBuilder(Window.Until);
        for (var product = 0; product < 100; product++)
            events.AddProduct(product);
        for (var shopper = 0; shopper < 20; shopper++)
        {
            events.Add(Samples.Shopper(shopper), 99, InteractionKind.Purchase, Window.From.AddDays(-2));
            events.Add(Samples.Shopper(shopper), 5, InteractionKind.Purchase, Window.From.AddDays(2));
        }
        var spread = Evaluator.Evaluate("in order", InOrder, events.HoldOut(Window), new EvaluationOptions()).Spread;
        Assert.Equal(.1, spread.Coverage, 1e-9);
        Assert.Equal(0, spread.Lorenz[8]);
        Assert.Equal(1, spread.Lorenz[9], 1e-9);
        // Product 99 is the most popular, then come the others in order: nine of the ten shown are among the first tenth.
        Assert.Equal(.9, spread.ByPopularity[0], 1e-9);
        Assert.Equal(1, spread.ByPopularity.Sum(), 1e-9);
    }

    private static int InOrder(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        var count = 0;
        for (var i = 0; i < eligible.Count && count < top.Length; i++)
        {
            if (eligible[i])
                top[count++] = new Ranked(i, -i);
        }
        return count;
    }
}
