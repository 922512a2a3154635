using PetShop.Benchmarks.Load;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>The four busiest pages, as a new visitor and signed in, turn by turn (A B A B) with a bare Razor page of the same size.</summary>
public static class PageBenchmark
{
    public static async Task RunAsync(Pace pace)
    {
        await using var shop = await BenchmarkShop.OpenAsync("benchmark");
        await using var server = await shop.StartShopAsync();
        await using var bare = await shop.StartBareAsync();
        var table = new Table().AddColumns("page", "as", "at once", "req/s", "p50 ms", "p99 ms", "CPU ms", "of it web", "bare CPU ms", "CPU / bare", "KB", "failed").Title("Pages beside a bare Razor page");
        foreach (var (who, cookies) in new[] { ("new visitor", new List<string>()), ("signed in", await SignIns.CookiesAsync(shop, server.Address)) })
            foreach (var (page, paths) in (await BenchmarkPages.OfAsync(shop)).Where(p => pace.Takes(p.Page, who)))
            {
                Task<LoadResult> Ours(int connections) => LoadGenerator.RunAsync(server.Address, paths, cookies, connections, pace.Round, shop.CpuOf(server));
                var warm = await BenchmarkPages.WarmAsync(pace, () => Ours(8));
                string[] barePath = [$"/bare?first=3&bytes={Math.Max(0, (int)warm.MeanBytes - 3_000)}"];
                Task<LoadResult> Bare(int connections) => LoadGenerator.RunAsync(bare.Address, barePath, [], connections, pace.Round, shop.CpuOf(bare));
                await BenchmarkPages.WarmAsync(pace, () => Bare(8));
                foreach (var connections in pace.Connections.Where(pace.Takes))
                {
                    var (ours, theirs) = await BenchmarkPages.InterleaveAsync(pace, () => Ours(connections), () => Bare(connections));
                    Add(table, page, who, connections, ours, theirs);
                }
            }
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }

    private static void Add(Table table, string page, string who, int connections, LoadResult ours, LoadResult bare)
    {
        table.AddRow(page, who, $"{connections}", $"{ours.PerSecond:0}", $"{ours.PercentileMs(.5):0.0}", $"{ours.PercentileMs(.99):0.0}", $"{ours.CpuMs:0.00}",
            $"{ours.WebCpuMs:0.00}", $"{bare.CpuMs:0.00}", $"{ours.CpuMs / bare.CpuMs:0.00}", $"{ours.MeanBytes / 1024:0}", $"{ours.Failures}");
        Console.WriteLine($"{page}, {who}, {connections} at once: {ours.CpuMs:0.00} ms CPU ({ours.WebCpuMs:0.00} web), bare {bare.CpuMs:0.00} ms, {ours.PerSecond:0} req/s, p99 {ours.PercentileMs(.99):0} ms");
    }
}
