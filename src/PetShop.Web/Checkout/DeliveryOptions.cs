using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Checkout;

/// <summary>What a parcel costs and how long it takes: section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    [Range(0, 100_000)] public long StandardMinor { get; init; } = 490;

    /// <summary>Goods of this worth travel free by standard delivery.</summary>
    [Range(0, 10_000_000)] public long FreeFromMinor { get; init; } = 4900;

    [Range(0, 100_000)] public long ExpressMinor { get; init; } = 890;

    /// <summary>Orders placed before this hour of the shop's day leave on the same day.</summary>
    [Range(0, 24)] public int CutOffHour { get; init; } = 15;
}
