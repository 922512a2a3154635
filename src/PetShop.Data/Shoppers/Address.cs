using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Shoppers;

/// <summary>A delivery address in a shopper's address book.</summary>
public sealed class Address
{
    public int Id { get; set; }
    public Guid ShopperId { get; set; }
    public required string FullName { get; set; }
    public required string Line1 { get; set; }
    public string? Line2 { get; set; }
    public required string Postcode { get; set; }
    public required string City { get; set; }
    public required string Country { get; set; }
    public string? Phone { get; set; }
    public bool IsDefault { get; set; }
}

internal sealed class AddressMapping : IEntityTypeConfiguration<Address>
{
    public void Configure(EntityTypeBuilder<Address> address) =>
        address.HasOne<Shopper>().WithMany().HasForeignKey(a => a.ShopperId);
}

/// <summary>A product a shopper wants to remember.</summary>
public sealed class WishListItem
{
    public Guid ShopperId { get; set; }
    public int ProductId { get; set; }
    public DateTimeOffset AddedAt { get; set; }
}

internal sealed class WishListItemMapping : IEntityTypeConfiguration<WishListItem>
{
    public void Configure(EntityTypeBuilder<WishListItem> item)
    {
        item.HasKey(i => new { i.ShopperId, i.ProductId });
        item.HasOne<Shopper>().WithMany().HasForeignKey(i => i.ShopperId);
        item.HasOne<Catalog.Product>().WithMany().HasForeignKey(i => i.ProductId);
    }
}
