using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Banners;

/// <summary>One run of a test of a banner's variants, from its start to its end; a change of the variants ends it.</summary>
public sealed class BannerExperiment
{
    public int Id { get; set; }
    public int BannerId { get; set; }
    public int Run { get; set; }
    /// <summary>What somebody expects, and why.</summary>
    public required string Hypothesis { get; set; }
    /// <summary>1 clicks, 2 orders, 3 revenue.</summary>
    public short Measure { get; set; }
    /// <summary>The smallest relative difference that is worth finding.</summary>
    public short LiftPercent { get; set; }
    /// <summary>Of all variants together.</summary>
    public long PlannedVisitors { get; set; }
    /// <summary>Null where nobody had come yet to reckon with.</summary>
    public int? PlannedWeeks { get; set; }
    /// <summary>The variants with their weights as they stood, in the JSON of PetShop.Web's BannerVariants.</summary>
    public required string Variants { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public string StartedBy { get; set; } = "";
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBy { get; set; }
    public string? EndedBecause { get; set; }
    /// <summary>Key of the variant that was kept; null when none was.</summary>
    public string? Kept { get; set; }
}

internal sealed class BannerExperimentMapping : IEntityTypeConfiguration<BannerExperiment>
{
    public void Configure(EntityTypeBuilder<BannerExperiment> experiment)
    {
        experiment.HasOne<Banner>().WithMany().HasForeignKey(t => t.BannerId);
        experiment.HasIndex(t => new { t.BannerId, t.Run }).IsUnique();
        experiment.Property(t => t.Variants).HasColumnType("jsonb");
    }
}

/// <summary>A banner as it stood from one moment on; written by a trigger, whoever saved it.</summary>
public sealed class BannerVersion
{
    public int BannerId { get; set; }
    public int Version { get; set; }
    /// <summary>The row of banners.</summary>
    public required string Content { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public string SavedBy { get; set; } = "";
    /// <summary>Whether there was no such banner before; false for one that is older than this table.</summary>
    public bool IsCreation { get; set; }
    public bool IsGone { get; set; }
}

internal sealed class BannerVersionMapping : IEntityTypeConfiguration<BannerVersion>
{
    public void Configure(EntityTypeBuilder<BannerVersion> version)
    {
        version.HasKey(v => new { v.BannerId, v.Version });
        version.Property(v => v.Content).HasColumnType("jsonb");
    }
}
