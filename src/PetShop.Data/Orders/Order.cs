using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Orders;

public enum OrderStatus : short { Placed = 1, Paid = 2, Shipped = 3, Delivered = 4, Cancelled = 5 }

/// <summary>A purchase with the prices, words and address of the moment it was made.</summary>
public sealed class Order
{
    public long Id { get; set; }
    public required string Number { get; set; }
    /// <summary>Made with the checkout form; a second post of the same form finds this order instead of making one.</summary>
    public Guid CheckoutKey { get; set; }
    public Guid? ShopperId { get; set; }
    public Guid? VisitorId { get; set; }
    public required string Email { get; set; }
    public OrderStatus Status { get; set; }
    public DateTimeOffset PlacedAt { get; set; }
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }
    public long GoodsMinor { get; set; }
    public long DeliveryMinor { get; set; }
    public long TotalMinor { get; set; }
    public required string DeliveryMethod { get; set; }
    /// <summary>The last day on which the parcel was promised to arrive.</summary>
    public DateOnly? PromisedOn { get; set; }
    public required string PaymentMethod { get; set; }
    public string? PaymentReference { get; set; }
    public required string FullName { get; set; }
    public required string Line1 { get; set; }
    public string? Line2 { get; set; }
    public required string Postcode { get; set; }
    public required string City { get; set; }
    public required string Country { get; set; }
    public string? Phone { get; set; }
    public List<OrderLine> Lines { get; private set; } = [];
}

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.CheckoutKey).IsUnique();
        order.HasOne<Shopper>().WithMany().HasForeignKey(o => o.ShopperId).OnDelete(DeleteBehavior.SetNull);
        order.HasIndex(o => new { o.ShopperId, o.PlacedAt });
        order.HasIndex(o => o.PlacedAt);
        order.HasIndex(o => new { o.Status, o.PlacedAt });
        order.HasIndex(o => o.Email).HasFilter("shopper_id IS NULL");
    }
}

/// <summary>One SKU of an order.</summary>
public sealed class OrderLine
{
    public long Id { get; set; }
    public long OrderId { get; set; }
    public int SkuId { get; set; }
    public int ProductId { get; set; }
    public required string ProductName { get; set; }
    public required string SkuLabel { get; set; }
    public int Quantity { get; set; }
    public long UnitPriceMinor { get; set; }
    /// <summary>The public price at that moment; above <see cref="UnitPriceMinor"/> when a segment's price applied.</summary>
    public long BasePriceMinor { get; set; }
    /// <summary>Why, as the buyer read it; null at the public price.</summary>
    public string? PriceReason { get; set; }
    /// <summary>The offer that lowered the price; it may be gone since.</summary>
    public int? PriceOfferId { get; set; }
    public Guid? RecommendationId { get; set; }
}

internal sealed class OrderLineMapping : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.HasOne<Order>().WithMany(o => o.Lines).HasForeignKey(l => l.OrderId);
        line.HasOne<Catalog.Sku>().WithMany().HasForeignKey(l => l.SkuId).OnDelete(DeleteBehavior.Restrict);
        line.HasIndex(l => l.ProductId);
        line.HasIndex(l => l.PriceOfferId).HasFilter("price_offer_id IS NOT NULL");
    }
}
