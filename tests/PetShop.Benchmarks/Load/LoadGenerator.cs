using System.Diagnostics;

namespace PetShop.Benchmarks.Load;

/// <summary>Keeps a number of connections busy, each asking for the next page as soon as the last one is read.</summary>
public static class LoadGenerator
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

    /// <param name="address">Of the server.</param>
    /// <param name="paths">Asked for in turn.</param>
    /// <param name="cookies">Cookie headers, one shopper each, taken in turn; empty sends every request as a new visitor.</param>
    /// <param name="connections">Requests in flight.</param>
    /// <param name="length">Of the round.</param>
    /// <param name="cpu">Of the processes that answer.</param>
    public static async Task<LoadResult> RunAsync(Uri address, IReadOnlyList<string> paths, IReadOnlyList<string> cookies, int connections, TimeSpan length, CpuMeter cpu)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = connections })
        {
            BaseAddress = address,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Browser);
        var cpuBefore = cpu.Seconds();
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        var workers = Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var seen = new Worker();
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var turn = Interlocked.Increment(ref next);
                await seen.AskAsync(client, paths[turn % paths.Count], cookies.Count == 0 ? null : cookies[turn % cookies.Count]);
            }
            return seen;
        })).ToList();
        var all = await Task.WhenAll(workers);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var latencies = all.SelectMany(w => w.LatenciesMs).Order().ToArray();
        var cpuAfter = cpu.Seconds();
        return new(latencies.Length, all.Sum(w => w.Failures), seconds, cpuAfter.All - cpuBefore.All, cpuAfter.Server - cpuBefore.Server, latencies, all.Sum(w => w.Bytes) / (double)Math.Max(1, latencies.Length));
    }

    private sealed class Worker
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        public List<double> LatenciesMs { get; } = [];
        public int Failures { get; private set; }
        public long Bytes { get; private set; }

        public async Task AskAsync(HttpClient client, string path, string? cookie)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (cookie is not null)
                    request.Headers.Add("Cookie", cookie);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                await using var body = await response.Content.ReadAsStreamAsync();
                long bytes = 0;
                for (int read; (read = await body.ReadAsync(_buffer)) > 0;)
                    bytes += read;
                if (!response.IsSuccessStatusCode)
                {
                    Failures++;
                    return;
                }
                Bytes += bytes;
                LatenciesMs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            catch (HttpRequestException)
            {
                Failures++;
            }
        }
    }
}
