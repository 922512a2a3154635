using Npgsql;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>Reads the catalogue with its sales figures, in one round trip.</summary>
public static class CatalogueReader
{
    private const string Sql =
        """
        SELECT p.id, p.slug, p.name, p.brand_id, p.category_id, p.department, c.path, p.species, p.life_stages, p.dog_sizes, p.allergens, p.ingredients,
               p.seasons, p.is_medicine, p.in_stock, p.released_on, p.rating_count, p.kcal_per_100g, p.ration = 2,
               coalesce(s.views_30d, 0), coalesce(s.buyers_30d, 0), coalesce(s.buyers_365d, 0), coalesce(s.trending, 0), coalesce(s.repeaters_365d, 0),
               coalesce(s.shown_30d, 0), coalesce(s.clicked_30d, 0)
        FROM products p JOIN categories c ON c.id = p.category_id LEFT JOIN product_stats s ON s.product_id = p.id
        WHERE p.is_active
        """;

    public static async Task<Catalogue> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql + "; SELECT slug, name FROM categories");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<ProductFacts> products = [];
        Dictionary<string, string[]> shared = [];
        while (await reader.ReadAsync(cancel))
            products.Add(Read(reader, shared));
        Dictionary<string, string> categories = [];
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            categories[reader.GetString(0)] = reader.GetString(1);
        return new Catalogue(products, categories);
    }

    private static ProductFacts Read(NpgsqlDataReader row, Dictionary<string, string[]> shared)
    {
        return new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5), Words(6))
        {
            Species = Words(7), LifeStages = Words(8), DogSizes = Words(9), Allergens = Words(10), Ingredients = Words(11), Seasons = Words(12),
            IsMedicine = row.GetBoolean(13), InStock = row.GetBoolean(14), ReleasedOn = row.GetFieldValue<DateOnly>(15), RatingCount = row.GetInt32(16),
            KcalPer100g = row.IsDBNull(17) ? null : row.GetInt32(17), IsCompleteFood = row.GetBoolean(18),
            Views30d = row.GetInt32(19), Buyers30d = row.GetInt32(20), Buyers365d = row.GetInt32(21), Trending = row.GetFloat(22), Repeaters365d = row.GetInt32(23),
            Shown30d = row.GetInt32(24), Clicked30d = row.GetInt32(25),
        };

        // Most products share their short lists with others; one copy of each is enough.
        string[] Words(int ordinal)
        {
            var words = row.GetFieldValue<string[]>(ordinal);
            var key = string.Join('\n', words);
            return shared.TryGetValue(key, out var known) ? known : shared[key] = words;
        }
    }
}
