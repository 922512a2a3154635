using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Segments;

/// <summary>What a shopper leans to more than the shop's average does, as slugs: the favourite first, then the others by name.</summary>
public sealed class ShopperInterests
{
    public Guid ShopperId { get; set; }
    public string[] Categories { get; set; } = [];
    public string[] Brands { get; set; } = [];
    /// <summary>Since when both say what they say.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class ShopperInterestsMapping : IEntityTypeConfiguration<ShopperInterests>
{
    public void Configure(EntityTypeBuilder<ShopperInterests> interests)
    {
        interests.HasKey(i => i.ShopperId);
        interests.HasOne<Shopper>().WithOne().HasForeignKey<ShopperInterests>(i => i.ShopperId);
    }
}
