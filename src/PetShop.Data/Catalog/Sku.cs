using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Catalog;

/// <summary>One option of a product that can be bought: a size, a flavour, a pack.</summary>
public sealed class Sku
{
    public int Id { get; set; }
    public int ProductId { get; set; }
    public required string Code { get; set; }
    public string? Gtin { get; set; }
    /// <summary>How the option reads on a button: "12 kg", "Salmon, 400 g", "Large".</summary>
    public required string Label { get; set; }
    public string? Flavour { get; set; }
    public string? Size { get; set; }
    public string? Colour { get; set; }
    public int? PackGrams { get; set; }
    /// <summary>Millilitres, where volume is what is bought: then a price of a litre is shown, whatever it weighs.</summary>
    public int? PackMl { get; set; }
    public int? PackCount { get; set; }
    public long PriceMinor { get; set; }
    public long? CostMinor { get; set; }
    /// <summary>Lowest price of the 30 days before the reduction in force, set by a trigger; null when there is none.</summary>
    public long? PriorPriceMinor { get; private set; }
    /// <summary>Units on the shelf; the database refuses a negative number.</summary>
    public int Stock { get; set; }
    public bool IsActive { get; set; } = true;
    public int SortOrder { get; set; }
}

internal sealed class SkuMapping : IEntityTypeConfiguration<Sku>
{
    public void Configure(EntityTypeBuilder<Sku> sku)
    {
        sku.ToTable(t => t.HasCheckConstraint("ck_skus_stock", "stock >= 0"));
        sku.ToTable(t => t.HasCheckConstraint("ck_skus_price", "price_minor >= 0"));
        sku.HasIndex(s => s.Code).IsUnique();
        sku.HasOne<Product>().WithMany(p => p.Skus).HasForeignKey(s => s.ProductId);
        sku.Property(s => s.PriorPriceMinor).ValueGeneratedOnAddOrUpdate();
    }
}

/// <summary>One line of the immutable price history of a SKU, written by a trigger.</summary>
public sealed class SkuPrice
{
    public long Id { get; set; }
    public int SkuId { get; set; }
    public long PriceMinor { get; set; }
    public DateTimeOffset AppliedFrom { get; set; }
}

internal sealed class SkuPriceMapping : IEntityTypeConfiguration<SkuPrice>
{
    public void Configure(EntityTypeBuilder<SkuPrice> price)
    {
        price.HasOne<Sku>().WithMany().HasForeignKey(p => p.SkuId);
        price.HasIndex(p => new { p.SkuId, p.AppliedFrom });
    }
}
