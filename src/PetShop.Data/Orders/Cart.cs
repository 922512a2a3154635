using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Catalog;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Orders;

/// <summary>What a browser or a shopper means to buy; made with its first line.</summary>
public sealed class Cart
{
    public Guid Id { get; set; }
    public Guid? ShopperId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public List<CartLine> Lines { get; private set; } = [];
}

internal sealed class CartMapping : IEntityTypeConfiguration<Cart>
{
    public void Configure(EntityTypeBuilder<Cart> cart)
    {
        cart.HasOne<Shopper>().WithMany().HasForeignKey(c => c.ShopperId).OnDelete(DeleteBehavior.Cascade);
        cart.HasIndex(c => c.ShopperId).IsUnique();
        cart.HasIndex(c => c.UpdatedAt);
    }
}

/// <summary>One SKU in a cart.</summary>
public sealed class CartLine
{
    public Guid CartId { get; set; }
    public int SkuId { get; set; }
    public int Quantity { get; set; }
    public DateTimeOffset AddedAt { get; set; }
    /// <summary>The recommendation that the click into the cart came from.</summary>
    public Guid? RecommendationId { get; set; }
}

internal sealed class CartLineMapping : IEntityTypeConfiguration<CartLine>
{
    public void Configure(EntityTypeBuilder<CartLine> line)
    {
        line.ToTable(t => t.HasCheckConstraint("ck_cart_lines_quantity", "quantity > 0"));
        line.HasKey(l => new { l.CartId, l.SkuId });
        line.HasOne<Cart>().WithMany(c => c.Lines).HasForeignKey(l => l.CartId);
        line.HasOne<Sku>().WithMany().HasForeignKey(l => l.SkuId);
    }
}
