using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Catalog;

namespace PetShop.Data.Shoppers;

/// <summary>What a person says of a product that was chosen for them; the numbers are stored.</summary>
public enum CorrectionKind : short { NotForMe = 1, NotMyPet = 2, WasGift = 3, AlreadyHave = 4 }

/// <summary>A person's word against what the shop thinks they like; of a shopper, or of a visitor who has no account yet. Taken back, its row goes.</summary>
public sealed class TasteCorrection
{
    public Guid Id { get; set; }
    public Guid? ShopperId { get; set; }
    public Guid? VisitorId { get; set; }
    public CorrectionKind Kind { get; set; }
    public int ProductId { get; set; }
    /// <summary>Animals the product was made for on that day: a product may leave the shop, a refused species stays refused.</summary>
    public string[] Species { get; set; } = [];
    public DateTimeOffset MadeAt { get; set; }
}

internal sealed class TasteCorrectionMapping : IEntityTypeConfiguration<TasteCorrection>
{
    public void Configure(EntityTypeBuilder<TasteCorrection> correction)
    {
        correction.ToTable(t => t.HasCheckConstraint("ck_taste_corrections_owner", "num_nonnulls(shopper_id, visitor_id) = 1"));
        correction.HasOne<Shopper>().WithMany().HasForeignKey(c => c.ShopperId).OnDelete(DeleteBehavior.Cascade);
        correction.HasOne<Product>().WithMany().HasForeignKey(c => c.ProductId).OnDelete(DeleteBehavior.Cascade);
        correction.HasIndex(c => new { c.ShopperId, c.ProductId, c.Kind }).IsUnique();
        correction.HasIndex(c => new { c.VisitorId, c.ProductId, c.Kind }).IsUnique();
        correction.HasIndex(c => c.ProductId);
    }
}
