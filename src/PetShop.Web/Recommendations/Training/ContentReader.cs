using Npgsql;
using PetShop.Recommender.Content;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Reads what every active product is: its words, and its facts with the weight of their kind.</summary>
public static class ContentReader
{
    private const string Sql =
        """
        SELECT p.id, p.name, p.summary || ' ' || p.description, p.brand_id, c.path, p.species, p.life_stages, p.dog_sizes, p.diet_tags, p.allergens, p.ingredients,
               p.seasons, p.is_medicine
        FROM products p JOIN categories c ON c.id = p.category_id WHERE p.is_active
        """;

    // What a product is for decides most; an ingredient is one of many.
    private const float Leaf = 2, Branch = 1, Brand = 0.7f, Species = 2, Age = 1.5f, Size = 1, Diet = 1, Allergen = 0.7f, Ingredient = 0.5f, Season = 0.5f, Medicine = 1;

    public static async Task<IReadOnlyList<ContentItem>> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<ContentItem> products = [];
        while (await reader.ReadAsync(cancel))
            products.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), Facts(reader)));
        return products;
    }

    private static List<(string Fact, float Weight)> Facts(NpgsqlDataReader row)
    {
        List<(string, float)> facts = [($"brand:{row.GetInt32(3)}", Brand)];
        var path = row.GetFieldValue<string[]>(4);
        for (var level = 0; level < path.Length; level++)
            facts.Add(($"category:{path[level]}", level == path.Length - 1 ? Leaf : Branch));
        Add(5, "species", Species);
        Add(6, "age", Age);
        Add(7, "size", Size);
        Add(8, "diet", Diet);
        Add(9, "allergen", Allergen);
        Add(10, "ingredient", Ingredient);
        Add(11, "season", Season);
        if (row.GetBoolean(12))
            facts.Add(("medicine", Medicine));
        return facts;

        void Add(int ordinal, string kind, float weight)
        {
            foreach (var word in row.GetFieldValue<string[]>(ordinal))
                facts.Add(($"{kind}:{word}", weight));
        }
    }
}
