using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Events;

/// <summary>What happened; the numbers are stored, and 1 to 7 are those a segment rule may name.</summary>
public enum EventType : short
{
    ProductViewed = 1, CategoryViewed = 2, Searched = 3, CartAdded = 4, CartRemoved = 5, WishListed = 6, Purchased = 7,
    RailImpression = 8, RailClicked = 9, BannerImpression = 10, BannerClicked = 11, SearchClicked = 12,
    Disliked = 13, PageViewed = 14, BannerWithheld = 15,
    PriceShown = 16, PriceWithheld = 17,
}

/// <summary>One row of behaviour, recorded with consent. Partitioned by month of <see cref="OccurredAt"/>; no foreign keys, so no batch can be poisoned.</summary>
public sealed class ShopEvent
{
    /// <summary>UUIDv7 made where the event happened, so that a second delivery is recognised.</summary>
    public Guid Id { get; set; }
    public DateTimeOffset OccurredAt { get; set; }
    public EventType Type { get; set; }
    public Guid VisitorId { get; set; }
    public Guid? ShopperId { get; set; }
    public Guid? SessionId { get; set; }
    public int? ProductId { get; set; }
    public int? SkuId { get; set; }
    public int? CategoryId { get; set; }
    public int? Quantity { get; set; }
    public long? ValueMinor { get; set; }
    public int? DwellMs { get; set; }
    public string? Query { get; set; }
    public int? ResultCount { get; set; }
    public string? Placement { get; set; }
    public short? Position { get; set; }
    /// <summary>What chose the products of a rail; of a banner or an offer its run and look, such as 3:B.</summary>
    public string? Strategy { get; set; }
    public int? ModelVersion { get; set; }
    public Guid? RecommendationId { get; set; }
    public int? BannerId { get; set; }
    /// <summary>phone, tablet, desktop.</summary>
    public string? Device { get; set; }
    public string? ReferrerHost { get; set; }
    public string? Campaign { get; set; }
    /// <summary>The offer that lowered a price, which stands in <see cref="ValueMinor"/>, or would have.</summary>
    public int? OfferId { get; set; }
    /// <summary>The public price beside it.</summary>
    public long? PublicMinor { get; set; }
}

internal sealed class ShopEventMapping : IEntityTypeConfiguration<ShopEvent>
{
    public void Configure(EntityTypeBuilder<ShopEvent> shopEvent)
    {
        shopEvent.ToTable("events");
        shopEvent.HasKey(e => new { e.Id, e.OccurredAt });
        shopEvent.HasIndex(e => new { e.VisitorId, e.OccurredAt });
        shopEvent.HasIndex(e => new { e.ShopperId, e.OccurredAt });
        shopEvent.HasIndex(e => e.OccurredAt).HasMethod("brin").HasStorageParameter("pages_per_range", 32).HasStorageParameter("autosummarize", true);
        shopEvent.HasIndex(e => new { e.OfferId, e.OccurredAt }).HasFilter("offer_id IS NOT NULL");
    }
}

/// <summary>How many events were refused on a day, and why: bot, no-consent, malformed, rate-limit, unstorable.</summary>
public sealed class DroppedEvents
{
    public DateOnly Day { get; set; }
    public required string Reason { get; set; }
    public long Count { get; set; }
}

internal sealed class DroppedEventsMapping : IEntityTypeConfiguration<DroppedEvents>
{
    public void Configure(EntityTypeBuilder<DroppedEvents> dropped) => dropped.HasKey(d => new { d.Day, d.Reason });
}
