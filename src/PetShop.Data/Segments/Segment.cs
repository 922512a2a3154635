using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Segments;

/// <summary>A named group of shoppers, defined by a rule.</summary>
public sealed class Segment
{
    public int Id { get; set; }
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    /// <summary>Who answers for it; empty while nobody does.</summary>
    public string Owner { get; set; } = "";
    /// <summary>What it was made for: banners, prices, mail, a report.</summary>
    public string Purpose { get; set; } = "";
    /// <summary>The day by which somebody looks whether it is still needed.</summary>
    public DateOnly? ReviewBy { get; set; }
    /// <summary>When a member of staff last looked at its page.</summary>
    public DateTimeOffset? OpenedAt { get; set; }
    /// <summary>The rule tree, in the JSON of PetShop.Targeting.</summary>
    public required string Rule { get; set; }
    public int Version { get; set; } = 1;
    public bool IsActive { get; set; }
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    /// <summary>Size when last counted; null when the rule depends on the visit and so has no stored size.</summary>
    public int? MemberCount { get; set; }
    public DateTimeOffset? CountedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public string UpdatedBy { get; set; } = "";
}

internal sealed class SegmentMapping : IEntityTypeConfiguration<Segment>
{
    public void Configure(EntityTypeBuilder<Segment> segment)
    {
        segment.HasIndex(s => s.Slug).IsUnique();
        segment.Property(s => s.Rule).HasColumnType("jsonb");
        segment.Property(s => s.Version).IsConcurrencyToken();
    }
}

/// <summary>A rule as it stood at one version of its segment, with whether the segment was on and when.</summary>
public sealed class SegmentVersion
{
    public int SegmentId { get; set; }
    public int Version { get; set; }
    public required string Rule { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public string SavedBy { get; set; } = "";
    /// <summary>Null for a version older than this column, whose schedule is not known either.</summary>
    public bool? IsActive { get; set; }
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
}

internal sealed class SegmentVersionMapping : IEntityTypeConfiguration<SegmentVersion>
{
    public void Configure(EntityTypeBuilder<SegmentVersion> version)
    {
        version.HasKey(v => new { v.SegmentId, v.Version });
        version.HasOne<Segment>().WithMany().HasForeignKey(v => v.SegmentId);
        version.Property(v => v.Rule).HasColumnType("jsonb");
    }
}

/// <summary>What a rule may ask of a shopper's history, one narrow row a shopper, refreshed after events.</summary>
public sealed class ShopperFeatures
{
    public Guid ShopperId { get; set; }
    public DateTimeOffset? FirstOrderAt { get; set; }
    public DateTimeOffset? LastOrderAt { get; set; }
    public int OrdersCount { get; set; }
    public long RevenueMinor { get; set; }
    public DateTimeOffset? LastSeenAt { get; set; }
    public int Sessions30d { get; set; }
    public string? TopDepartment { get; set; }
    public string? TopBrand { get; set; }
    public short? RfmRecency { get; set; }
    public short? RfmFrequency { get; set; }
    public short? RfmMonetary { get; set; }
    /// <summary>Chance, in thousandths, of no order in the year after the newest fit; null for who never bought.</summary>
    public short? ChurnPermille { get; set; }
    /// <summary>Chance, in thousandths, that they have not stopped buying; null after a single order, too.</summary>
    public short? AlivePermille { get; set; }
    /// <summary>Today's value of that year's orders.</summary>
    public long? ValueYearMinor { get; set; }
    public DateOnly? NextOrderOn { get; set; }
    /// <summary>Slug of the category they lean to more than the shop's average does.</summary>
    public string? TopCategory { get; set; }
    /// <summary>Since when the forecast says what it says; each fit that changes it moves this on.</summary>
    public DateTimeOffset? ForecastAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class ShopperFeaturesMapping : IEntityTypeConfiguration<ShopperFeatures>
{
    public void Configure(EntityTypeBuilder<ShopperFeatures> features)
    {
        features.HasKey(f => f.ShopperId);
        features.Property(f => f.Sessions30d).HasColumnName("sessions_30d");
        features.HasIndex(f => f.LastOrderAt);
        features.HasIndex(f => f.LastSeenAt);
        features.HasIndex(f => f.NextOrderOn);
        features.HasOne<Shopper>().WithOne().HasForeignKey<ShopperFeatures>(f => f.ShopperId);
    }
}
