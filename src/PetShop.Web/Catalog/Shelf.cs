using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace PetShop.Web.Catalog;

/// <summary>A node of the category tree as pages need it.</summary>
/// <param name="Path">From the department down, this category included.</param>
public sealed record ShelfCategory(int Id, string Slug, string Name, string Department, string Blurb, int Depth, int SortOrder)
{
    public List<ShelfCategory> Path { get; } = [];
    public List<ShelfCategory> Children { get; } = [];

    /// <summary>Products here and below.</summary>
    public Bits Products { get; set; } = new(0);

    public int Count { get; set; }

    /// <summary>Address of the category's page.</summary>
    public string Url => Depth == 0 ? $"/shop/{Slug}" : $"/shop/{Department}/{Slug}";
}

/// <summary>One value that a facet can be narrowed to.</summary>
public sealed record FacetValue(string Slug, string Label, Bits Products);

/// <summary>A question a list of products can be narrowed by; several values of one facet widen each other.</summary>
/// <param name="Key">Its name in the address.</param>
public sealed record Facet(string Key, string Label, IReadOnlyList<FacetValue> Values);

/// <summary>What the shop sells, as facets, orders and words: an immutable picture of the catalogue in memory.</summary>
/// <remarks>
/// Lists and facet counts are set operations here, so that they cost the same with 400 products as with 40,000;
/// what a card says (price, stock) is read from the database by key when the page is made.
/// Positions are in order of popularity.
/// </remarks>
public sealed class Shelf
{
    public static Shelf Empty { get; } = new([], [], [], FrozenDictionary<Order, int[]>.Empty, Vocabulary.Empty);

    public Shelf(int[] productIds, IReadOnlyList<ShelfCategory> categories, IReadOnlyList<Facet> facets, IReadOnlyDictionary<Order, int[]> orders, Vocabulary words)
    {
        ProductIds = productIds;
        Orders = orders;
        Facets = facets;
        Words = words;
        Categories = categories.ToFrozenDictionary(c => c.Slug, StringComparer.Ordinal);
        Departments = [.. categories.Where(c => c.Depth == 0).OrderBy(c => c.SortOrder)];
        PositionOf = productIds.Select((id, position) => (id, position)).ToFrozenDictionary(p => p.id, p => p.position);
        CategoriesById = categories.ToFrozenDictionary(c => c.Id);
    }

    /// <summary>Product at each position.</summary>
    public int[] ProductIds { get; }

    public FrozenDictionary<int, int> PositionOf { get; }
    public FrozenDictionary<string, ShelfCategory> Categories { get; }
    public FrozenDictionary<int, ShelfCategory> CategoriesById { get; }
    public IReadOnlyList<ShelfCategory> Departments { get; }

    internal IReadOnlyList<Department>? Looks { get; set; }

    public IReadOnlyList<Facet> Facets { get; }

    /// <summary>Positions in each order but popularity, which is the order of positions.</summary>
    public IReadOnlyDictionary<Order, int[]> Orders { get; }

    public Vocabulary Words { get; }

    /// <summary>Whether the server has pg_trgm.</summary>
    public bool HasTrigrams { get; init; }

    /// <summary>Whether the shop was filled as the demonstration.</summary>
    public bool IsDemo { get; init; }

    /// <summary>What searches over this shelf have found, by their words.</summary>
    internal ConcurrentDictionary<string, Found> Searches { get; } = new(StringComparer.Ordinal);

    /// <summary>The set of these products; unknown ones are left out.</summary>
    public Bits SetOf(IEnumerable<int> productIds)
    {
        var set = new Bits(ProductIds.Length);
        foreach (var id in productIds)
            if (PositionOf.TryGetValue(id, out var position))
                set[position] = true;
        return set;
    }
}

/// <summary>How a list of products is sorted.</summary>
public enum Order { Popular, PriceUp, PriceDown, Rating, New }
