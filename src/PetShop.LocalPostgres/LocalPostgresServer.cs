using Npgsql;

namespace PetShop.LocalPostgres;

/// <summary>A PostgreSQL for development and tests: found or fetched, started, shared with other processes, stopped with its last user.</summary>
/// <remarks>On Windows the process that started the server stops it; elsewhere the last one to leave does, however it ends.</remarks>
public sealed class LocalPostgresServer : IAsyncDisposable
{
    private readonly ServerFolder _folder;
    private readonly IKeeper _keeper;
    private readonly string _password;
    private int _port;

    private LocalPostgresServer(ServerFolder folder, IKeeper keeper, string password) =>
        (_folder, _keeper, _password) = (folder, keeper, password);

    /// <summary>The folder that really holds the data; differs from the wanted one where the server's account cannot reach that.</summary>
    public string DataFolder => _folder.Root;

    /// <summary>The server's major version.</summary>
    public int MajorVersion => _keeper.Major;

    /// <summary>The port on 127.0.0.1; kept over <see cref="StopAsync"/> and <see cref="StartAgainAsync"/>.</summary>
    public int Port => _port;

    /// <summary>Joins the server of the data folder, or starts one.</summary>
    /// <exception cref="LocalPostgresException">No server could be found, made or started.</exception>
    public static async Task<LocalPostgresServer> StartAsync(LocalPostgresOptions options, CancellationToken cancel)
    {
        var account = await ServerAccount.ForThisProcessAsync(cancel);
        var folder = await ServerFolder.PrepareAsync(options, account, cancel);
        await using var turn = await StartLock.TakeAsync(folder.Lock, cancel);
        var keeper = await JoinOrLaunchAsync(options, folder, account, cancel);
        try
        {
            var server = new LocalPostgresServer(folder, keeper, await folder.PasswordAsync(account, cancel));
            await server.EnsureRunningAsync(options.Log, cancel);
            return server;
        }
        catch
        {
            await keeper.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string for a database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = Cluster.Role,
        Password = _password,
        Database = database,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Makes the database when it is missing.</summary>
    public Task EnsureDatabaseAsync(string name, CancellationToken cancel) => Databases.EnsureAsync(name, cancel);

    /// <summary>Makes a database as a copy of another; idle connections to the template are ended, busy ones waited for.</summary>
    public Task CreateDatabaseFromTemplateAsync(string template, string name, CancellationToken cancel) =>
        Databases.CopyAsync(template, name, cancel);

    /// <summary>Drops the database, also while it is in use; no matter when it is missing.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancel) => Databases.DropAsync(name, cancel);

    /// <summary>Stops the server under its users, as a failure would; <see cref="StartAgainAsync"/> brings it back on the same port.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        await using var turn = await StartLock.TakeAsync(_folder.Lock, cancel);
        if (_folder.Running(_keeper.Major) is not null && !await _keeper.StopServerAsync(cancel))
            throw new LocalPostgresException($"PostgreSQL did not stop. {_folder.LogTail()}");
    }

    /// <summary>Starts the server after <see cref="StopAsync"/> or after a crash of its own.</summary>
    public async Task StartAgainAsync(CancellationToken cancel)
    {
        await using var turn = await StartLock.TakeAsync(_folder.Lock, cancel);
        if (_folder.Running(_keeper.Major) is not null)
            return;
        _folder.RemoveStalePid(_keeper.Major);
        if (!await _keeper.StartServerAsync(_port, cancel))
            throw new LocalPostgresException($"PostgreSQL did not start again on port {_port}. {_folder.LogTail()}");
    }

    /// <summary>The processes of the server: the postmaster first, then (on Linux) its present children; none while it is stopped.</summary>
    public IReadOnlyList<int> ServerProcessIds() =>
        _folder.Running(_keeper.Major) is { Pid: var postmaster } ? [postmaster, .. Processes.ChildrenOf(postmaster)] : [];

    /// <summary>Lets go of the server; it stops when nobody else holds it.</summary>
    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    private Databases Databases => new(ConnectionString);

    private static async Task<IKeeper> JoinOrLaunchAsync(
        LocalPostgresOptions options, ServerFolder folder, ServerAccount account, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows() && await UnixKeeper.TryJoinAsync(folder, cancel) is { } joined)
            return joined;
        var programs = await new PostgresFinder(options, account).FindAsync(folder.MajorsWithData(), cancel);
        await Cluster.EnsureAsync(folder, programs, account, options, cancel);
        return OperatingSystem.IsWindows() ? new WindowsKeeper(folder, programs, options) : await UnixKeeper.LaunchAsync(folder, programs, account, options, cancel);
    }

    private async Task EnsureRunningAsync(Action<string>? log, CancellationToken cancel)
    {
        // A port found free may be taken before the server listens on it.
        for (var attempt = 1; _folder.Running(_keeper.Major) is null; attempt++)
        {
            _folder.RemoveStalePid(_keeper.Major);
            var port = attempt == 1 ? Ports.SameOrFree(_folder.Port) : Ports.Free();
            if (await _keeper.StartServerAsync(port, cancel))
                await File.WriteAllTextAsync(_folder.Port, $"{port}\n", cancel);
            else if (attempt == 3)
                throw new LocalPostgresException($"PostgreSQL {_keeper.Major} did not start. {_folder.LogTail()}");
        }
        _port = _folder.Running(_keeper.Major)?.Port
            ?? throw new LocalPostgresException($"PostgreSQL {_keeper.Major} stopped right after its start. {_folder.LogTail()}");
        await Databases.AwaitAnswerAsync(cancel);
        log?.Invoke($"PostgreSQL {_keeper.Major} is running on 127.0.0.1:{_port} with its data in '{_folder.Root}'.");
    }
}
