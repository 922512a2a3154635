using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Catalog;

/// <summary>Who makes a product; its two hues (degrees, OKLCH) colour the illustrations.</summary>
public sealed class Brand
{
    public int Id { get; set; }
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public string Blurb { get; set; } = "";
    public short Hue { get; set; }
    public short SecondaryHue { get; set; }
}

internal sealed class BrandMapping : IEntityTypeConfiguration<Brand>
{
    public void Configure(EntityTypeBuilder<Brand> brand) => brand.HasIndex(b => b.Slug).IsUnique();
}
