using PetShop.Benchmarks.Load;

namespace PetShop.Benchmarks;

/// <summary>The busiest pages, with addresses to ask for in turn.</summary>
public static class BenchmarkPages
{
    public static async Task<IReadOnlyList<(string Page, IReadOnlyList<string> Paths)>> OfAsync(BenchmarkShop shop) =>
    [
        ("home", ["/"]),
        ("category", await shop.ListAsync("SELECT '/shop/' || department || '/' || slug FROM categories c WHERE parent_id IS NOT NULL AND EXISTS (SELECT FROM products p WHERE p.category_id = c.id) ORDER BY slug LIMIT 20")),
        ("product", await shop.ListAsync("SELECT '/products/' || slug FROM products WHERE in_stock AND id <= 430 ORDER BY slug LIMIT 60")),
        ("search", ["/search?q=salmon", "/search?q=grain-free", "/search?q=rope+toy", "/search?q=aquarium+filter", "/search?q=puppy", "/search?q=litter"]),
    ];

    /// <summary>The same pages where a list is full already in the small catalogue: else longer pages, and not more products to choose from, would be measured.</summary>
    public static async Task<IReadOnlyList<(string Page, IReadOnlyList<string> Paths)>> FullOfAsync(BenchmarkShop shop)
    {
        var pages = await OfAsync(shop);
        var full = await shop.ListAsync("""
            SELECT '/shop/' || c.department || '/' || c.slug FROM categories c JOIN products p ON p.category_id = c.id AND p.is_active
            GROUP BY c.id HAVING count(*) FILTER (WHERE p.id <= 430) >= 24
            UNION ALL SELECT '/shop/' || department FROM products WHERE id <= 430 AND is_active GROUP BY department HAVING count(*) >= 24
            """);
        string[] words = ["dog", "cat", "food", "grain-free", "chicken", "salmon", "adult"];
        return [.. pages.Select(p => p.Page switch
        {
            "category" => (p.Page, full),
            "search" => (p.Page, [.. words.Select(w => $"/search?q={w}")]),
            _ => p,
        })];
    }

    /// <summary>Waits until processes rest: a server that still compiles its hot paths or reads its catalogue would have that counted as the cost of a page.</summary>
    public static async Task SettleAsync(CpuMeter cpu)
    {
        const double Restless = 0.1, WindowSeconds = 2;
        for (var windows = 0; windows < 30; windows++)
        {
            var before = cpu.Seconds().All;
            await Task.Delay(TimeSpan.FromSeconds(WindowSeconds));
            if ((cpu.Seconds().All - before) / WindowSeconds < Restless)
                return;
        }
    }

    /// <summary>Asks until the compiler and the caches have seen enough: until rounds no longer get cheaper, at most sixty of them.</summary>
    public static async Task<LoadResult> WarmAsync(Pace pace, Func<Task<LoadResult>> round)
    {
        const double StillFalling = 0.97;
        const int Patience = 4;
        var warm = await round();
        var (cheapest, since) = (warm.CpuMs, 0);
        for (var rounds = 1; rounds < 60 && (warm.Requests < pace.WarmUp || since < Patience); rounds++)
        {
            var next = await round();
            (cheapest, since) = next.CpuMs < cheapest * StillFalling ? (next.CpuMs, 0) : (cheapest, since + 1);
            warm += next;
        }
        return warm;
    }

    /// <summary>A B A B.</summary>
    public static async Task<(LoadResult A, LoadResult B)> InterleaveAsync(Pace pace, Func<Task<LoadResult>> a, Func<Task<LoadResult>> b)
    {
        var (ofA, ofB) = (await a(), await b());
        for (var round = 1; round < pace.Rounds; round++)
            (ofA, ofB) = (ofA + await a(), ofB + await b());
        return (ofA, ofB);
    }

    /// <summary>How busy the machine was with everything, this benchmark included: without it no figure can be compared.</summary>
    public static string MachineLoad() => File.Exists("/proc/loadavg")
        ? $"{Environment.ProcessorCount} cores, load {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(2))}" : $"{Environment.ProcessorCount} cores";
}
