using System.Diagnostics;

namespace PetShop.LocalPostgres.Tests;

/// <summary>A <see cref="Holder"/> in a process of its own.</summary>
internal sealed class HolderProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HolderProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ServerId { get; private set; }

    public string ConnectionString { get; private set; } = "";

    /// <param name="dataFolder">The folder whose server it uses.</param>
    /// <param name="prefix">Words before the program, such as those that change the user.</param>
    /// <param name="programFolder">A copy of the program that another user can read.</param>
    public static HolderProcess Start(string dataFolder, IEnumerable<string>? prefix = null, string? programFolder = null)
    {
        var assembly = Path.Combine(programFolder ?? AppContext.BaseDirectory, Path.GetFileName(typeof(Holder).Assembly.Location));
        string[] words = [.. prefix ?? [], Dotnet, assembly, dataFolder];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        return new(Process.Start(start)!);
    }

    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public async Task<HolderProcess> ReadyAsync()
    {
        var line = await LineAsync();
        Skip.If(line.Contains(Scratch.NoneFound, StringComparison.Ordinal), "no PostgreSQL 15 or newer is installed on this machine");
        Assert.True(line.StartsWith("ready ", StringComparison.Ordinal), line);
        var words = line.Split(' ', 3);
        (ServerId, ConnectionString) = (int.Parse(words[1]), words[2]);
        return this;
    }

    public async Task<string> LineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? "(the process ended)";

    public async Task LeaveAsync()
    {
        await _process.StandardInput.WriteLineAsync("leave");
        await _process.StandardInput.FlushAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Ends it as a crash does: no code of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
