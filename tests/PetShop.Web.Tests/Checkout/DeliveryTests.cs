using Microsoft.Extensions.Options;
using PetShop.Web.Checkout;

namespace PetShop.Web.Tests.Checkout;

public sealed class DeliveryTests
{
    [Theory]
    // Berlin is one hour ahead of UTC in November.
    [InlineData("2026-11-23T10:00:00Z", "2026-11-24", "2026-11-25", "2026-11-26")]
    [InlineData("2026-11-23T14:30:00Z", "2026-11-25", "2026-11-26", "2026-11-27")]
    [InlineData("2026-11-20T15:00:00Z", "2026-11-23", "2026-11-24", "2026-11-25")]
    [InlineData("2026-11-21T15:00:00Z", "2026-11-24", "2026-11-25", "2026-11-26")]
    [InlineData("2026-11-27T10:00:00Z", "2026-11-28", "2026-11-30", "2026-12-01")]
    public void Parcels_leave_and_arrive_on_every_day_but_sundays(string now, string express, string from, string to)
    {
        var offers = At(now).Offers(1000);
        Assert.Equal(DateOnly.Parse(express), offers.Single(o => o.Key == Delivery.Express).To);
        Assert.Equal((DateOnly.Parse(from), DateOnly.Parse(to)), (offers[0].From, offers[0].To));
    }

    [Theory]
    [InlineData(4899, 490)]
    [InlineData(4900, 0)]
    public void Standard_delivery_is_free_from_the_threshold_on(long goods, long price) => Assert.Equal(price, At("2026-11-23T10:00:00Z").Offers(goods)[0].PriceMinor);

    private static Delivery At(string now) => new(Options.Create(new DeliveryOptions()), Options.Create(new ShopOptions()), new FixedClock(DateTimeOffset.Parse(now)));

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
