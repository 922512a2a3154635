using PetShop.Benchmarks.Load;
using PetShop.TestHost;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>The four busiest pages, as a new visitor and signed in, turn by turn (A B A B) with a bare Razor page of the same size.</summary>
public static class PageBenchmark
{
    private static readonly int[] Connections = [1, 16, 64];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private const int Rounds = 2;

    public static async Task RunAsync()
    {
        await using var shop = await BenchmarkShop.OpenAsync("benchmark");
        await using var server = await shop.StartShopAsync();
        await using var bare = await shop.StartBareAsync();
        var table = new Table().AddColumns("page", "as", "connections", "req/s", "p50 ms", "p99 ms", "CPU ms", "bare CPU ms", "CPU / bare", "failed").Title("Pages");
        foreach (var (who, cookies) in new[] { ("new visitor", new List<string>()), ("signed in", await SignIns.CookiesAsync(server.Address)) })
            foreach (var (page, paths) in await PathsAsync(shop))
            {
                var warm = await LoadGenerator.RunAsync(server.Address, paths, cookies, 4, Round, shop.CpuOf(server));
                await LoadGenerator.RunAsync(bare.Address, [BarePath(warm.MeanBytes)], [], 4, TimeSpan.FromSeconds(1), shop.CpuOf(bare));
                foreach (var connections in Connections)
                {
                    var (ours, theirs) = await InterleaveAsync(
                        () => LoadGenerator.RunAsync(server.Address, paths, cookies, connections, Round, shop.CpuOf(server)),
                        () => LoadGenerator.RunAsync(bare.Address, [BarePath(warm.MeanBytes)], [], connections, Round, shop.CpuOf(bare)));
                    table.AddRow(page, who, $"{connections}", $"{ours.PerSecond:0}", $"{ours.PercentileMs(.5):0.0}", $"{ours.PercentileMs(.99):0.0}",
                        $"{ours.CpuMs:0.00}", $"{theirs.CpuMs:0.00}", $"{ours.CpuMs / theirs.CpuMs:0.00}", $"{ours.Failures}");
                }
            }
        AnsiConsole.Write(table);
    }

    /// <summary>The same pages over 400 and over 40,000 products, turn by turn.</summary>
    public static async Task RunGrowthAsync()
    {
        await using var small = await BenchmarkShop.OpenAsync("benchmark");
        await using var large = await BenchmarkShop.OpenAsync("benchmark_large", grow: 94);
        await using var smallServer = await small.StartShopAsync();
        await using var largeServer = await large.StartShopAsync();
        var table = new Table().AddColumns("page", "as", "CPU ms, 400 products", "CPU ms, 40,000 products", "growth").Title("Growth of the catalogue");
        var smallCookies = await SignIns.CookiesAsync(smallServer.Address);
        var largeCookies = await SignIns.CookiesAsync(largeServer.Address);
        foreach (var signedIn in new[] { false, true })
            foreach (var (page, paths) in await PathsAsync(small))
            {
                Task<LoadResult> Small() => LoadGenerator.RunAsync(smallServer.Address, paths, signedIn ? smallCookies : [], 4, Round, small.CpuOf(smallServer));
                Task<LoadResult> Large() => LoadGenerator.RunAsync(largeServer.Address, paths, signedIn ? largeCookies : [], 4, Round, large.CpuOf(largeServer));
                await InterleaveAsync(Small, Large);
                var (few, many) = await InterleaveAsync(Small, Large);
                table.AddRow(page, signedIn ? "signed in" : "new visitor", $"{few.CpuMs:0.00}", $"{many.CpuMs:0.00}", $"{many.CpuMs / few.CpuMs - 1:+0 %;-0 %}");
            }
        AnsiConsole.Write(table);
    }

    private static string BarePath(double bytes) => $"/bare?first=3&bytes={Math.Max(0, (int)bytes - 3_000)}";

    private static async Task<(LoadResult A, LoadResult B)> InterleaveAsync(Func<Task<LoadResult>> a, Func<Task<LoadResult>> b)
    {
        var (ofA, ofB) = (await a(), await b());
        for (var round = 1; round < Rounds; round++)
            (ofA, ofB) = (ofA + await a(), ofB + await b());
        return (ofA, ofB);
    }

    private static async Task<IReadOnlyList<(string Page, IReadOnlyList<string> Paths)>> PathsAsync(BenchmarkShop shop) =>
    [
        ("home", ["/"]),
        ("category", await shop.ListAsync("SELECT '/shop/' || department || '/' || slug FROM categories c WHERE parent_id IS NOT NULL AND EXISTS (SELECT FROM products p WHERE p.category_id = c.id) ORDER BY slug LIMIT 20")),
        ("product", await shop.ListAsync("SELECT '/products/' || slug FROM products WHERE in_stock AND id <= 430 ORDER BY slug LIMIT 60")),
        ("search", ["/search?q=salmon", "/search?q=grain-free", "/search?q=rope+toy", "/search?q=aquarium+filter", "/search?q=puppy", "/search?q=litter"]),
    ];
}
