using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Models;

public enum ModelStatus : short { Candidate = 1, Serving = 2, Retired = 3, Refused = 4 }

/// <summary>A trained model with what it was trained on, how good it was and what the gate decided.</summary>
public sealed class RecommenderModel
{
    /// <summary>The version, counted up by the database.</summary>
    public int Id { get; set; }
    public required string Trainer { get; set; }
    public ModelStatus Status { get; set; }
    public DateTimeOffset TrainedAt { get; set; }
    /// <summary>Events before this instant were the training data.</summary>
    public DateTimeOffset DataCutOff { get; set; }
    public required string Parameters { get; set; }
    /// <summary>Figures of the evaluation, as JSON.</summary>
    public required string Quality { get; set; }
    /// <summary>The gate's decision in words.</summary>
    public required string Decision { get; set; }
    /// <summary>Why training started: start, schedule, events, admin, command; import for a model that came from outside.</summary>
    public required string Trigger { get; set; }
    public int InteractionCount { get; set; }
    public int ShopperCount { get; set; }
    public int ProductCount { get; set; }
    public TimeSpan TrainingTime { get; set; }
    public byte[] Content { get; set; } = [];
}

internal sealed class RecommenderModelMapping : IEntityTypeConfiguration<RecommenderModel>
{
    public void Configure(EntityTypeBuilder<RecommenderModel> model)
    {
        model.Property(m => m.Parameters).HasColumnType("jsonb");
        model.Property(m => m.Quality).HasColumnType("jsonb");
        model.HasIndex(m => m.Status).IsUnique().HasFilter("status = 2");
    }
}

public enum NeighbourKind : short { Similar = 1, BoughtTogether = 2, BoughtAfter = 3, ItemItem = 4 }

/// <summary>Precomputed neighbours of a product, best first; so no page joins order lines.</summary>
public sealed class ProductNeighbours
{
    public int ProductId { get; set; }
    public NeighbourKind Kind { get; set; }
    public int[] NeighbourIds { get; set; } = [];
    public float[] Scores { get; set; } = [];
}

internal sealed class ProductNeighboursMapping : IEntityTypeConfiguration<ProductNeighbours>
{
    public void Configure(EntityTypeBuilder<ProductNeighbours> neighbours) =>
        neighbours.HasKey(n => new { n.ProductId, n.Kind });
}

/// <summary>How a product sells and is looked at, refreshed with each training.</summary>
public sealed class ProductStats
{
    public int ProductId { get; set; }
    public int Views30d { get; set; }
    public int Buyers30d { get; set; }
    public int Buyers365d { get; set; }
    /// <summary>Of these, who bought it on two days or more.</summary>
    public int Repeaters365d { get; set; }
    public float Trending { get; set; }
    /// <summary>Times its card was seen in a rail within 30 days.</summary>
    public int Shown30d { get; set; }
    /// <summary>Times it was clicked there.</summary>
    public int Clicked30d { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class ProductStatsMapping : IEntityTypeConfiguration<ProductStats>
{
    public void Configure(EntityTypeBuilder<ProductStats> stats)
    {
        stats.HasKey(s => s.ProductId);
        stats.Property(s => s.ProductId).ValueGeneratedNever();
        stats.Property(s => s.Views30d).HasColumnName("views_30d");
        stats.Property(s => s.Buyers30d).HasColumnName("buyers_30d");
        stats.Property(s => s.Buyers365d).HasColumnName("buyers_365d");
        stats.Property(s => s.Repeaters365d).HasColumnName("repeaters_365d").HasDefaultValue(0);
        stats.Property(s => s.Shown30d).HasColumnName("shown_30d");
        stats.Property(s => s.Clicked30d).HasColumnName("clicked_30d");
    }
}
