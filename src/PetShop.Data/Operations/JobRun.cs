using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Operations;

/// <summary>One run of a background job: retention, feature refresh, training.</summary>
public sealed class JobRun
{
    public long Id { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public bool Succeeded { get; set; }
    public string Detail { get; set; } = "";
}

internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.HasIndex(r => new { r.Name, r.StartedAt });
        run.HasIndex(r => r.StartedAt);
    }
}

/// <summary>Who looked at or took out personal data, or changed what shoppers see.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Actor { get; set; }
    public required string Action { get; set; }
    public required string Subject { get; set; }
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry) => entry.HasIndex(e => e.At);
}

/// <summary>A key of ASP.NET Core's data protection, shared by all replicas.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; set; }
    public string FriendlyName { get; set; } = "";
    public required string Xml { get; set; }
}
