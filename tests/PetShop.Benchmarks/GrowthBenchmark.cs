using PetShop.Benchmarks.Load;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>The same pages over 430 and over 40,000 products, turn by turn.</summary>
public static class GrowthBenchmark
{
    private const int Connections = 8;

    public static async Task RunAsync(Pace pace)
    {
        await using var small = await BenchmarkShop.OpenAsync("benchmark");
        await using var large = await BenchmarkShop.OpenAsync("benchmark_large", grow: 94);
        await using var smallServer = await small.StartShopAsync();
        await using var largeServer = await large.StartShopAsync();
        var table = new Table().AddColumns("page", "as", "CPU ms, 430 products", "CPU ms, 40,000 products", "growth", "KB", "KB").Title("Growth of the catalogue");
        var (smallCookies, largeCookies) = (await SignIns.CookiesAsync(small, smallServer.Address), await SignIns.CookiesAsync(large, largeServer.Address));
        foreach (var signedIn in new[] { false, true })
            foreach (var (page, paths) in (await BenchmarkPages.FullOfAsync(small)).Where(p => pace.Takes(p.Page, signedIn ? "signed in" : "new visitor")))
            {
                Task<LoadResult> Small() => LoadGenerator.RunAsync(smallServer.Address, paths, signedIn ? smallCookies : [], Connections, pace.Round, small.CpuOf(smallServer));
                Task<LoadResult> Large() => LoadGenerator.RunAsync(largeServer.Address, paths, signedIn ? largeCookies : [], Connections, pace.Round, large.CpuOf(largeServer));
                await BenchmarkPages.WarmAsync(pace, Small);
                await BenchmarkPages.WarmAsync(pace, Large);
                await BenchmarkPages.SettleAsync(small.CpuOf(smallServer));
                await BenchmarkPages.SettleAsync(large.CpuOf(largeServer));
                var (few, many) = await BenchmarkPages.InterleaveAsync(pace, Small, Large);
                table.AddRow(page, signedIn ? "signed in" : "new visitor", $"{few.CpuMs:0.00}", $"{many.CpuMs:0.00}", $"{many.CpuMs / few.CpuMs - 1:+0 %;-0 %}", $"{few.MeanBytes / 1024:0}", $"{many.MeanBytes / 1024:0}");
                Console.WriteLine($"{page}, {(signedIn ? "signed in" : "new visitor")}: {few.CpuMs:0.00} and {many.CpuMs:0.00} ms");
            }
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }
}
