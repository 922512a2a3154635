using System.Diagnostics;
using System.Globalization;

namespace PetShop.LocalPostgres;

/// <summary>What the system tells about processes that are not our children.</summary>
internal static class Processes
{
    /// <summary>Whether the process lives and is the PostgreSQL of this data folder, not a stranger that got its number.</summary>
    public static bool IsServer(int pid, string dataFolder)
    {
        if (!OperatingSystem.IsLinux())
            return NameOf(pid).StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        if (!IsAlive(pid) || Read($"/proc/{pid}/comm").Trim() != "postgres")
            return false;
        // A server's working folder is its data folder; unreadable for a stranger, and then the name has to do.
        var folder = TryLink($"/proc/{pid}/cwd");
        return folder is null || folder == Path.GetFullPath(dataFolder) || folder == TryResolve(dataFolder);
    }

    /// <summary>Whether a process lives whose command line names the file.</summary>
    public static bool Runs(int pid, string file) => OperatingSystem.IsLinux()
        ? Read($"/proc/{pid}/cmdline").Split('\0').Contains(file)
        : NameOf(pid).Length > 0;

    /// <summary>The children of a process; known on Linux only.</summary>
    public static IEnumerable<int> ChildrenOf(int parent) => !OperatingSystem.IsLinux() ? [] :
        Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && Stat(pid) is [_, var itsParent, ..] && itsParent == parent.ToString(CultureInfo.InvariantCulture));

    // A zombie that nobody collects (a container without an init) is dead as well.
    private static bool IsAlive(int pid) => Stat(pid) is [not "Z" and not "X", ..];

    // The fields after the name, which may hold spaces and brackets itself: state, parent, ...
    private static string[] Stat(int pid)
    {
        var text = Read($"/proc/{pid}/stat");
        return text.LastIndexOf(')') is > 0 and var end ? text[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? TryLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? TryResolve(string folder) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName;

    private static string NameOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? "" : process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return "";
        }
    }
}
