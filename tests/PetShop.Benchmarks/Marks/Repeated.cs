using System.Diagnostics;

namespace PetShop.Benchmarks.Marks;

/// <summary>Times of one piece of work done again and again.</summary>
/// <param name="Median">Microseconds of wall clock.</param>
/// <param name="CpuP99">99th percentile of microseconds of CPU: a call that had to wait while others used the machine is not counted as our cost.</param>
/// <param name="AllocatedBytes">What a call allocates.</param>
public sealed record Repeated(double Median, double CpuP99, double AllocatedBytes)
{
    private const int Calls = 4_000;

    public static Repeated Of(Action work)
    {
        // Long enough for the compiler's last tier, which it reaches in the background.
        var until = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        while (Stopwatch.GetTimestamp() < until)
            work();
        double[] wall = new double[Calls], cpu = new double[Calls];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < Calls; call++)
        {
            var used = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            work();
            wall[call] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            cpu[call] = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(wall);
        Array.Sort(cpu);
        return new(wall[Calls / 2], cpu[Calls * 99 / 100], (double)allocated / Calls);
    }
}
