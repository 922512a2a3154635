namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>The small catalogue that the raw events speak of.</summary>
internal static class RawCatalogue
{
    public const string Sql = """
        INSERT INTO categories (id, slug, name, parent_id, department, path, blurb, sort_order) VALUES
            (1, 'dog', 'd', NULL, 'dog', '{dog}', '', 1), (2, 'dog-food', 'd', 1, 'dog', '{dog,dog-food}', '', 2), (3, 'dry-dog-food', 'd', 2, 'dog', '{dog,dog-food,dry-dog-food}', '', 3),
            (4, 'cat', 'c', NULL, 'cat', '{cat}', '', 4), (5, 'cat-litter', 'c', 4, 'cat', '{cat,cat-litter}', '', 5);
        INSERT INTO brands (id, slug, name, blurb, hue, secondary_hue) VALUES (1, 'northpaw', 'n', '', 1, 1), (2, 'zz', 'z', '', 1, 1);
        INSERT INTO products (id, slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens, ration, seasons, is_medicine, illustration, released_on, is_active, search_text)
        SELECT id, 'p' || id, 'p', brand, category, department, '{}', '{}', '{}', '', '', '{}', '{}', '{}', 0, '{}', false, 'parcel', '2026-01-01', id <> 118, ''
        FROM (VALUES (117, 1, 3, 'dog'), (118, 2, 5, 'cat'), (119, 1, 1, 'dog'), (120, 2, 4, 'cat')) p (id, brand, category, department);
        INSERT INTO shopper_lists (slug, name, note, updated_at, updated_by) SELECT k, k, '', now(), '' FROM unnest('{vip-2026,kittens}'::text[]) k
        """;

    private static readonly Dictionary<int, string[]> Categories = new()
    {
        [1] = ["dog"], [2] = ["dog", "dog-food"], [3] = ["dog", "dog-food", "dry-dog-food"], [4] = ["cat"], [5] = ["cat", "cat-litter"],
    };

    private static readonly Dictionary<int, (string Brand, int Category, string Department)> Products = new()
    {
        [117] = ("northpaw", 3, "dog"), [118] = ("zz", 5, "cat"), [119] = ("northpaw", 1, "dog"), [120] = ("zz", 4, "cat"),
    };

    public static string? Brand(RawEvent e) => e.ProductId is { } id && Products.TryGetValue(id, out var product) ? product.Brand : null;

    public static string? Department(RawEvent e) => e.ProductId is { } id && Products.TryGetValue(id, out var product) ? product.Department : null;

    /// <summary>From the department down: the event's own category, else its product's.</summary>
    public static string[] Path(RawEvent e)
    {
        var category = e.CategoryId ?? (e.ProductId is { } id && Products.TryGetValue(id, out var product) ? product.Category : null);
        return category is { } known && Categories.TryGetValue(known, out var path) ? path : [];
    }
}
