using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Shoppers;

/// <summary>One decision about the four purposes, as it was asked and answered; never changed, only followed by another.</summary>
public sealed class ConsentReceipt
{
    public Guid Id { get; set; }
    public Guid? VisitorId { get; set; }
    public Guid? ShopperId { get; set; }
    public bool Analytics { get; set; }
    public bool Personalisation { get; set; }
    public bool Email { get; set; }
    public bool Prices { get; set; }
    public required string TextVersion { get; set; }
    /// <summary>SHA-256 of the words that were shown, hexadecimal.</summary>
    public required string TextHash { get; set; }
    public required string Language { get; set; }
    public required string DialogVariant { get; set; }
    /// <summary>accept, refuse, choose, gpc, withdraw, register.</summary>
    public required string Method { get; set; }
    public DateTimeOffset GivenAt { get; set; }
}

internal sealed class ConsentReceiptMapping : IEntityTypeConfiguration<ConsentReceipt>
{
    public void Configure(EntityTypeBuilder<ConsentReceipt> receipt)
    {
        receipt.HasIndex(r => r.VisitorId);
        receipt.HasIndex(r => r.ShopperId);
    }
}

/// <summary>Proof that a person was erased, replayed after a restore; holds a hash of the id, never the id.</summary>
public sealed class Erasure
{
    public required string SubjectHash { get; set; }
    public DateTimeOffset ErasedAt { get; set; }

    /// <summary>Whether the person was erased with orders and receipts, and not only what a browser left.</summary>
    public bool WholePerson { get; set; }
}

internal sealed class ErasureMapping : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> erasure) => erasure.HasKey(e => e.SubjectHash);
}
