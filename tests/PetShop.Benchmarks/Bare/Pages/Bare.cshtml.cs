using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;

namespace PetShop.Benchmarks.Bare.Pages;

/// <summary>24 products by key, and as much ready-made markup as makes the page as large as the one it is compared with.</summary>
public sealed class BareModel(NpgsqlDataSource source) : PageModel
{
    private static readonly ConcurrentDictionary<int, string> Fillers = new();

    public sealed record Row(string Slug, string Name, string Brand, long PriceMinor, string? SkuLabel, int RatingCount);

    public List<Row> Products { get; } = [];
    public string Filler { get; private set; } = "";

    /// <param name="first">Lowest product id asked for; the 24 keys follow it in steps of 7.</param>
    /// <param name="bytes">Size of the filler.</param>
    /// <param name="cancel">The request's.</param>
    public async Task OnGetAsync(int first, int bytes, CancellationToken cancel)
    {
        Filler = Fillers.GetOrAdd(bytes, static size => new string('x', Math.Clamp(size, 0, 1_000_000)));
        await using var command = source.CreateCommand(
            "SELECT p.slug, p.name, b.name, p.price_minor, p.card_sku_label, p.rating_count FROM products p JOIN brands b ON b.id = p.brand_id WHERE p.id = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. Enumerable.Range(0, 24).Select(i => first + i * 7)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            Products.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt32(5)));
    }
}
