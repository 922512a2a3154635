using Microsoft.Extensions.Options;

namespace PetShop.Web.Checkout;

/// <summary>One way of getting the parcel, priced and dated for an order placed now.</summary>
/// <param name="Key">standard or express; stored with the order.</param>
public sealed record DeliveryOffer(string Key, string Name, long PriceMinor, DateOnly From, DateOnly To)
{
    /// <summary>"Tuesday 24 November" or "Tuesday 24 to Thursday 26 November".</summary>
    public string Days => From == To ? $"{To:dddd d MMMM}" : From.Month == To.Month ? $"{From:dddd d} to {To:dddd d MMMM}" : $"{From:dddd d MMMM} to {To:dddd d MMMM}";
}

/// <summary>Prices and dates of delivery. Parcels leave and arrive Monday to Saturday; public holidays are not known.</summary>
public sealed class Delivery(IOptions<DeliveryOptions> options, IOptions<ShopOptions> shop, TimeProvider clock)
{
    public const string Standard = "standard";
    public const string Express = "express";

    public long FreeFromMinor => options.Value.FreeFromMinor;

    public IReadOnlyList<DeliveryOffer> Offers(long goodsMinor)
    {
        var leaves = LeavesOn(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone));
        return
        [
            new(Standard, "Standard delivery", goodsMinor >= FreeFromMinor ? 0 : options.Value.StandardMinor, After(leaves, 2), After(leaves, 3)),
            new(Express, "Express delivery", options.Value.ExpressMinor, After(leaves, 1), After(leaves, 1)),
        ];
    }

    private DateOnly LeavesOn(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.DateTime);
        if (now.Hour >= options.Value.CutOffHour)
            day = day.AddDays(1);
        return day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;
    }

    private static DateOnly After(DateOnly day, int days)
    {
        while (days > 0)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek != DayOfWeek.Sunday)
                days--;
        }
        return day;
    }
}
