using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PetShop.LocalPostgres;

/// <summary>The files of one local server: its data by major version, its password, port and log, and what its users share.</summary>
internal sealed class ServerFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private ServerFolder(string root) => Root = root;

    public string Root { get; }

    public string Lock => Path.Combine(Root, "start.lock");

    public string Log => Path.Combine(Root, "server.log");

    /// <summary>The named pipe that every user of the server holds open.</summary>
    public string Users => Path.Combine(Root, "users");

    public string Keeper => Path.Combine(Root, "keeper.sh");

    public string KeeperPid => Path.Combine(Root, "keeper.pid");

    public string Password => Path.Combine(Root, "password");

    /// <summary>The port used last; taken again when it is free, so that an open psql finds its way back.</summary>
    public string Port => Path.Combine(Root, "port");

    public string Data(int major) => Path.Combine(Root, $"data-{major}");

    /// <summary>Where initdb works, apart from one that a killed process may have left running.</summary>
    public string Unfinished() => Path.Combine(Root, $"unfinished-{Guid.NewGuid():N}");

    public void RemoveUnfinished()
    {
        foreach (var folder in Directory.EnumerateDirectories(Root, "unfinished-*"))
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Still being written to by such an initdb; the next start removes it.
            }
    }

    public string PostmasterPid(int major) => Path.Combine(Data(major), "postmaster.pid");

    /// <summary>Where the keeper answers one order.</summary>
    public string Answer(string word) => Path.Combine(Root, $"user-{word}");

    /// <summary>The end of the server's log, for an error message.</summary>
    public string LogTail() => File.Exists(Log) ? $"The end of {Log}:{Environment.NewLine}" +
        string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(15)) : "";

    /// <summary>Major versions whose data is complete here.</summary>
    public IReadOnlyList<int> MajorsWithData() =>
        [.. Directory.EnumerateDirectories(Root, "data-*").Where(folder => File.Exists(Path.Combine(folder, "PG_VERSION")))
            .Select(folder => int.TryParse(Path.GetFileName(folder)[5..], out var major) ? major : 0).Where(major => major > 0)];

    /// <summary>Makes the folder and gives it to the server's account; moves elsewhere when that account cannot reach it.</summary>
    public static async Task<ServerFolder> PrepareAsync(LocalPostgresOptions options, ServerAccount account, CancellationToken cancel)
    {
        var wanted = Path.GetFullPath(options.DataFolder);
        if (await MakeAsync(wanted, account, cancel))
            return new(wanted);
        if (account.Name is null)
            throw new LocalPostgresException($"The folder '{wanted}' for PostgreSQL's data is not writable for you. It may belong to another account " +
                "that ran the shop before: remove it, or set LocalPostgres:DataFolder to a folder of your own.");
        // One folder per wanted folder, so that two clones do not share data by accident.
        var name = "postgres-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12];
        foreach (var parent in (string[])["/var/lib/petshop", "/var/tmp/petshop"])
        {
            var instead = Path.Combine(parent, name);
            if (!await MakeAsync(instead, account, cancel))
                continue;
            options.Log?.Invoke($"PostgreSQL does not run as root, and its account '{account.Name}' cannot write in '{wanted}'; its data is kept in '{instead}'.");
            return new(instead);
        }
        throw new LocalPostgresException($"PostgreSQL does not run as root, and its account '{account.Name}' can write neither in '{wanted}' nor in a folder of " +
            "/var/lib or /var/tmp. Put the clone where other accounts may enter, or run the shop as an ordinary user.");
    }

    private static async Task<bool> MakeAsync(string folder, ServerAccount account, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        if (await account.CanWriteAsync(folder, cancel))
            return true;
        // What a third account keeps here stays its own.
        if (account.Name is null || Directory.EnumerateFileSystemEntries(folder).Any())
            return false;
        await account.OwnAsync(folder, cancel);
        return await account.CanWriteAsync(folder, cancel);
    }

    /// <summary>The password of the server's only role; made at the first start.</summary>
    public async Task<string> PasswordAsync(ServerAccount account, CancellationToken cancel)
    {
        if (File.Exists(Password) && await File.ReadAllTextAsync(Password, cancel) is { Length: > 0 } known)
            return known.Trim();
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await WriteAsync(Password, password, account, cancel);
        return password;
    }

    /// <summary>Writes a file that only the server's account (and root) may read.</summary>
    public static async Task WriteAsync(string path, string text, ServerAccount account, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        await using (var writer = new StreamWriter(path, options))
            await writer.WriteAsync(text.AsMemory(), cancel);
        await account.OwnAsync(path, cancel);
    }

    /// <summary>The process id and port in PostgreSQL's own note about a running server.</summary>
    public (int Pid, int Port)? Running(int major)
    {
        try
        {
            var lines = File.ReadAllLines(PostmasterPid(major));
            return lines.Length >= 4 && Number(lines[0]) is { } pid && Number(lines[3]) is { } port && Processes.IsServer(pid, lines)
                ? (pid, port) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>After a crash PostgreSQL's note stays behind, and its process number may belong to a stranger by now.</summary>
    public void RemoveStalePid(int major)
    {
        if (Running(major) is null)
            File.Delete(PostmasterPid(major));
    }

    /// <summary>The keeper's process and the major version it keeps, when it lives.</summary>
    public (int Pid, int Major)? KeeperNow()
    {
        try
        {
            return File.ReadAllLines(KeeperPid) is [var first, var second, var script] && Number(first) is { } pid && Number(second) is { } major
                && Processes.Runs(pid, script) ? (pid, major) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int? Number(string line) =>
        int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
