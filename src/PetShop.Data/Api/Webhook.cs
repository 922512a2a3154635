using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Api;

/// <summary>An address that is told of entries into segments and exits from them.</summary>
public sealed class Webhook
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public required string Url { get; set; }
    /// <summary>Ids of the segments it is told of; empty means all.</summary>
    public int[] SegmentIds { get; set; } = [];
    public bool OnEntry { get; set; } = true;
    public bool OnExit { get; set; } = true;
    public bool IsActive { get; set; } = true;
    /// <summary>Signs every message; sealed by data protection.</summary>
    public required string Secret { get; set; }
    /// <summary>Signs beside it until <see cref="FormerUntil"/>, so that a receiver may change over in its own time.</summary>
    public string? FormerSecret { get; set; }
    public DateTimeOffset? FormerUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public string CreatedBy { get; set; } = "";
    /// <summary>Since when every message failed; null while they arrive.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    /// <summary>Why the shop switched it off by itself; null when it did not.</summary>
    public string? DisabledBecause { get; set; }
}

/// <summary>Where a message stands.</summary>
public enum DeliveryState : short { Waiting = 0, Delivered = 1, GivenUp = 2, Dropped = 3 }

/// <summary>One message to one webhook: waiting to be sent, and afterwards the log of it. It names transitions, never a person, so whoever is erased is gone from it as well.</summary>
public sealed class WebhookDelivery
{
    public Guid Id { get; set; }
    public int WebhookId { get; set; }
    /// <summary>Ids of segment_transitions; empty for a test.</summary>
    public long[] Transitions { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public DeliveryState State { get; set; }
    public int Attempts { get; set; }
    /// <summary>Not before this; while a sender is at it, when another one may take over.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }
    public DateTimeOffset? LastAttemptAt { get; set; }
    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public short? Answer { get; set; }
    /// <summary>What went wrong the last time, for people.</summary>
    public string? Problem { get; set; }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.HasIndex(d => new { d.WebhookId, d.CreatedAt });
        delivery.HasIndex(d => d.NextAttemptAt).HasFilter("state = 0");
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId);
    }
}
