using Npgsql;

namespace PetShop.Benchmarks;

/// <summary>Makes a small catalogue large: copies of every product under other names, in the same categories and of the same brands.</summary>
public static class CatalogueGrowth
{
    public static async Task MultiplyAsync(NpgsqlDataSource source, int times)
    {
        Console.WriteLine($"Growing the catalogue {times} times");
        await using var command = source.CreateCommand(
            """
            INSERT INTO products (slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens,
                                  kcal_per_100g, ration, seasons, is_medicine, illustration, released_on, is_active, search_text)
            SELECT p.slug || '-' || n, p.name || ' No. ' || n, p.brand_id, p.category_id, p.department, p.species, p.life_stages, p.dog_sizes, p.summary, p.description, p.diet_tags,
                   p.ingredients, p.allergens, p.kcal_per_100g, p.ration, p.seasons, p.is_medicine, p.illustration, p.released_on, p.is_active, p.search_text
            FROM products p CROSS JOIN generate_series(2, $1) n;
            """);
        command.Parameters.AddWithValue(times);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
        await using var skus = source.CreateCommand(
            """
            INSERT INTO skus (product_id, code, gtin, label, flavour, size, colour, pack_grams, pack_ml, pack_count, price_minor, cost_minor, stock, is_active, sort_order)
            SELECT copy.id, k.code || '-' || copy.id, NULL, k.label, k.flavour, k.size, k.colour, k.pack_grams, k.pack_ml, k.pack_count, k.price_minor + copy.id % 97, k.cost_minor, k.stock, k.is_active, k.sort_order
            FROM products copy JOIN products p ON copy.slug ~ '-[0-9]+$' AND p.slug = regexp_replace(copy.slug, '-[0-9]+$', '') JOIN skus k ON k.product_id = p.id
            WHERE NOT EXISTS (SELECT FROM skus x WHERE x.product_id = copy.id);
            ANALYZE
            """);
        skus.CommandTimeout = 600;
        await skus.ExecuteNonQueryAsync();
    }
}
