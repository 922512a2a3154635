namespace PetShop.LocalPostgres;

/// <summary>Windows: the process that started the server stops it when it ends in an orderly way.</summary>
/// <remarks>Simpler than on Unix: others may join the server, but it goes with the one that started it, and a crash leaves it running for the next start to adopt.</remarks>
internal sealed class WindowsKeeper(ServerFolder folder, PostgresPrograms programs, LocalPostgresOptions options) : IKeeper
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private bool _started;

    public int Major => programs.Major;

    private string Data => folder.Data(programs.Major);

    public async Task<bool> StartServerAsync(int port, CancellationToken cancel)
    {
        var start = await Command.RunAsync([programs.Control, "start", "-w", "-D", Data, "-l", folder.Log, "-o",
            $"{ServerSettings.Words(options)} {ServerSettings.PortWords(port)}"], Limit, cancel);
        return _started = start.Succeeded;
    }

    public async Task<bool> StopServerAsync(CancellationToken cancel) =>
        (await Command.RunAsync([programs.Control, "stop", "-w", "-D", Data, "-m", "fast"], Limit, cancel)).Succeeded;

    public async ValueTask DisposeAsync()
    {
        if (_started && await StopServerAsync(CancellationToken.None) && options.RemovedAtEnd)
            Directory.Delete(Data, recursive: true);
    }
}
