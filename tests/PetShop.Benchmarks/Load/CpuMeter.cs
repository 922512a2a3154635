using System.Diagnostics;
using System.Globalization;

namespace PetShop.Benchmarks.Load;

/// <summary>What a piece of work cost.</summary>
/// <param name="Cpu">Seconds of CPU time of everything.</param>
/// <param name="Wall">Seconds on the wall.</param>
/// <param name="Here">Of the CPU time that of the server alone.</param>
public readonly record struct Spent(double Cpu, double Wall, double Here);

/// <summary>CPU time that processes have used so far, from /proc; includes children that have exited and were waited for.</summary>
/// <param name="server">The web server.</param>
/// <param name="others">What it works with: PostgreSQL, whose processes have one thread each.</param>
public sealed class CpuMeter(int server, Func<IEnumerable<int>> others)
{
    private const double TicksPerSecond = 100;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Seconds of user and system time: of the server, and of all together.</summary>
    public (double Server, double All) Seconds()
    {
        var (ofServer, ofOthers) = (OfServer(), OfOthers());
        return (ofServer, ofServer + ofOthers);
    }

    /// <summary>Does the work and tells its cost. Looking at the processes costs some of it too, if this is the server, and stays outside.</summary>
    public async Task<Spent> OfAsync(Func<Task> work)
    {
        var (others, server, started) = (OfOthers(), OfServer(), Stopwatch.GetTimestamp());
        await work();
        var (wall, here) = (Stopwatch.GetElapsedTime(started).TotalSeconds, OfServer() - server);
        return new(here + OfOthers() - others, wall, here);
    }

    private double OfServer() => server == Environment.ProcessId ? Environment.CpuUsage.TotalTime.TotalSeconds : Ticks(server).Sum() / TicksPerSecond;

    // Who came or went while the others were read would be counted twice or not at all.
    private double OfOthers()
    {
        while (true)
        {
            var processes = others().ToList();
            var seconds = processes.Sum(p => OwnSeconds(p) + Ticks(p)[2..].Sum() / TicksPerSecond);
            if (processes.SequenceEqual(others()))
                return seconds;
        }
    }

    // Of a thread the scheduler counts nanoseconds, where the kernel was built to; else, and of children that have exited, there are ticks of ten milliseconds.
    private static double OwnSeconds(int processId) => Nanoseconds(processId) is > 0 and var exactly ? exactly / NanosecondsPerSecond : Ticks(processId)[..2].Sum() / TicksPerSecond;

    private static double Nanoseconds(int processId) => Read($"/proc/{processId}/schedstat").Split(' ') is [{ Length: > 0 } ran, ..] ? Parse(ran) : 0;

    // The name in parentheses may hold spaces; the fields after it are fixed: utime, stime, cutime, cstime are 14 to 17.
    private static double[] Ticks(int processId) => Read($"/proc/{processId}/stat") is { Length: > 0 } stat ? [.. stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Select(Parse)] : [0, 0, 0, 0];

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
