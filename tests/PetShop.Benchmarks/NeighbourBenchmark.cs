using System.Diagnostics;
using Npgsql;
using PetShop.Data.Models;
using PetShop.Web.Recommendations.Serving;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>What "bought together" would cost each page as a join over a million order lines, beside what was precomputed.</summary>
public static class NeighbourBenchmark
{
    private const string Join = """
        SELECT b.product_id, count(*) FROM benchmark_lines a JOIN benchmark_lines b ON b.order_id = a.order_id AND b.product_id <> a.product_id
        WHERE a.product_id = $1 GROUP BY b.product_id ORDER BY count(*) DESC, b.product_id LIMIT 24
        """;

    // The shop's own orders again and again until there are a million lines; the demo has too few to tell.
    private const string Grow = """
        CREATE UNLOGGED TABLE IF NOT EXISTS benchmark_lines AS
        SELECT n.order_id + copy * 10000000::bigint AS order_id, n.product_id FROM order_lines n, generate_series(0, 1000000 / (SELECT count(*) FROM order_lines)::int) copy;
        CREATE INDEX IF NOT EXISTS benchmark_lines_product ON benchmark_lines (product_id) INCLUDE (order_id);
        CREATE INDEX IF NOT EXISTS benchmark_lines_order ON benchmark_lines (order_id) INCLUDE (product_id);
        ANALYZE benchmark_lines
        """;

    public static async Task RunAsync(Pace pace)
    {
        await using var shop = await BenchmarkShop.OpenAsync("benchmark");
        await using var source = NpgsqlDataSource.Create(shop.ConnectionString + ";Command Timeout=300");
        await ExecuteAsync(source, Grow);
        var products = (await shop.ListAsync("SELECT product_id::text FROM product_stats ORDER BY buyers_365d DESC LIMIT 10")).ConvertAll(int.Parse);
        var lists = await NeighbourLists.ReadAsync(source, CancellationToken.None);
        var table = new Table().AddColumns("way", "ms a product").Title("Bought together: the ten best-selling products, median");
        table.AddRow("joined live over 1,000,000 order lines", $"{await MedianAsync(products, p => QueryAsync(source, Join, p)):0.00}");
        table.AddRow("one row of product_neighbours", $"{await MedianAsync([.. Enumerable.Repeat(products, 20).SelectMany(p => p)], p => QueryAsync(source, $"SELECT neighbour_ids FROM product_neighbours WHERE product_id = $1 AND kind = {(int)NeighbourKind.BoughtTogether}", p)):0.00}");
        const int Times = 1_000_000;
        var started = Stopwatch.GetTimestamp();
        var found = 0;
        for (var i = 0; i < Times; i++)
            found += lists.Of(products[i % products.Count], NeighbourKind.BoughtTogether).Ids.Length;
        table.AddRow(found > 0 ? "the list in memory, as pages use it" : "nothing is precomputed", $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds / Times:0.000000}");
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }

    private static async Task<double> MedianAsync(List<int> products, Func<int, Task> ask)
    {
        List<double> took = [];
        await ask(products[0]);
        foreach (var product in products)
        {
            var started = Stopwatch.GetTimestamp();
            await ask(product);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return took.Order().ElementAt(took.Count / 2);
    }

    private static async Task QueryAsync(NpgsqlDataSource source, string sql, int product)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = product });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            continue;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
