using Npgsql;

namespace PetShop.LocalPostgres.Tests;

/// <summary>A folder for one test; waits for the server in it to end before it goes.</summary>
public sealed class Scratch : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Stands in the error of a machine without PostgreSQL.</summary>
    public const string NoneFound = "could be found or fetched";

    public string Folder { get; } = Directory.CreateTempSubdirectory("petshop-pg-").FullName;

    // A name that careless quoting would trip over.
    public string Data => Path.Combine(Folder, "the shop's data");

    public LocalPostgresOptions Options => new(Data)
    {
        Sources = PostgresSources.Path | PostgresSources.InstallFolders,
        FastForTests = true,
    };

    public Task InitializeAsync()
    {
        // The account that runs the server must be able to enter.
        SetMode(Folder, 0b111_101_101);
        return Task.CompletedTask;
    }

    public static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)mode);
    }

    /// <summary>Starts a server of the programs that are installed here.</summary>
    public Task<LocalPostgresServer> StartAsync() => StartAsync(Options);

    public static async Task<LocalPostgresServer> StartAsync(LocalPostgresOptions options)
    {
        try
        {
            return await LocalPostgresServer.StartAsync(options, CancellationToken.None);
        }
        catch (LocalPostgresException e) when (e.Message.Contains(NoneFound, StringComparison.Ordinal) && !options.Sources.HasFlag(PostgresSources.Package))
        {
            throw new SkipException("no PostgreSQL 15 or newer is installed on this machine");
        }
    }

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public static bool Lives(int process)
    {
        var stat = $"/proc/{process}/stat";
        try
        {
            return File.Exists(stat) && File.ReadAllText(stat) is var text && text[text.LastIndexOf(')')..] is not [_, _, 'Z' or 'X', ..];
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static async Task UntilAsync(Func<bool> reached, string what, int seconds = 20)
    {
        for (var waited = TimeSpan.Zero; !reached(); waited += Pause)
        {
            Assert.True(waited < TimeSpan.FromSeconds(seconds), $"within {seconds} s: {what}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until the keeper has stopped the server and left.</summary>
    public Task StoppedAsync() => UntilAsync(() => !File.Exists(Path.Combine(Data, "keeper.pid")), "the keeper leaves");

    public int KeeperId => int.Parse(File.ReadLines(Path.Combine(Data, "keeper.pid")).First());

    public async Task DisposeAsync()
    {
        if (Directory.Exists(Data))
            await StoppedAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
