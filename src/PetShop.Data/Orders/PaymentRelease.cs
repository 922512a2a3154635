using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Orders;

/// <summary>Money of a cancelled order that goes back: written in the transaction of the cancellation, tried until its gateway has answered.</summary>
public sealed class PaymentRelease
{
    public long OrderId { get; set; }
    /// <summary>Whose gateway holds the money: <see cref="Order.PaymentMethod"/>.</summary>
    public required string Method { get; set; }
    /// <summary>What names it to the gateway: <see cref="Order.PaymentReference"/>.</summary>
    public required string Reference { get; set; }
    public DateTimeOffset RequestedAt { get; set; }
    public int Attempts { get; set; }
    /// <summary>A try that is under way moves this ahead, so that no other replica tries as well; null once the money is released.</summary>
    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? ReleasedAt { get; set; }
    public string? LastError { get; set; }
}

internal sealed class PaymentReleaseMapping : IEntityTypeConfiguration<PaymentRelease>
{
    public void Configure(EntityTypeBuilder<PaymentRelease> release)
    {
        release.ToTable("payment_releases");
        release.HasKey(r => r.OrderId);
        release.HasOne<Order>().WithOne().HasForeignKey<PaymentRelease>(r => r.OrderId).OnDelete(DeleteBehavior.Restrict);
        release.HasIndex(r => r.NextTryAt).HasFilter("next_try_at IS NOT NULL");
    }
}
