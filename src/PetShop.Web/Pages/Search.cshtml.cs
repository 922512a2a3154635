using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data.Events;
using PetShop.Web.Catalog;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages;

/// <summary>Search results with facets, suggestions while typing, and help when nothing was found.</summary>
public sealed class SearchModel(ShelfKeeper shelves, ProductFinder finder, ProductCards cards, EventRecorder events) : PageModel
{
    private const int SuggestedProducts = 5;
    private const int ShownPlaces = 6;

    /// <summary>The words as typed, trimmed.</summary>
    public string Q { get; private set; } = "";

    public Found Found { get; private set; } = Found.Nothing;

    /// <summary>Nobody could be asked what answers to the words.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Null when there is nothing to list.</summary>
    public Listing? Listing { get; private set; }

    /// <summary>Categories and brands that answer to the words, or the biggest categories when nothing was found.</summary>
    public IReadOnlyList<(string Name, string Url)> Places { get; private set; } = [];

    public async Task OnGetAsync(string? q, CancellationToken cancel)
    {
        Q = Trim(q);
        var shelf = await shelves.GetAsync(cancel);
        if (Q.Length > 0)
            Found = await FindAsync(shelf, cancel);
        if (Found.ProductIds.Count > 0)
            Listing = new(shelf, shelf.SetOf(Found.ProductIds), "/search", Request.Query, Found.ProductIds);
        if (Q.Length > 0 && !IsAway && IsFirstLook)
            events.Record(EventType.Searched, set: e => (e.Query, e.ResultCount) = (Q, Found.ProductIds.Count));
        if (Listing is null)
        {
            Places = [.. shelf.Categories.Values.Where(c => c.Depth == 2).OrderByDescending(c => c.Count).Take(ShownPlaces * 2).Select(c => ($"{c.Name} · {c.Path[0].Name}", c.Url))];
            return;
        }
        Places = PlacesFor(shelf, Found.Corrected ?? Q);
        Listing.Cards = await cards.ReadAsync(Listing.ProductIds, User, cancel);
    }

    // A suggested brand leads to its name with the brand chosen: that is somebody's first look, too.
    private bool IsFirstLook => Listing is null or { IsFirstLook: true }
        || (Listing is { Page: 1, Sort: "", Chips: [var brand] } && brand.Label.Equals(Q, StringComparison.OrdinalIgnoreCase));

    private async Task<Found> FindAsync(Shelf shelf, CancellationToken cancel)
    {
        try
        {
            return await finder.FindAsync(shelf, Q, cancel);
        }
        catch (Exception e) when (DatabaseAway.Explains(e))
        {
            IsAway = true;
            HttpContext.SayAway();
            return Found.Nothing;
        }
    }

    /// <summary>What drops down under the search field.</summary>
    public async Task<IActionResult> OnGetSuggestAsync(string? q, CancellationToken cancel)
    {
        var typed = Trim(q);
        if (typed.Length < 2)
            return Content("", "text/html");
        var shelf = await shelves.GetAsync(cancel);
        try
        {
            var found = await finder.FindAsync(shelf, typed, cancel);
            var products = await cards.ReadAsync([.. found.ProductIds.Where(shelf.PositionOf.ContainsKey).Take(SuggestedProducts)], null, cancel);
            return Partial("_Suggestions", new Suggestions(typed, found.Corrected, PlacesFor(shelf, found.Corrected ?? typed), products));
        }
        catch (Exception e) when (DatabaseAway.Explains(e))
        {
            // Nobody asked for suggestions: a notice at every letter would be worse than none.
            return Content("", "text/html");
        }
    }

    private static string Trim(string? q) => q is null ? "" : (q.Length > 100 ? q[..100] : q).Trim();

    private static IReadOnlyList<(string Name, string Url)> PlacesFor(Shelf shelf, string words)
    {
        var wanted = Vocabulary.Split(words).ToList();
        bool Answers(string name) => wanted.Any(w => w.Length > 2 && Vocabulary.Split(name).Any(n => n.StartsWith(w.TrimEnd('s'), StringComparison.Ordinal)));
        var categories = shelf.Categories.Values.Where(c => c.Depth > 0 && c.Count > 0 && Answers(c.Name)).OrderByDescending(c => c.Count).Select(c => ($"{c.Name} · {c.Path[0].Name}", c.Url));
        var brands = shelf.Facets.Where(f => f.Key == "brand").SelectMany(f => f.Values).Where(b => Answers(b.Label)).Select(b => (b.Label, $"/search?q={Uri.EscapeDataString(b.Label)}&brand={b.Slug}"));
        return [.. brands.Concat(categories).Take(ShownPlaces)];
    }
}

/// <summary>Suggestions for words being typed.</summary>
public sealed record Suggestions(string Typed, string? Corrected, IReadOnlyList<(string Name, string Url)> Places, IReadOnlyList<ProductCard> Products);
