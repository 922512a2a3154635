using PetShop.Targeting.Lifetime;

namespace PetShop.Targeting.Tests.Lifetime;

public sealed class ForecastTests
{
    private static readonly DateOnly Today = new(2026, 5, 1);
    private static readonly Forecaster Shop = new(Cdnow.Fitted, Cdnow.PublishedSpend with { Scale = 1544 });

    [Fact]
    public void A_one_time_buyer_is_at_risk_and_never_called_active()
    {
        var forecast = Shop.Of(new(0, 0, 20), new(0, 0), Today);
        Assert.Null(forecast.AlivePermille);
        Assert.InRange(forecast.ChurnPermille, 600, 900);
        Assert.Null(forecast.NextOrderOn);
    }

    [Fact]
    public void A_regular_is_expected_soon_with_a_span_around_the_day()
    {
        var forecast = Shop.Of(new(26, 30.86, 31), new(26, 2500), Today);
        Assert.Equal(969, forecast.AlivePermille);
        Assert.InRange(forecast.ChurnPermille, 30, 40);
        Assert.True(Today < forecast.NextOrderFrom && forecast.NextOrderFrom < forecast.NextOrderOn && forecast.NextOrderOn < forecast.NextOrderUntil);
        Assert.InRange(forecast.NextOrderOn!.Value.DayNumber - Today.DayNumber, 5, 8);
        Assert.InRange(forecast.ValueMinor!.Value, 0.9 * 2500 * forecast.Orders, 2800 * forecast.Orders);
    }

    [Fact]
    public void Who_stopped_has_no_next_order()
    {
        var forecast = Shop.Of(new(5, 2, 38.86), new(5, 2500), Today);
        Assert.Equal((1000, null, null), (forecast.ChurnPermille, forecast.NextOrderOn, forecast.NextOrderFrom));
        Assert.InRange(forecast.ValueMinor!.Value, 0, 20);
    }

    [Fact]
    public void Without_a_model_of_spending_the_value_is_unknown_and_the_rest_is_not()
    {
        var forecast = (Shop with { Spending = null }).Of(new(2, 30.43, 38.86), new(2, 2500), Today);
        Assert.Null(forecast.ValueMinor);
        Assert.Equal(727, forecast.AlivePermille);
    }
}
