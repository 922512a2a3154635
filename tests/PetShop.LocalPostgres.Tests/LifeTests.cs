using System.Diagnostics;

namespace PetShop.LocalPostgres.Tests;

/// <summary>When a server starts, whom it serves, and that it never outlives its last user.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private readonly Scratch _scratch = new();

    public Task InitializeAsync() => _scratch.InitializeAsync();

    public Task DisposeAsync() => _scratch.DisposeAsync();

    [SkippableFact]
    public async Task Data_and_port_survive_a_restart()
    {
        int port;
        await using (var first = await _scratch.StartAsync())
        {
            port = first.Port;
            await first.EnsureDatabaseAsync("shop", CancellationToken.None);
            await Scratch.AskAsync(first.ConnectionString("shop"), "CREATE TABLE pet AS SELECT 'Luna' AS name");
        }
        await _scratch.StoppedAsync();

        await using var second = await _scratch.StartAsync();

        await second.EnsureDatabaseAsync("shop", CancellationToken.None);
        Assert.Equal("Luna", await Scratch.AskAsync(second.ConnectionString("shop"), "SELECT name FROM pet"));
        Assert.Equal(port, second.Port);
    }

    [SkippableFact]
    public async Task Copies_started_at_once_share_one_server_which_stops_with_the_last()
    {
        SkipUnlessLinux();
        var copies = Enumerable.Range(0, 3).Select(_ => HolderProcess.Start(_scratch.Data)).ToList();
        try
        {
            foreach (var copy in copies)
                await copy.ReadyAsync();
            var server = Assert.Single(copies.Select(copy => copy.ServerId).Distinct());

            await copies[0].LeaveAsync();
            await copies[1].KillAsync();
            Assert.Equal(1, await Scratch.AskAsync(copies[2].ConnectionString, "SELECT 1"));

            await copies[2].LeaveAsync();
            await Scratch.UntilAsync(() => !Scratch.Lives(server), "the server stops with its last user");
        }
        finally
        {
            foreach (var copy in copies)
                await copy.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Data_meant_to_be_removed_goes_with_the_last_user_and_whoever_comes_meanwhile_starts_empty()
    {
        var options = _scratch.Options with { RemovedAtEnd = true };
        await using (var first = await Scratch.StartAsync(options))
        await using (var second = await Scratch.StartAsync(options))
        {
            await first.DisposeAsync();
            await second.EnsureDatabaseAsync("shop", CancellationToken.None);
        }
        await using (var next = await Scratch.StartAsync(options))
            Assert.Equal(0L, await Scratch.AskAsync(next.ConnectionString("postgres"), "SELECT count(*) FROM pg_database WHERE datname = 'shop'"));
        await _scratch.StoppedAsync();
        Assert.Empty(Directory.GetDirectories(_scratch.Data, "data-*"));
    }

    [SkippableFact]
    public async Task A_killed_program_leaves_no_orphan_and_the_next_start_finds_the_data()
    {
        SkipUnlessLinux();
        await using (var killed = await HolderProcess.Start(_scratch.Data).ReadyAsync())
        {
            await Scratch.AskAsync(killed.ConnectionString, "CREATE TABLE pet AS SELECT 'Luna' AS name");
            var keeper = _scratch.KeeperId;
            await killed.KillAsync();
            await Scratch.UntilAsync(() => !Scratch.Lives(killed.ServerId) && !Scratch.Lives(keeper), "server and keeper end");
        }
        await using var next = await _scratch.StartAsync();
        Assert.Equal("Luna", await Scratch.AskAsync(next.ConnectionString("postgres"), "SELECT name FROM pet"));
    }

    [SkippableFact]
    public async Task When_everything_was_killed_the_next_start_recovers()
    {
        SkipUnlessLinux();
        await using var killed = await HolderProcess.Start(_scratch.Data).ReadyAsync();
        await Scratch.AskAsync(killed.ConnectionString, "CREATE TABLE pet AS SELECT 'Luna' AS name");
        Kill(_scratch.KeeperId, "KILL");
        Kill(killed.ServerId, "KILL");
        await killed.KillAsync();

        await using var next = await _scratch.StartAsync();

        Assert.NotEqual(killed.ServerId, next.ServerProcessIds()[0]);
        Assert.Equal("Luna", await Scratch.AskAsync(next.ConnectionString("postgres"), "SELECT name FROM pet"));
    }

    [SkippableFact]
    public async Task A_server_that_lost_its_keeper_gets_a_new_one()
    {
        SkipUnlessLinux();
        await using var first = await HolderProcess.Start(_scratch.Data).ReadyAsync();
        Kill(_scratch.KeeperId, "KILL");

        await using (var second = await _scratch.StartAsync())
        {
            Assert.Equal(first.ServerId, second.ServerProcessIds()[0]);
            await first.KillAsync();
        }
        await Scratch.UntilAsync(() => !Scratch.Lives(first.ServerId), "the new keeper stops it");
    }

    [SkippableFact]
    public async Task Leftovers_of_broken_starts_are_cleared_away()
    {
        int major;
        await using (var first = await _scratch.StartAsync())
            major = first.MajorVersion;
        await _scratch.StoppedAsync();
        Directory.Move(Path.Combine(_scratch.Data, $"data-{major}"), Path.Combine(_scratch.Data, "unfinished-by-a-killed-start"));
        File.WriteAllText(Path.Combine(_scratch.Data, "keeper.pid"), $"{Environment.ProcessId}\n{major}\n{_scratch.Data}/keeper.sh\n");
        File.WriteAllText(Path.Combine(_scratch.Data, "port"), "not a port");

        await using var second = await _scratch.StartAsync();
        Assert.Empty(Directory.GetDirectories(_scratch.Data, "unfinished-*"));
        await second.StopAsync(CancellationToken.None);
        // As after a reboot: PostgreSQL's note names a process that is somebody else by now.
        File.WriteAllText(Path.Combine(_scratch.Data, $"data-{major}", "postmaster.pid"), $"{Environment.ProcessId}\n{_scratch.Data}\n0\n{second.Port}\n");
        await second.StartAgainAsync(CancellationToken.None);

        Assert.Equal(1, await Scratch.AskAsync(second.ConnectionString("postgres"), "SELECT 1"));
    }

    [SkippableFact]
    public async Task One_folder_known_by_two_paths_has_one_server()
    {
        SkipUnlessLinux();
        var alias = Path.Combine(_scratch.Folder, "alias");
        Directory.CreateSymbolicLink(alias, _scratch.Folder);
        await using var first = await _scratch.StartAsync();
        await using var second = await Scratch.StartAsync(_scratch.Options with { DataFolder = Path.Combine(alias, Path.GetFileName(_scratch.Data)) });
        Assert.Equal(first.ServerProcessIds()[0], second.ServerProcessIds()[0]);
    }

    [SkippableFact]
    public async Task Ctrl_C_in_the_terminal_does_not_end_the_server_before_the_program()
    {
        SkipUnlessLinux();
        await using var copy = await HolderProcess.Start(_scratch.Data, ["setsid"]).ReadyAsync();
        Kill(-copy.Id, "INT");
        Assert.Equal("interrupted", await copy.LineAsync());
        Assert.Equal(1, await Scratch.AskAsync(copy.ConnectionString, "SELECT 1"));
    }

    [SkippableFact]
    public async Task A_stopped_server_comes_back_on_its_port()
    {
        await using var server = await _scratch.StartAsync();
        var before = server.ServerProcessIds();
        await server.StopAsync(CancellationToken.None);
        Assert.Empty(server.ServerProcessIds());
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => Scratch.AskAsync(server.ConnectionString("postgres"), "SELECT 1"));

        await server.StartAgainAsync(CancellationToken.None);

        Assert.Equal(1, await Scratch.AskAsync(server.ConnectionString("postgres"), "SELECT 1"));
        Assert.DoesNotContain(server.ServerProcessIds()[0], before);
    }

    private static void SkipUnlessLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "reads /proc");

    private static void Kill(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, "--", $"{process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
