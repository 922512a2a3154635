using PetShop.Demo.Simulation;

namespace PetShop.Demo.Tests.Simulation;

/// <summary>What must hold for every record, whatever the chance.</summary>
public sealed class RecordsOfAYearTests(OneYear year) : IClassFixture<OneYear>
{
    [Fact] public void Ids_and_addresses_are_unique()
    {
        AssertUnique(year.Shoppers.Select(history => history.Shopper!.Id));
        AssertUnique(year.Shoppers.Select(history => history.Shopper!.Email));
        AssertUnique(year.All.Select(history => history.VisitorId));
        AssertUnique(Sessions().Select(session => session.Id));
        AssertUnique(Sessions().SelectMany(session => session.Events).Select(happened => happened.Id));
        AssertUnique(year.Shoppers.SelectMany(history => history.Orders).Select(order => order.Id));
        AssertUnique(year.Shoppers.SelectMany(history => history.Shopper!.Pets).Select(pet => pet.Id));
        Assert.All(year.Shoppers, history => Assert.Matches(@"^[a-z]+(\.[a-z]+\d+)?@example\.com$", history.Shopper!.Email));
    }

    [Fact] public void Event_ids_carry_their_time() => Assert.All(Sessions().SelectMany(session => session.Events), happened =>
    {
        Assert.Equal(7, happened.Id.Version);
        var milliseconds = Convert.ToInt64(happened.Id.ToString("N")[..12], 16);
        Assert.Equal(happened.At.ToUnixTimeMilliseconds(), milliseconds);
    });

    [Fact] public void Everything_happens_within_the_period_and_in_order()
    {
        var begin = OneYear.Until.AddDays(-365);
        Assert.All(year.All, history =>
        {
            Assert.All(history.Sessions.Pairwise(), pair => Assert.True(pair.First.StartedAt < pair.Second.StartedAt));
            Assert.All(history.Orders.Pairwise(), pair => Assert.True(pair.First.PlacedAt < pair.Second.PlacedAt));
            Assert.All(history.Sessions, session => Assert.All(session.Events.Pairwise(), pair => Assert.True(pair.First.At <= pair.Second.At)));
            Assert.All(history.Sessions.SelectMany(session => session.Events), happened => Assert.InRange(happened.At, begin, OneYear.Until));
            Assert.All(history.Orders, order => Assert.InRange(order.PlacedAt, Later(begin, history.Shopper!.JoinedAt), OneYear.Until));
        });
    }

    [Fact] public void Nothing_is_bought_that_is_sold_out_or_not_yet_released() => Assert.All(year.Lines, bought =>
    {
        Assert.True(bought.Sku.Stock > 0, bought.Sku.Code);
        Assert.True(bought.Product.ReleasedOn < DateOnly.FromDateTime(bought.Order.PlacedAt.UtcDateTime), bought.Product.Name);
        Assert.Equal(bought.Sku.PriceMinor, bought.Line.UnitPriceMinor);
        Assert.InRange(bought.Line.Quantity, 1, 30);
    });

    [Fact] public void Who_refuses_analytics_leaves_orders_but_no_events()
    {
        var refused = year.Shoppers.Where(history => !history.Shopper!.Consent.Analytics).ToList();
        Assert.InRange((double)refused.Count / year.Shoppers.Count(), 0.17, 0.31);
        Assert.All(refused, history => Assert.Empty(history.Sessions));
        Assert.All(refused.SelectMany(history => history.Orders), order => Assert.Null(order.SessionId));
        Assert.Contains(refused, history => history.Orders.Count > 0);
        Assert.All(refused, history => Assert.False(history.Shopper!.Consent.Personalisation));
    }

    [Fact] public void Each_observed_order_has_its_purchase_events() => Assert.All(year.Shoppers.Where(history => history.Shopper!.Consent.Analytics), history =>
    {
        var purchases = history.Sessions.SelectMany(session => session.Events).Where(happened => happened.Kind == EventKind.Purchased).ToLookup(happened => happened.OrderId);
        Assert.All(history.Orders, order => Assert.Equal(
            order.Lines.Select(line => (line.SkuCode, line.Quantity)).Order(), purchases[order.Id].Select(happened => (happened.SkuCode!, happened.Quantity!.Value)).Order()));
    });

    [Fact] public void Reviews_come_from_buyers_after_delivery() => Assert.All(year.Shoppers, history => Assert.All(history.Reviews, review =>
    {
        Assert.InRange(review.Rating, 1, 5);
        Assert.InRange(review.WrittenAt, DateTimeOffset.MinValue, OneYear.Until);
        Assert.Contains(history.Orders, order => order.DeliveredAt < review.WrittenAt && order.Lines.Any(line => OneYear.Shop.Sku(line.SkuCode).Product.Slug == review.ProductSlug));
    }));

    [Fact] public void Every_event_names_things_that_exist() => Assert.All(Sessions().SelectMany(session => session.Events), happened =>
    {
        if (happened.ProductSlug is not null)
            Assert.Equal(happened.CategorySlug, OneYear.Shop.Product(happened.ProductSlug).CategorySlug);
        if (happened.SkuCode is not null)
            Assert.Equal(happened.ProductSlug, OneYear.Shop.Sku(happened.SkuCode).Product.Slug);
        Assert.Equal(happened.Kind == EventKind.Searched, happened.Query is { Length: > 0 } && happened.Results is not null);
        Assert.Equal(happened.Kind == EventKind.ProductViewed, happened.DwellMs is > 0);
    });

    private IEnumerable<SimulatedSession> Sessions() => year.All.SelectMany(history => history.Sessions);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static void AssertUnique<T>(IEnumerable<T> values)
    {
        var list = values.ToList();
        Assert.Equal(list.Count, list.Distinct().Count());
    }
}
