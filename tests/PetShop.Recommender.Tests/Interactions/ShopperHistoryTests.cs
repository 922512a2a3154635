using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Tests.Interactions;

public sealed class ShopperHistoryTests
{
    private static readonly ItemIndex Items = new([5, 6, 7]);
    private static readonly DateTimeOffset Now = Samples.Now;

    [Fact]
    public void A_purchase_of_one_half_life_ago_weighs_half() =>
        // r = 8 / 2, c = 1 + 2 log2 5
        Assert.Equal(1 + 2 * Math.Log2(5), One(new InteractionEvent(5, InteractionKind.Purchase, Now.AddDays(-180))).Confidence, 1e-5);

    [Fact]
    public void A_running_subscription_does_not_fade() =>
        Assert.Equal(1 + 2 * Math.Log2(13), One(new InteractionEvent(5, InteractionKind.Subscription, Now.AddDays(-900))).Confidence, 1e-5);

    [Fact]
    public void A_refusal_has_target_0_until_the_product_is_chosen_again()
    {
        InteractionEvent bought = new(5, InteractionKind.Purchase, Now.AddDays(-9)), refused = new(5, InteractionKind.PetRefused, Now.AddDays(-5));
        Assert.Equal(0, One(bought, refused).Target);
        Assert.Equal(8 * Math.Pow(2, -5 / 365.0), One(bought, refused).Confidence, 1e-4);
        Assert.Equal(0, One(bought, refused, new InteractionEvent(5, InteractionKind.View, Now)).Target);
        Assert.Equal(1, One(bought, refused, new InteractionEvent(5, InteractionKind.CartAdd, Now)).Target);
    }

    [Fact]
    public void Unknown_products_and_future_events_are_left_out()
    {
        InteractionEvent[] events = [new(99, InteractionKind.View, Now), new(6, InteractionKind.View, Now.AddSeconds(1)), new(7, InteractionKind.View, Now)];
        Assert.Equal([new Interaction(2, 3)], ShopperHistory.Weigh(events, Items, Now));
    }

    [Fact]
    public void Confidence_stays_between_0_and_20_and_each_product_comes_once_whatever_happened() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            InteractionEvent[] events = [.. Enumerable.Range(0, random.Next(60)).Select(_ => new InteractionEvent(
                random.Next(4, 9), (InteractionKind)random.Next(8), Now.AddDays(-random.Next(1000)), random.Next(1, 200)))];
            var history = ShopperHistory.Weigh(events, Items, Now);
            return history.All(h => h.Confidence is > 0 and <= 20 && h.Target is 0 or 1) && history.Select(h => h.Index).SequenceEqual(history.Select(h => h.Index).Distinct().Order());
        }));

    [Fact]
    public void Only_the_latest_events_of_a_busy_shopper_count()
    {
        var builder = new InteractionMatrixBuilder(Now, maxEventsPerShopper: 10);
        for (var i = 0; i < 100; i++)
            builder.Add(Samples.Shopper(1), i, InteractionKind.View, Now.AddMinutes(-i));
        builder.Add(Samples.Shopper(1), 500, InteractionKind.View, Now.AddMinutes(1));
        var matrix = builder.Build();
        Assert.Equal(Enumerable.Range(0, 10), matrix.HistoryOf(Samples.Shopper(1)).ToArray().Select(h => matrix.Items[h.Index]));
        Assert.Equal((100, 1), (builder.AddedCount, builder.IgnoredCount));
        Assert.True(matrix.HistoryOf(Samples.Shopper(2)).IsEmpty);
    }

    [Fact]
    public void Rows_and_columns_hold_the_same_cells()
    {
        var matrix = Samples.Departments();
        for (var item = 0; item < matrix.ItemCount; item++)
        {
            foreach (var cell in matrix.ByItem[item])
                Assert.Contains(cell with { Index = item }, matrix.ByShopper[cell.Index].ToArray());
        }
        Assert.Equal(matrix.Count, matrix.ByItem.CellCount);
    }

    private static Interaction One(params InteractionEvent[] events) => Assert.Single(ShopperHistory.Weigh(events, Items, Now));
}
