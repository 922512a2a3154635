using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Segments;

/// <summary>A list of shoppers that rules may name by its key; who is no shopper is on none.</summary>
public sealed class ShopperList
{
    public int Id { get; set; }
    /// <summary>The key in rules; it never changes.</summary>
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public string Note { get; set; } = "";
    public DateTimeOffset UpdatedAt { get; set; }
    public string UpdatedBy { get; set; } = "";
}

internal sealed class ShopperListMapping : IEntityTypeConfiguration<ShopperList>
{
    public void Configure(EntityTypeBuilder<ShopperList> list) => list.HasIndex(l => l.Slug).IsUnique();
}

/// <summary>A shopper on a list; it goes with either of them.</summary>
public sealed class ShopperListMember
{
    public int ListId { get; set; }
    public Guid ShopperId { get; set; }
}

internal sealed class ShopperListMemberMapping : IEntityTypeConfiguration<ShopperListMember>
{
    public void Configure(EntityTypeBuilder<ShopperListMember> member)
    {
        member.HasKey(m => new { m.ListId, m.ShopperId });
        member.HasIndex(m => m.ShopperId);
        member.HasOne<ShopperList>().WithMany().HasForeignKey(m => m.ListId);
        member.HasOne<Shopper>().WithMany().HasForeignKey(m => m.ShopperId);
    }
}
