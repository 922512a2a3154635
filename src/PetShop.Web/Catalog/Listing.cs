using Microsoft.Extensions.Primitives;

namespace PetShop.Web.Catalog;

/// <summary>A value of a facet on a page: how many products it would leave, whether it is chosen, and where choosing it leads.</summary>
public sealed record ListingValue(string Slug, string Label, int Count, bool Chosen);

/// <summary>A facet on a page, with the values that lead somewhere.</summary>
public sealed record ListingFacet(string Key, string Label, IReadOnlyList<ListingValue> Values);

/// <summary>Something chosen, with the address of the page without it.</summary>
public sealed record ListingChip(string Label, string UrlWithout);

/// <summary>One page of a narrowed and sorted list of products, with everything the panel beside it shows; all of its state is in the address.</summary>
public sealed class Listing
{
    public const int PageSize = 24;
    private static readonly (Order Order, string Slug, string Label)[] SortOrders =
        [(Order.Popular, "", "What others buy"), (Order.PriceUp, "price", "Price, low to high"), (Order.PriceDown, "price-down", "Price, high to low"), (Order.Rating, "rating", "Best rated"), (Order.New, "new", "Newest")];

    private readonly string _path;
    private readonly List<KeyValuePair<string, string>> _state = [];

    /// <param name="within">The products to choose among: a category, or what a search found.</param>
    /// <param name="ranking">Product ids, best first, in place of popularity; for searches.</param>
    public Listing(Shelf shelf, Bits within, string path, IQueryCollection query, IReadOnlyList<int>? ranking = null)
    {
        _path = path;
        if (query.TryGetValue("q", out var q) && !StringValues.IsNullOrEmpty(q))
            _state.Add(new("q", q.ToString()));
        var chosen = shelf.Facets.Select(f => (Facet: f, Values: f.Values.Where(v => query[f.Key].Contains(v.Slug)).ToList())).ToList();
        foreach (var (facet, values) in chosen)
            _state.AddRange(values.Select(v => new KeyValuePair<string, string>(facet.Key, v.Slug)));
        var sort = SortOrders.FirstOrDefault(s => s.Slug == query["sort"].ToString(), SortOrders[0]);
        Sort = sort.Slug;
        if (Sort.Length > 0)
            _state.Add(new("sort", Sort));
        Sorts = [.. SortOrders.Select(s => (s.Slug, ranking is not null && s.Order == Order.Popular ? "Best match" : s.Label))];

        var matches = chosen.Aggregate(within.Copy(), (set, c) => c.Values.Count == 0 ? set : set.And(Union(c.Values, within.Length)));
        Total = matches.Count();
        Pages = Math.Max(1, (Total + PageSize - 1) / PageSize);
        Page = Math.Clamp(int.TryParse(query["page"], out var page) ? page : 1, 1, Pages);
        Facets = [.. chosen.Select((c, i) => Count(c.Facet, c.Values, Others(chosen, i, within))).OfType<ListingFacet>()];
        Chips = [.. chosen.SelectMany(c => c.Values.Select(v => new ListingChip(v.Label, Url(1, without: new(c.Facet.Key, v.Slug)))))];
        ProductIds = [.. Sorted(shelf, matches, sort.Order, ranking).Skip((Page - 1) * PageSize).Take(PageSize)];
    }

    public int Total { get; }
    public int Page { get; }
    public int Pages { get; }
    public string Sort { get; }
    public IReadOnlyList<(string Slug, string Label)> Sorts { get; }
    public IReadOnlyList<ListingFacet> Facets { get; }
    public IReadOnlyList<ListingChip> Chips { get; }

    /// <summary>Whether nothing was narrowed, sorted or turned yet; what follows is the same look, and no second one.</summary>
    public bool IsFirstLook => Chips.Count == 0 && Page == 1 && Sort.Length == 0;

    /// <summary>The products of this page, in order.</summary>
    public IReadOnlyList<int> ProductIds { get; }

    /// <summary>The cards of <see cref="ProductIds"/>, once read.</summary>
    public IReadOnlyList<ProductCard> Cards { get; set; } = [];

    /// <summary>Where the panel's form sends its choices.</summary>
    public string Path => _path;

    /// <summary>The words searched for, kept through every choice.</summary>
    public string? Query => _state.FirstOrDefault(s => s.Key == "q").Value;

    /// <summary>This list with nothing chosen; its words and its order stay.</summary>
    public string ClearUrl => Address(_state.Where(s => s.Key is "q" or "sort"));

    /// <summary>This list at another page, or without one of its choices.</summary>
    public string Url(int page, KeyValuePair<string, string>? without = null)
    {
        var parts = _state.Where(s => without is null || !s.Equals(without.Value));
        return Address(page > 1 ? parts.Append(new("page", $"{page}")) : parts);
    }

    private string Address(IEnumerable<KeyValuePair<string, string>> parts) =>
        string.Join('&', parts.Select(s => $"{s.Key}={Uri.EscapeDataString(s.Value)}")) is { Length: > 0 } state ? $"{_path}?{state}" : _path;

    private static Bits Union(List<FacetValue> values, int length) =>
        values.Count == 1 ? values[0].Products : values.Aggregate(new Bits(length), (set, v) => set.Or(v.Products));

    /// <summary>What every other facet leaves: the set that a facet's own values are counted in.</summary>
    private static Bits Others(List<(Facet Facet, List<FacetValue> Values)> chosen, int own, Bits within)
    {
        Bits? set = null;
        for (var i = 0; i < chosen.Count; i++)
            if (i != own && chosen[i].Values.Count > 0)
                set = (set ?? within.Copy()).And(Union(chosen[i].Values, within.Length));
        return set ?? within;
    }

    /// <summary>A facet with the values that lead somewhere; null when none is chosen and none would leave anything out.</summary>
    private static ListingFacet? Count(Facet facet, List<FacetValue> chosen, Bits among)
    {
        ListingValue[] values = [.. facet.Values.Select(v => new ListingValue(v.Slug, v.Label, v.Products.CountWith(among), chosen.Contains(v))).Where(v => v.Count > 0 || v.Chosen)];
        var all = among.Count();
        return chosen.Count > 0 || values.Any(v => v.Count < all) ? new(facet.Key, facet.Label, values) : null;
    }

    private static IEnumerable<int> Sorted(Shelf shelf, Bits matches, Order order, IReadOnlyList<int>? ranking)
    {
        if (order == Order.Popular)
            return ranking is null
                ? matches.Positions().Select(p => shelf.ProductIds[p])
                : ranking.Where(id => shelf.PositionOf.TryGetValue(id, out var position) && matches[position]);
        return shelf.Orders.TryGetValue(order, out var positions) ? positions.Where(p => matches[p]).Select(p => shelf.ProductIds[p]) : [];
    }
}
