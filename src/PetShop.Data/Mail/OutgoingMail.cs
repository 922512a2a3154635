using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Mail;

/// <summary>A mail that still has to leave: written in the transaction of what it tells of, deleted once a server took it.</summary>
public sealed class OutgoingMail
{
    public long Id { get; set; }
    public required string ToAddress { get; set; }
    public string ToName { get; set; } = "";
    public required string Subject { get; set; }
    public required string Text { get; set; }
    public required string Html { get; set; }
    /// <summary>Address of the one-click unsubscribe (RFC 8058); null for mails that belong to an order or an account.</summary>
    public string? UnsubscribeUrl { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public int Attempts { get; set; }
    /// <summary>A sender that takes the mail moves this ahead, so that no other replica sends it as well; null once it is given up.</summary>
    public DateTimeOffset? NextTryAt { get; set; }
    public string? LastError { get; set; }

    /// <summary>With the two below, whose letter of which campaign it is; null for all other mails.</summary>
    public int? CampaignId { get; set; }
    public Guid? ShopperId { get; set; }
    public long? Occasion { get; set; }
}

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("outgoing_mails");
        mail.HasIndex(m => m.NextTryAt);
    }
}
