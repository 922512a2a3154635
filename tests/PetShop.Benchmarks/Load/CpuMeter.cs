using System.Globalization;

namespace PetShop.Benchmarks.Load;

/// <summary>CPU time that processes have used so far, from /proc; includes children that have exited and were waited for.</summary>
public sealed class CpuMeter(Func<IEnumerable<int>> processIds)
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of user and system time, summed over the processes.</summary>
    public double Seconds() => processIds().Sum(SecondsOf);

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
