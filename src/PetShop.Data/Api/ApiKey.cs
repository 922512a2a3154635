using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Api;

/// <summary>A key by which a program uses the API; of its secret only a hash is kept.</summary>
public sealed class ApiKey
{
    public int Id { get; set; }
    /// <summary>What the key is for, in the words of who made it.</summary>
    public required string Name { get; set; }
    /// <summary>The beginning of the key: shown in lists, and how a key is found.</summary>
    public required string Prefix { get; set; }
    /// <summary>SHA-256 of the whole key.</summary>
    public required byte[] Hash { get; set; }
    public string[] Scopes { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    public string CreatedBy { get; set; } = "";
    /// <summary>Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
    /// <summary>To the hour: a busy key is not written at every request.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key) => key.HasIndex(k => k.Prefix).IsUnique();
}

/// <summary>The answer to a request that its sender named, so that sending it again makes nothing twice.</summary>
public sealed class ApiRequest
{
    public int KeyId { get; set; }
    /// <summary>The sender's Idempotency-Key.</summary>
    public required string Name { get; set; }
    /// <summary>SHA-256 of the body.</summary>
    public required byte[] Hash { get; set; }
    /// <summary>Slug of the segment that it made.</summary>
    public required string Made { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class ApiRequestMapping : IEntityTypeConfiguration<ApiRequest>
{
    public void Configure(EntityTypeBuilder<ApiRequest> request)
    {
        request.HasKey(r => new { r.KeyId, r.Name });
        request.HasIndex(r => r.At);
        request.HasOne<ApiKey>().WithMany().HasForeignKey(r => r.KeyId);
    }
}
