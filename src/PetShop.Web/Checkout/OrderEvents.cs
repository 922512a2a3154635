using System.Buffers.Binary;
using System.Security.Cryptography;
using PetShop.Data.Events;
using PetShop.Data.Orders;
using PetShop.Web.Tracking;

namespace PetShop.Web.Checkout;

/// <summary>Tells the history what was bought. Ids follow from the order, so telling it twice changes nothing.</summary>
public static class OrderEvents
{
    public static void Record(EventRecorder events, Order order)
    {
        foreach (var line in order.Lines)
            events.Record(EventType.Purchased, line.ProductId, e =>
            {
                (e.Id, e.OccurredAt) = (IdOf(order, line), DateTimeOffset.FromUnixTimeMilliseconds(order.PlacedAt.ToUnixTimeMilliseconds()));
                (e.SkuId, e.Quantity, e.ValueMinor, e.RecommendationId) = (line.SkuId, line.Quantity, line.UnitPriceMinor * line.Quantity, line.RecommendationId);
            });
    }

    /// <summary>A UUIDv7 of the order's instant whose random part is a hash of checkout and SKU.</summary>
    internal static Guid IdOf(Order order, OrderLine line)
    {
        Span<byte> source = stackalloc byte[20];
        order.CheckoutKey.TryWriteBytes(source);
        BinaryPrimitives.WriteInt32BigEndian(source[16..], line.SkuId);
        var id = SHA256.HashData(source).AsSpan(0, 16);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, order.PlacedAt.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0f) | 0x70);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
