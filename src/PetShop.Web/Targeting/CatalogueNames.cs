using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Something of the catalogue that rules name by its key.</summary>
/// <param name="Name">For people; of a category, with those above it.</param>
public sealed record CatalogueName(string Key, string Name);

/// <summary>What the shop has of each kind that rules name.</summary>
public sealed record CatalogueNames(IReadOnlyList<CatalogueName> Categories, IReadOnlyList<CatalogueName> Departments, IReadOnlyList<CatalogueName> Brands)
{
    public CatalogueKeys Keys => new(Set(Categories), Set(Departments), Set(Brands));

    private static HashSet<string> Set(IReadOnlyList<CatalogueName> names) => names.Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Reads the names of categories, departments and brands for whoever edits rules.</summary>
public sealed class CatalogueNameReader(NpgsqlDataSource source)
{
    private const string Sql = """
        SELECT c.slug, (SELECT string_agg(a.name, ' › ' ORDER BY array_position(c.path, a.slug)) FROM categories a WHERE a.slug = ANY(c.path)), c.parent_id IS NULL, false FROM categories c
        UNION ALL SELECT slug, name, false, true FROM brands ORDER BY 2, 1
        """;

    public async Task<CatalogueNames> ReadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var (categories, departments, brands) = (new List<CatalogueName>(), new List<CatalogueName>(), new List<CatalogueName>());
        while (await row.ReadAsync(cancel))
        {
            var name = new CatalogueName(row.GetString(0), row.IsDBNull(1) ? row.GetString(0) : row.GetString(1));
            (row.GetBoolean(3) ? brands : categories).Add(name);
            if (row.GetBoolean(2))
                departments.Add(name);
        }
        return new(categories, departments, brands);
    }
}
