using System.Diagnostics;

namespace PetShop.LocalPostgres.Tests;

/// <summary>Root, who may not run PostgreSQL, and ordinary users.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    // initdb wants a user that the system knows by name; this number is "nobody" nearly everywhere.
    private const string Nobody = "65534";

    private readonly Scratch _scratch = new();

    public Task InitializeAsync() => _scratch.InitializeAsync();

    public Task DisposeAsync() => _scratch.DisposeAsync();

    [SkippableFact]
    public async Task Root_runs_the_server_under_an_unprivileged_account()
    {
        SkipUnlessRootOnLinux();
        await using var server = await _scratch.StartAsync();
        Assert.NotEqual("0", UserOf(server.ServerProcessIds()[0]));
        Assert.NotEqual("0", UserOf(_scratch.KeeperId));
        Assert.True(server.ServerProcessIds().Count > 3, "the postmaster has children");
    }

    [SkippableFact]
    public async Task An_ordinary_user_runs_a_server_of_their_own()
    {
        SkipUnlessRootOnLinux();
        var home = Path.Combine(_scratch.Folder, "home");
        var program = Path.Combine(home, "program");
        Directory.CreateDirectory(program);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        Run("chown", "-R", $"{Nobody}:{Nobody}", home);
        string[] ordinary = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "env", $"HOME={home}"];
        Skip.IfNot(Run([.. ordinary, HolderProcess.Dotnet, "--version"]) == 0, "dotnet is installed where only root can read it");

        await using (var holder = await HolderProcess.Start(Path.Combine(home, "data"), ordinary, program).ReadyAsync())
        {
            Assert.Equal(Nobody, UserOf(holder.ServerId));
            await holder.KillAsync();
            await Scratch.UntilAsync(() => !Scratch.Lives(holder.ServerId), "the server ends with the killed program");
        }
        await Scratch.UntilAsync(() => !File.Exists(Path.Combine(home, "data", "keeper.pid")), "the keeper leaves");
    }

    [SkippableFact]
    public async Task A_clone_that_the_server_may_not_enter_keeps_its_data_elsewhere_and_says_so()
    {
        SkipUnlessRootOnLinux();
        var closed = Path.Combine(_scratch.Folder, "closed");
        Directory.CreateDirectory(closed);
        Scratch.SetMode(closed, 0b111_000_000);
        var said = new List<string>();
        var options = _scratch.Options with { DataFolder = Path.Combine(closed, ".data"), Log = said.Add };
        string elsewhere;
        await using (var server = await Scratch.StartAsync(options))
        {
            elsewhere = server.DataFolder;
            Assert.DoesNotContain(closed, elsewhere);
            Assert.Contains(said, line => line.Contains($"cannot write in '{options.DataFolder}'") && line.Contains(elsewhere));
            await using var joined = await Scratch.StartAsync(options);
            Assert.Equal(server.ServerProcessIds()[0], joined.ServerProcessIds()[0]);
        }
        await Scratch.UntilAsync(() => !File.Exists(Path.Combine(elsewhere, "keeper.pid")), "the keeper leaves");
        Directory.Delete(elsewhere, recursive: true);
    }

    private static void SkipUnlessRootOnLinux() =>
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root on Linux; as an ordinary user the other tests cover this");

    private static string UserOf(int process) =>
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private static int Run(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
