using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Segments;

namespace PetShop.Data.Models;

/// <summary>What a merchandiser does to rails; the numbers are stored.</summary>
public enum MerchandisingKind : short { Pin = 1, Boost = 2, Exclude = 3 }

/// <summary>A merchandiser's word on rails: put these products first, lift or lower them, or keep them away. It never shows what a household may not be shown.</summary>
public sealed class MerchandisingRule
{
    public int Id { get; set; }
    /// <summary>What merchandisers call it; never shown to shoppers.</summary>
    public required string Name { get; set; }
    public MerchandisingKind Kind { get; set; }
    public bool IsActive { get; set; } = true;
    /// <summary>Of pins that want the same place the highest comes first.</summary>
    public int Priority { get; set; }
    /// <summary>The rail it holds for; unset for all.</summary>
    public string? Placement { get; set; }
    /// <summary>Slug of the department or category whose pages it holds for; unset for all.</summary>
    public string? PageCategory { get; set; }
    /// <summary>Members it holds for; unset for everybody.</summary>
    public int? SegmentId { get; set; }
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    /// <summary>The products it is about, by id.</summary>
    public int[] ProductIds { get; set; } = [];
    /// <summary>Slug of the department or category whose products it is about, besides those named; boosts and exclusions only.</summary>
    public string? ProductCategory { get; set; }
    /// <summary>The brand whose products it is about, besides those named; boosts and exclusions only.</summary>
    public int? BrandId { get; set; }
    /// <summary>Place of the first pinned product, from 1.</summary>
    public short Position { get; set; } = 1;
    /// <summary>Of a boost: per cent of the span between the best and the last candidate, from -100 to 100.</summary>
    public short Strength { get; set; } = 30;
    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class MerchandisingRuleMapping : IEntityTypeConfiguration<MerchandisingRule>
{
    public void Configure(EntityTypeBuilder<MerchandisingRule> rule) =>
        rule.HasOne<Segment>().WithMany().HasForeignKey(r => r.SegmentId).OnDelete(DeleteBehavior.Cascade);
}
