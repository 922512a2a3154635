using System.Collections.Frozen;
using Npgsql;
using PetShop.Web.Seeding;

namespace PetShop.Web.Catalog;

/// <summary>Reads the shelf from the database in one round trip.</summary>
internal sealed class ShelfReader(NpgsqlDataSource source)
{
    private sealed record Row(int Id, int CategoryId, int BrandId, string[] Species, string[] LifeStages, string[] DietTags, long PriceMinor, bool Reduced, bool InStock,
        int RatingCount, int RatingSum, DateOnly ReleasedOn, string Name, string SearchText, long Popularity);

    private const string Sql = $"""
        SELECT id, slug, name, parent_id, department, path, blurb, sort_order FROM categories ORDER BY cardinality(path), sort_order, id;
        SELECT id, slug, name FROM brands;
        SELECT p.id, p.category_id, p.brand_id, p.species, p.life_stages, p.diet_tags, p.price_minor, p.prior_price_minor > p.price_minor, p.in_stock, p.rating_count, p.rating_sum,
               p.released_on, p.name, p.search_text, coalesce(s.buyers_365d, 0) * 10::bigint + coalesce(s.views_30d, 0) + p.rating_sum
        FROM products p LEFT JOIN product_stats s ON s.product_id = p.id
        WHERE p.is_active AND p.sku_count > 0;
        SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm'), EXISTS (SELECT FROM shoppers WHERE normalized_user_name = '{DemoStaff.AdministratorKey}')
        """;

    public async Task<Shelf> ReadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var categories = await ReadCategoriesAsync(reader, cancel);
        await reader.NextResultAsync(cancel);
        var brands = new Dictionary<int, (string Slug, string Name)>();
        while (await reader.ReadAsync(cancel))
            brands.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        await reader.NextResultAsync(cancel);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancel))
            rows.Add(ReadRow(reader));
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return Arrange(categories, brands, rows, reader.GetBoolean(0), reader.GetBoolean(1));
    }

    private static async Task<List<ShelfCategory>> ReadCategoriesAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var byId = new Dictionary<int, ShelfCategory>();
        while (await reader.ReadAsync(cancel))
        {
            var depth = reader.GetFieldValue<string[]>(5).Length - 1;
            var category = new ShelfCategory(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(4), reader.GetString(6), depth, reader.GetInt32(7));
            if (!reader.IsDBNull(3) && byId.TryGetValue(reader.GetInt32(3), out var parent))
            {
                category.Path.AddRange(parent.Path);
                parent.Children.Add(category);
            }
            category.Path.Add(category);
            byId.Add(category.Id, category);
        }
        return [.. byId.Values];
    }

    private static Row ReadRow(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), r.GetFieldValue<string[]>(3), r.GetFieldValue<string[]>(4), r.GetFieldValue<string[]>(5), r.GetInt64(6),
        !r.IsDBNull(7) && r.GetBoolean(7), r.GetBoolean(8), r.GetInt32(9), r.GetInt32(10), r.GetFieldValue<DateOnly>(11), r.GetString(12), r.GetString(13), r.GetInt64(14));

    private static Shelf Arrange(List<ShelfCategory> categories, Dictionary<int, (string Slug, string Name)> brands, List<Row> rows, bool hasTrigrams, bool isDemo)
    {
        // What is sold out comes last, whatever it was worth.
        rows.Sort((a, b) => (b.InStock, b.Popularity, a.Id).CompareTo((a.InStock, a.Popularity, b.Id)));
        FillCategories(categories, rows);
        return new Shelf([.. rows.Select(r => r.Id)], categories, Facets(brands, rows), Orders(rows),
            Vocabulary.Of([.. rows.Select(r => r.Name), .. rows.Select(r => r.SearchText), .. categories.Select(c => $"{c.Name} {c.Blurb}")])) { HasTrigrams = hasTrigrams, IsDemo = isDemo };
    }

    private static void FillCategories(List<ShelfCategory> categories, List<Row> rows)
    {
        var byId = categories.ToDictionary(c => c.Id);
        foreach (var category in categories)
            category.Products = new Bits(rows.Count);
        for (var i = 0; i < rows.Count; i++)
            foreach (var category in byId[rows[i].CategoryId].Path)
                category.Products[i] = true;
        foreach (var category in categories)
            category.Count = category.Products.Count();
    }

    private static Facet[] Facets(Dictionary<int, (string Slug, string Name)> brands, List<Row> rows)
    {
        Facet Of(string key, string label, IEnumerable<(string Slug, string Label, Func<Row, bool> Fits)> values) => new(key, label,
            [.. values.Select(v => new FacetValue(v.Slug, v.Label, Set(rows, v.Fits))).Where(v => v.Products.Count() > 0)]);
        return
        [
            Of("species", "For", Terms(rows, r => r.Species)),
            new("brand", "Brand", [.. rows.Select((r, i) => (r.BrandId, i)).GroupBy(p => p.BrandId).Select(g => (Brand: brands[g.Key], Positions: g)).OrderBy(b => b.Brand.Name, StringComparer.OrdinalIgnoreCase)
                .Select(b => { var set = new Bits(rows.Count); foreach (var p in b.Positions) set[p.i] = true; return new FacetValue(b.Brand.Slug, b.Brand.Name, set); })]),
            Of("age", "Life stage", Words.LifeStages.Select(s => (s, Words.Say(s), (Func<Row, bool>)(r => r.LifeStages.Contains(s))))),
            Of("diet", "Diet and needs", Terms(rows, r => r.DietTags)),
            Of("price", "Price", PriceBand.Of(Money.DefaultCurrency).Select(b => (b.Slug, b.Label, (Func<Row, bool>)(r => r.PriceMinor >= b.From && r.PriceMinor < b.To)))),
            Of("rating", "Rating", [("4", "4 stars and up", r => r.RatingCount > 0 && r.RatingSum >= 4.0 * r.RatingCount), ("3", "3 stars and up", r => r.RatingCount > 0 && r.RatingSum >= 3.0 * r.RatingCount)]),
            Of("only", "Only show", [("stock", "In stock", r => r.InStock), ("offer", "Reduced", r => r.Reduced)]),
        ];
    }

    private static IEnumerable<(string, string, Func<Row, bool>)> Terms(List<Row> rows, Func<Row, string[]> terms) => rows.SelectMany(terms).Distinct(StringComparer.Ordinal)
        .Select(t => (t, Words.Say(t), (Func<Row, bool>)(r => terms(r).Contains(t)))).OrderBy(t => t.Item2, StringComparer.OrdinalIgnoreCase);

    private static Bits Set(List<Row> rows, Func<Row, bool> fits)
    {
        var set = new Bits(rows.Count);
        for (var i = 0; i < rows.Count; i++)
            set[i] = fits(rows[i]);
        return set;
    }

    private static FrozenDictionary<Order, int[]> Orders(List<Row> rows)
    {
        int[] By<T>(Func<Row, T> key) => [.. Enumerable.Range(0, rows.Count).OrderBy(i => key(rows[i])).ThenBy(i => i)];
        // A few ratings are pulled towards 4 of 5, so that one enthusiastic buyer does not outrank forty content ones.
        return new Dictionary<Order, int[]>
        {
            [Order.PriceUp] = By(r => r.PriceMinor),
            [Order.PriceDown] = By(r => -r.PriceMinor),
            [Order.Rating] = By(r => -(r.RatingSum + 20.0) / (r.RatingCount + 5)),
            [Order.New] = By(r => -r.ReleasedOn.DayNumber),
        }.ToFrozenDictionary();
    }
}
