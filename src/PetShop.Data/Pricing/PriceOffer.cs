using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Pricing;

/// <summary>A lower price for the members of segments, within a scope of products and a schedule.</summary>
public sealed class PriceOffer
{
    public int Id { get; set; }
    /// <summary>What merchandisers call it; never shown to shoppers.</summary>
    public required string Name { get; set; }
    /// <summary>Why a shopper gets it, as they read it beside the price.</summary>
    public required string Reason { get; set; }
    /// <summary>1 per mille off, 2 minor units off, 3 this price.</summary>
    public short Kind { get; set; } = 1;
    public long Size { get; set; }
    /// <summary>In per cent of the cost, where it is known.</summary>
    public short LeastMarginPercent { get; set; }
    /// <summary>Covers the whole shop; otherwise what any of the three lists names.</summary>
    public bool Everything { get; set; }
    /// <summary>Slugs; what lies below them is covered.</summary>
    public string[] Categories { get; set; } = [];
    /// <summary>Slugs.</summary>
    public string[] Brands { get; set; } = [];
    public int[] ProductIds { get; set; } = [];
    /// <summary>Ids of segments of which the visitor must be in any; empty means nobody.</summary>
    public int[] SegmentIds { get; set; } = [];
    public bool IsActive { get; set; }
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    /// <summary>Share of members who keep the public price, for comparison.</summary>
    public short HoldoutPercent { get; set; }
    /// <summary>Grows with every change of the terms: what was counted before is never mixed with what is counted after.</summary>
    public int Run { get; set; } = 1;
    /// <summary>Grows with every change, by a trigger.</summary>
    public int Version { get; private set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public string UpdatedBy { get; set; } = "";
}

internal sealed class PriceOfferMapping : IEntityTypeConfiguration<PriceOffer>
{
    public void Configure(EntityTypeBuilder<PriceOffer> offer)
    {
        offer.Property(o => o.Version).ValueGeneratedOnAddOrUpdate().IsConcurrencyToken();
        offer.ToTable(t => t.HasCheckConstraint("ck_price_offers_size", "kind IN (1, 2, 3) AND size > 0 AND (kind <> 1 OR size <= 500)"));
        offer.ToTable(t => t.HasCheckConstraint("ck_price_offers_shares", "holdout_percent BETWEEN 0 AND 90 AND least_margin_percent BETWEEN 0 AND 1000"));
    }
}

/// <summary>An offer as it stood from one moment on; written by a trigger, whoever saved it.</summary>
public sealed class PriceOfferVersion
{
    public int OfferId { get; set; }
    public int Version { get; set; }
    /// <summary>The row of price_offers.</summary>
    public required string Content { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public string SavedBy { get; set; } = "";
    public bool IsGone { get; set; }
}

internal sealed class PriceOfferVersionMapping : IEntityTypeConfiguration<PriceOfferVersion>
{
    public void Configure(EntityTypeBuilder<PriceOfferVersion> version)
    {
        version.HasKey(v => new { v.OfferId, v.Version });
        version.Property(v => v.Content).HasColumnType("jsonb");
    }
}
