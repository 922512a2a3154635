using System.Diagnostics;
using System.Globalization;

namespace PetShop.LocalPostgres;

/// <summary>What the system tells about processes that are not our children.</summary>
internal static class Processes
{
    /// <summary>Whether the process lives and is the PostgreSQL that wrote this note, not a stranger that got its number.</summary>
    /// <param name="pid">The number in the note.</param>
    /// <param name="note">Lines of a postmaster.pid: process, data folder, start time, port, ...</param>
    public static bool IsServer(int pid, string[] note)
    {
        if (!OperatingSystem.IsLinux())
            return NameOf(pid).StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        if (!IsAlive(pid) || Read($"/proc/{pid}/comm").Trim() != "postgres")
            return false;
        // A server stands in its data folder, whatever path we know that by; unreadable for a stranger, and then the name has to do.
        var its = Read($"/proc/{pid}/cwd/postmaster.pid");
        return its.Length == 0 || its.Split('\n').Take(3).SequenceEqual(note.Take(3));
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
