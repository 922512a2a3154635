using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Targeting;

/// <summary>Settings of section <c>Targeting</c>.</summary>
public sealed class TargetingOptions
{
    /// <summary>Longest time an edit of a segment or banner may go unseen, should its announcement be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan RulesRefresh { get; init; } = TimeSpan.FromMinutes(1);
    /// <summary>Age after which what is stored of a visitor (account, pets, features) is read again; with <see cref="FeaturesInterval"/> it stays under the minute that traits promise.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan ProfileRefresh { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>Visitors whose profile is kept in memory.</summary>
    [Range(10, 1_000_000)] public int ProfilesKept { get; init; } = 20_000;

    /// <summary>Pause between two looks for shoppers who did something.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan FeaturesInterval { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Hour of the night, in the shop's time zone, from which everyone's features are made anew.</summary>
    [Range(0, 23)] public int FeaturesHour { get; init; } = 3;
    /// <summary>Age after which forecasts (churn risk, value, next order, favourite category and brand) are made anew.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")] public TimeSpan ForecastsRefresh { get; init; } = TimeSpan.FromDays(1);
    /// <summary>Pause between two looks whose stored membership changed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan MembersInterval { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Hour of the night, in the shop's time zone, from which stored membership is checked against the rules.</summary>
    [Range(0, 23)] public int MembersCheckHour { get; init; } = 4;
    /// <summary>Shoppers checked a night.</summary>
    [Range(1, 1_000_000)] public int MembersCheckSize { get; init; } = 10_000;
    /// <summary>Age after which the size of a segment that is off is counted again; those that are on keep theirs up to date.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")] public TimeSpan CountsRefresh { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>Longest time one count may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan CountPatience { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>A file of a segment's members or of a list is made from this size on: a smaller one would tell of single people.</summary>
    [Range(50, 100_000)] public int SmallestExport { get; init; } = 50;
    /// <summary>With as many shoppers a rough size comes from a sample of a third as many; with fewer it is exact, and the exact preview as quick.</summary>
    [Range(300, 10_000_000)] public int SampledFrom { get; init; } = 30_000;
    /// <summary>Time without an edit, a look or a use after which a segment is proposed for retirement.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")] public TimeSpan SegmentsUnusedAfter { get; init; } = TimeSpan.FromDays(60);
    /// <summary>False where nothing should run in the background: commands and some tests.</summary>
    public bool RunJobs { get; init; } = true;
}
