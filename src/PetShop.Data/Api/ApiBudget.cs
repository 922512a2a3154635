using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Api;

/// <summary>What the replicas have taken together of what a key may ask in a minute.</summary>
public sealed class ApiBudget
{
    public int KeyId { get; set; }
    /// <summary>1 requests, 2 evaluations.</summary>
    public short Kind { get; set; }
    /// <summary>Minutes since 1970.</summary>
    public long Minute { get; set; }
    public int Taken { get; set; }
}

internal sealed class ApiBudgetMapping : IEntityTypeConfiguration<ApiBudget>
{
    public void Configure(EntityTypeBuilder<ApiBudget> budget)
    {
        budget.HasKey(b => new { b.KeyId, b.Kind, b.Minute });
        budget.HasOne<ApiKey>().WithMany().HasForeignKey(b => b.KeyId);
    }
}
