using System.Globalization;

namespace PetShop.LocalPostgres;

/// <summary>Starts and stops the server on behalf of its users; disposing it says that we need the server no more.</summary>
internal interface IKeeper : IAsyncDisposable
{
    /// <summary>Major version of the server that is kept.</summary>
    int Major { get; }

    Task<bool> StartServerAsync(int port, CancellationToken cancel);

    Task<bool> StopServerAsync(CancellationToken cancel);
}

/// <summary>Settings of the server that are given on its command line.</summary>
internal static class ServerSettings
{
    public static string Words(LocalPostgresOptions options) => string.Join(' ', ((string[])
    [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        string.Create(CultureInfo.InvariantCulture, $"shared_buffers={options.SharedMegabytes}MB"),
        "timezone=UTC",
        "log_timezone=UTC",
        // A crash of the server still loses nothing that was committed; only a power cut would.
        .. options.FastForTests ? (string[])["fsync=off", "full_page_writes=off"] : [],
    ]).Select(setting => "-c " + setting));

    public static string PortWords(int port) => string.Create(CultureInfo.InvariantCulture, $"-p {port}");
}
