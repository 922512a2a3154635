using System.Globalization;

namespace PetShop.Benchmarks.Load;

/// <summary>CPU time that processes have used so far, from /proc; includes children that have exited and were waited for.</summary>
/// <param name="server">The web server.</param>
/// <param name="others">What it works with: PostgreSQL.</param>
public sealed class CpuMeter(int server, Func<IEnumerable<int>> others)
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of user and system time: of the server, and of all together.</summary>
    public (double Server, double All) Seconds()
    {
        var ofServer = SecondsOf(server);
        return (ofServer, ofServer + others().Sum(SecondsOf));
    }

    private static double SecondsOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            // The name in parentheses may hold spaces; the fields after it are fixed: utime, stime, cutime, cstime are 14 to 17.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
