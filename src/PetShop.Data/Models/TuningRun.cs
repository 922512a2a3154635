using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Models;

/// <summary>One search for better settings of one trainer.</summary>
public sealed class TuningRun
{
    public long Id { get; set; }
    public required string Trainer { get; set; }
    /// <summary>Why it ran: schedule, command.</summary>
    public required string Trigger { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset FinishedAt { get; set; }
    /// <summary>The best settings found, by name, as a model of that trainer keeps them.</summary>
    public required string Parameters { get; set; }
    /// <summary>NDCG@10 of the best trial on the validation window.</summary>
    public double Score { get; set; }
    /// <summary>Of the first trial, which has the usual settings.</summary>
    public double UsualScore { get; set; }
    /// <summary>All trials in order of time: an array of number, trainer, parameters, epochs, ndcg10, seconds, isStoppedEarly, failure.</summary>
    public required string Trials { get; set; }
}

internal sealed class TuningRunMapping : IEntityTypeConfiguration<TuningRun>
{
    public void Configure(EntityTypeBuilder<TuningRun> run)
    {
        run.Property(r => r.Parameters).HasColumnType("jsonb");
        run.Property(r => r.Trials).HasColumnType("jsonb");
        run.HasIndex(r => new { r.Trainer, r.FinishedAt });
    }
}
