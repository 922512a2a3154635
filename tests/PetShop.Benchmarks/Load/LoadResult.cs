namespace PetShop.Benchmarks.Load;

/// <summary>What one round of load showed.</summary>
/// <param name="Requests">Answers with status 200.</param>
/// <param name="Failures">Other answers and broken connections.</param>
/// <param name="Seconds">Length of the round.</param>
/// <param name="CpuSeconds">Of the server and PostgreSQL together.</param>
/// <param name="WebCpuSeconds">Of the server alone.</param>
/// <param name="LatenciesMs">Of every answer, ascending.</param>
/// <param name="MeanBytes">Of an answer's body, uncompressed.</param>
public sealed record LoadResult(int Requests, int Failures, double Seconds, double CpuSeconds, double WebCpuSeconds, double[] LatenciesMs, double MeanBytes)
{
    public double PerSecond => Requests / Seconds;
    public double CpuMs => CpuSeconds * 1000 / Math.Max(1, Requests);
    public double WebCpuMs => WebCpuSeconds * 1000 / Math.Max(1, Requests);
    public double PercentileMs(double share) => LatenciesMs.Length == 0 ? double.NaN : LatenciesMs[Math.Min(LatenciesMs.Length - 1, (int)(LatenciesMs.Length * share))];

    /// <summary>Two rounds of the same load as one.</summary>
    public static LoadResult operator +(LoadResult a, LoadResult b) => new(
        a.Requests + b.Requests, a.Failures + b.Failures, a.Seconds + b.Seconds, a.CpuSeconds + b.CpuSeconds, a.WebCpuSeconds + b.WebCpuSeconds,
        [.. a.LatenciesMs.Concat(b.LatenciesMs).Order()], (a.MeanBytes * a.Requests + b.MeanBytes * b.Requests) / Math.Max(1, a.Requests + b.Requests));
}
