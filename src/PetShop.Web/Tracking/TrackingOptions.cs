using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Tracking;

/// <summary>Settings of section <c>Tracking</c>.</summary>
public sealed class TrackingOptions
{
    /// <summary>Events held in memory; more go to the spool.</summary>
    [Range(100, 1_000_000)] public int QueueCapacity { get; init; } = 20_000;
    /// <summary>Events written in one statement.</summary>
    [Range(1, 20_000)] public int BatchSize { get; init; } = 2_000;
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")] public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(200);
    /// <summary>Longest pause between two tries while PostgreSQL is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>How long a stopping process tries to write what is left before it spools it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan LastFlush { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Folder of the spool files, from the content root; replicas may share it. Unset, it is <c>.data/spool</c>.</summary>
    public string? SpoolFolder { get; init; }
    /// <summary>Folder of the files that remember erasures outside the database, from the content root; keep it apart from the database's backups. Unset, it is the spool folder.</summary>
    public string? ErasureFolder { get; init; }
    /// <summary>Size of one process's spool in MiB, beyond which events are dropped and counted.</summary>
    [Range(1, 100_000)] public int SpoolLimit { get; init; } = 512;

    /// <summary>Events of one visitor kept at hand. Of an account that did more, the database is asked about rules that look back further than these; hardly anybody does so much.</summary>
    [Range(10, 5_000)] public int HistoryLength { get; init; } = 2_000;
    /// <summary>Reaches past <see cref="EventMonths"/>, so that a rule that asks for all time means the same on a page as in the database.</summary>
    [Range(1, 400)] public int HistoryDays { get; init; } = 398;
    /// <summary>Visitors whose history is kept in memory.</summary>
    [Range(10, 1_000_000)] public int HistoriesKept { get; init; } = 20_000;
    /// <summary>Age after which a history is read again, for what other replicas wrote.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan HistoryRefresh { get; init; } = TimeSpan.FromSeconds(30);

    [Range(typeof(TimeSpan), "00:01:00", "12:00:00")] public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Largest body of POST /t in bytes.</summary>
    [Range(1_000, 1_000_000)] public int BeaconBytes { get; init; } = 32_768;
    [Range(1, 1_000)] public int BeaconEvents { get; init; } = 100;
    /// <summary>Batches one visitor may send in a minute.</summary>
    [Range(1, 10_000)] public int BeaconBatchesPerMinute { get; init; } = 120;
    /// <summary>How long POST /t waits for the commit before it asks the browser to send again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan BeaconPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Header in which a proxy in front names the visitor's country; null when there is none.</summary>
    public string? CountryHeader { get; init; }
    /// <summary>Browsers without a screen are robots on the internet; on a developer's machine they are tests.</summary>
    public bool HeadlessIsBot { get; set; } = true;

    /// <summary>Months that raw events are kept.</summary>
    [Range(1, 13)] public int EventMonths { get; init; } = 13;
    /// <summary>Months that counts without a person are kept.</summary>
    [Range(1, 25)] public int AggregateMonths { get; init; } = 25;
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromHours(6);
}
