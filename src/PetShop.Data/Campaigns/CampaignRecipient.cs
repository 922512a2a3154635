using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Campaigns;

/// <summary>How far the letter to one reader is.</summary>
public enum LetterState : short { Waiting = 0, Queued = 1, HandingOver = 2, Sent = 3, HeldOut = 4, LeftOut = 5 }

/// <summary>One reader of a campaign and one occasion to write; the key is what keeps a letter from being written twice.</summary>
public sealed class CampaignRecipient
{
    public int CampaignId { get; set; }
    public Guid ShopperId { get; set; }
    /// <summary>Id of the entry into the segment; 0 for a letter that is sent once.</summary>
    public long Occasion { get; set; }
    public LetterState State { get; set; }
    /// <summary>Why the letter was not written or not handed over, a <c>LeaveOut</c> of PetShop.Targeting; 0 while nothing speaks against it.</summary>
    public short Reason { get; set; }
    /// <summary>a or b, the subject; held-out for who gets nothing to compare with; null until that is drawn.</summary>
    public string? Arm { get; set; }
    /// <summary>When it was to be written.</summary>
    public DateTimeOffset DueAt { get; set; }
    /// <summary>Not looked at again before.</summary>
    public DateTimeOffset NotBefore { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>When its reader ended all letters by the link in this one.</summary>
    public DateTimeOffset? UnsubscribedAt { get; set; }
}

internal sealed class CampaignRecipientMapping : IEntityTypeConfiguration<CampaignRecipient>
{
    public void Configure(EntityTypeBuilder<CampaignRecipient> recipient)
    {
        recipient.HasKey(r => new { r.CampaignId, r.ShopperId, r.Occasion });
        recipient.HasOne<Campaign>().WithMany().HasForeignKey(r => r.CampaignId);
        recipient.HasOne<Shopper>().WithMany().HasForeignKey(r => r.ShopperId);
        recipient.HasIndex(r => new { r.CampaignId, r.State, r.NotBefore });
        recipient.HasIndex(r => new { r.ShopperId, r.DecidedAt });
    }
}
