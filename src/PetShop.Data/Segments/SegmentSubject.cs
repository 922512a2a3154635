using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Segments;

/// <summary>What rules ask of a shopper beside pets and events, in one narrow row; triggers copy it from shoppers and shopper_features, so nobody else writes it.</summary>
public sealed class SegmentSubject
{
    public Guid ShopperId { get; init; }
    public bool ConsentAnalytics { get; init; }
    public bool ConsentPersonalisation { get; init; }
    public bool ConsentEmail { get; init; }
    public bool ConsentPrices { get; init; }
    public int? BirthYear { get; init; }
    /// <summary>Null, as are all other features, while the shopper has no history.</summary>
    public int? OrdersCount { get; init; }
    public int? Sessions30d { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? LastOrderAt { get; init; }
    public DateTimeOffset? LastSeenAt { get; init; }
    public long? RevenueMinor { get; init; }
    public long? ValueYearMinor { get; init; }
    public DateOnly? NextOrderOn { get; init; }
    public short? RfmRecency { get; init; }
    public short? RfmFrequency { get; init; }
    public short? RfmMonetary { get; init; }
    public short? ChurnPermille { get; init; }
    public string? Country { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? Language { get; init; }
    public string? OrganisationKind { get; init; }
    public string[] QuizValues { get; init; } = [];
    public string? RolloutKey { get; init; }
    public string? TopDepartment { get; init; }
    public string? TopBrand { get; init; }
    public string? TopCategory { get; init; }
}

internal sealed class SegmentSubjectMapping : IEntityTypeConfiguration<SegmentSubject>
{
    public void Configure(EntityTypeBuilder<SegmentSubject> subject)
    {
        subject.HasKey(s => s.ShopperId);
        subject.Property(s => s.Sessions30d).HasColumnName("sessions_30d");
    }
}

/// <summary>Whose features are out of date since an event or order of theirs arrived.</summary>
public sealed class FeatureMark
{
    public Guid ShopperId { get; init; }
    public TransitionCause Cause { get; init; }
}

internal sealed class FeatureMarkMapping : IEntityTypeConfiguration<FeatureMark>
{
    public void Configure(EntityTypeBuilder<FeatureMark> mark) => mark.HasNoKey();
}

/// <summary>The one row that says as of when the features are true.</summary>
public sealed class FeatureState
{
    public int Id { get; init; }
    public DateTimeOffset AsOf { get; init; }
    /// <summary>With a month of events goes the last visit of whoever was not here since.</summary>
    public string? OldestPartition { get; init; }
    public DateTimeOffset? ScoredAt { get; init; }
    /// <summary>Whether some features changed after the scores were made.</summary>
    public bool ScoresAreOld { get; init; }
}

internal sealed class FeatureStateMapping : IEntityTypeConfiguration<FeatureState>
{
    public void Configure(EntityTypeBuilder<FeatureState> state) => state.Property(s => s.Id).ValueGeneratedNever();
}
