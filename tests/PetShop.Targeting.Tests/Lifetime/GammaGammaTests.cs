using PetShop.Targeting.Lifetime;

namespace PetShop.Targeting.Tests.Lifetime;

public sealed class GammaGammaTests
{
    [Theory]
    [InlineData(2, 22.35, 24.6637)]
    [InlineData(1, 11.77, 18.9169)]
    [InlineData(7, 73.74, 71.4697)]
    [InlineData(2, 25.55, 27.2884)]
    [InlineData(0, 0, 35.2190)]
    public void Expected_spending_is_the_published_one(int repeats, double mean, double expected) =>
        Assert.Equal(expected, Cdnow.PublishedSpend.ExpectedSpend(new(repeats, mean)), 4);

    [Fact]
    public void More_orders_draw_the_expectation_towards_the_shoppers_own_mean()
    {
        var expectations = Enumerable.Range(0, 50).Select(x => Cdnow.PublishedSpend.ExpectedSpend(new(x, 100))).ToList();
        Assert.Equal(expectations.Order(), expectations);
        Assert.InRange(expectations[^1], 95, 100);
    }

    [Theory]
    [InlineData(2, 30.43, 22.35, 36.2892)]
    [InlineData(1, 1.71, 11.77, 4.6373)]
    [InlineData(0, 0, 0, 8.3690)]
    public void The_value_of_twelve_months_is_the_published_one(int repeats, double last, double mean, double expected) =>
        Assert.Equal(expected, new LifetimeValue(Cdnow.Published, Cdnow.PublishedSpend).Of(new(repeats, last, 38.86), new(repeats, mean)), 4);

    [Fact]
    public void A_value_is_less_the_later_it_comes_and_nothing_for_no_time()
    {
        var value = new LifetimeValue(Cdnow.Fitted, Cdnow.PublishedSpend);
        var (orders, spend) = (new PurchaseHistory(2, 30.43, 38.86), new SpendHistory(2, 22.35));
        Assert.Equal(0, value.Of(orders, spend, months: 0));
        Assert.True(value.Of(orders, spend, 12, 0.05) < value.Of(orders, spend));
        Assert.Equal(Cdnow.Fitted.ExpectedOrders(orders, 12 * 4.345) * Cdnow.PublishedSpend.ExpectedSpend(spend), value.Of(orders, spend, 12, 0), 9);
        Assert.Throws<ArgumentException>(() => value.Of(orders, spend, -1));
    }
}
