using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Targeting.Pricing;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Checkout;

/// <summary>A line of the cart as it stood while its SKU was locked.</summary>
/// <param name="PublicMinor">What one costs everyone.</param>
/// <param name="CostMinor">What one cost the shop; null where it is not known.</param>
internal sealed record LockedLine(
    int SkuId, int ProductId, string ProductName, string SkuLabel, int Quantity, long PublicMinor, long? CostMinor, int Stock, bool IsSold, Guid? RecommendationId, PersonalPrice? Yours)
{
    /// <summary>What one costs this buyer.</summary>
    public long PriceMinor => Yours?.UnitMinor ?? PublicMinor;

    /// <summary>The line at the prices of a person.</summary>
    public LockedLine At(PriceSheet prices) => this with { Yours = prices.Of(ProductId, PublicMinor, CostMinor) };
}

/// <summary>The part of a checkout that happens inside its transaction: locks, counts down, writes down.</summary>
internal static class Reservation
{
    /// <summary>Locks the cart, so that two forms over the same cart take turns.</summary>
    public static Task LockCartAsync(PetShopDb db, Guid cartId, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"SELECT FROM carts WHERE id = {cartId} FOR UPDATE", cancel);

    /// <summary>Locks the SKUs of the cart in the order of their ids, the same for every buyer, so that no two wait for each other.</summary>
    public static async Task<List<LockedLine>> LockLinesAsync(PetShopDb db, Guid cartId, CancellationToken cancel) =>
        (await db.Database.SqlQuery<Row>($"""
            SELECT s.id AS "SkuId", s.product_id AS "ProductId", p.name AS "ProductName", s.label AS "SkuLabel", l.quantity AS "Quantity", s.price_minor AS "PriceMinor", s.cost_minor AS "CostMinor",
                   s.stock AS "Stock", s.is_active AND p.is_active AS "IsSold", l.recommendation_id AS "RecommendationId"
            FROM cart_lines l JOIN skus s ON s.id = l.sku_id JOIN products p ON p.id = s.product_id
            WHERE l.cart_id = {cartId}
            ORDER BY s.id
            FOR NO KEY UPDATE OF s
            """).ToListAsync(cancel)).ConvertAll(r => new LockedLine(r.SkuId, r.ProductId, r.ProductName, r.SkuLabel, r.Quantity, r.PriceMinor, r.CostMinor, r.Stock, r.IsSold, r.RecommendationId, null));

    /// <summary>Locks offers against a change until the order is made.</summary>
    /// <returns>The version of each that is switched on.</returns>
    public static async Task<Dictionary<int, int>> LockOffersAsync(PetShopDb db, int[] ids, CancellationToken cancel) =>
        (await db.Database.SqlQuery<OfferRow>($"""SELECT id AS "Id", version AS "Version" FROM price_offers WHERE id = ANY({ids}) AND is_active ORDER BY id FOR SHARE""").ToListAsync(cancel))
            .ToDictionary(o => o.Id, o => o.Version);

    /// <summary>Takes the units off the shelf, all lines or none.</summary>
    public static async Task TakeStockAsync(PetShopDb db, IReadOnlyList<LockedLine> lines, CancellationToken cancel)
    {
        var ids = lines.Select(l => l.SkuId).ToArray();
        var quantities = lines.Select(l => l.Quantity).ToArray();
        var taken = await db.Database.ExecuteSqlAsync($"""
            UPDATE skus SET stock = stock - wanted.quantity
            FROM unnest({ids}, {quantities}) AS wanted(id, quantity)
            WHERE skus.id = wanted.id AND skus.stock >= wanted.quantity
            """, cancel);
        if (taken != lines.Count)
            throw new InvalidOperationException($"Stock of {lines.Count} locked SKUs was checked, yet only {taken} could be taken.");
    }

    public static async Task<string> NextNumberAsync(PetShopDb db, CancellationToken cancel) =>
        (await db.Database.SqlQuery<long>($"SELECT nextval('order_numbers')").ToListAsync(cancel))[0].ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task EmptyCartAsync(PetShopDb db, Guid cartId, CancellationToken cancel) =>
        await db.CartLines.Where(l => l.CartId == cartId).ExecuteDeleteAsync(cancel);

    public static Order Write(CheckoutOrder checkout, DeliveryOffer delivery, IReadOnlyList<LockedLine> lines, string number, string currency, string? paymentReference, DateTimeOffset now)
    {
        var goods = lines.Sum(l => l.PriceMinor * l.Quantity);
        var (to, paid) = (checkout.Address, paymentReference is not null);
        var order = new Order
        {
            Number = number, CheckoutKey = checkout.Key, ShopperId = checkout.Cart.ShopperId, VisitorId = checkout.Visitor.Id, Email = checkout.Email,
            Status = paid ? OrderStatus.Paid : OrderStatus.Placed, PlacedAt = now, Currency = currency,
            GoodsMinor = goods, DeliveryMinor = delivery.PriceMinor, TotalMinor = goods + delivery.PriceMinor, DeliveryMethod = delivery.Key, PromisedOn = delivery.To,
            PaymentMethod = checkout.PaymentMethod, PaymentReference = paymentReference,
            FullName = to.FullName, Line1 = to.Line1, Line2 = to.Line2, Postcode = to.Postcode, City = to.City, Country = to.Country, Phone = to.Phone,
        };
        order.Lines.AddRange(lines.Select(l => new OrderLine
        {
            SkuId = l.SkuId, ProductId = l.ProductId, ProductName = l.ProductName, SkuLabel = l.SkuLabel, Quantity = l.Quantity,
            UnitPriceMinor = l.PriceMinor, BasePriceMinor = l.PublicMinor, PriceReason = l.Yours?.Reason, PriceOfferId = l.Yours?.OfferId, RecommendationId = l.RecommendationId,
        }));
        return order;
    }

    private sealed record Row(int SkuId, int ProductId, string ProductName, string SkuLabel, int Quantity, long PriceMinor, long? CostMinor, int Stock, bool IsSold, Guid? RecommendationId);

    private sealed record OfferRow(int Id, int Version);
}
