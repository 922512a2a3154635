using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Banners;

/// <summary>A message at a placement, for the members of its segments or, with none, for everyone.</summary>
public sealed class Banner
{
    public int Id { get; set; }
    /// <summary>What merchandisers call it; never shown to shoppers.</summary>
    public required string Name { get; set; }
    public required string Title { get; set; }
    public string Text { get; set; } = "";
    /// <summary>Key of an illustration.</summary>
    public string Illustration { get; set; } = "parcel";
    public short Hue { get; set; }
    public required string LinkUrl { get; set; }
    public required string LinkLabel { get; set; }
    public required string Placement { get; set; }
    /// <summary>The highest wins.</summary>
    public int Priority { get; set; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    /// <summary>Ids of segments of which the visitor must be in any; empty means everyone.</summary>
    public int[] SegmentIds { get; set; } = [];
    /// <summary>Ids of segments whose members never see it.</summary>
    public int[] ExcludedSegmentIds { get; set; } = [];
    /// <summary>Impressions a visitor and day after which it rests; null means no cap.</summary>
    public short? DailyCap { get; set; }
    /// <summary>Of the first variant, against those of <see cref="Variants"/>.</summary>
    public short Weight { get; set; } = 50;
    /// <summary>The other variants, in the JSON of PetShop.Web's BannerVariants.</summary>
    public string Variants { get; set; } = "[]";
    /// <summary>Share of visitors who never see it, for comparison.</summary>
    public short HoldoutPercent { get; set; }
    /// <summary>Grows with every change of what is shown or to which share: what was counted before is never mixed with what is counted after.</summary>
    public int Run { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public string UpdatedBy { get; set; } = "";
}

internal sealed class BannerMapping : IEntityTypeConfiguration<Banner>
{
    public void Configure(EntityTypeBuilder<Banner> banner)
    {
        banner.HasIndex(b => new { b.Placement, b.Priority });
        banner.Property(b => b.Variants).HasColumnType("jsonb");
    }
}
