using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.Data.Models;

namespace PetShop.Web.Areas.Admin.Pages.Merchandising;

/// <summary>Every rule that merchandisers made for rails, with what thirty days brought.</summary>
public sealed class IndexModel(PetShopDb db, TimeProvider clock) : PageModel
{
    public sealed record Row(MerchandisingRule Rule, string Does, string? Segment, int Shown, int Clicked);

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var rules = await db.MerchandisingRules.AsNoTracking().OrderByDescending(r => r.IsActive).ThenByDescending(r => r.Priority).ThenBy(r => r.Id).ToListAsync(cancel);
        if (rules.Count == 0)
            return;
        var segments = await db.Segments.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        var brands = await db.Brands.AsNoTracking().ToDictionaryAsync(b => b.Id, b => b.Name, cancel);
        var results = await ResultsAsync(cancel);
        Rows = [.. rules.Select(r =>
        {
            var (shown, clicked) = results.GetValueOrDefault(r.Id);
            return new Row(r, Does(r, brands), r.SegmentId is { } segment ? segments.GetValueOrDefault(segment) : null, shown, clicked);
        })];
    }

    private async Task<Dictionary<int, (int Shown, int Clicked)>> ResultsAsync(CancellationToken cancel)
    {
        var since = Now.AddDays(-30);
        var counts = await db.Events.AsNoTracking()
            .Where(e => e.OccurredAt >= since && (e.Type == EventType.RailImpression || e.Type == EventType.RailClicked) && e.Strategy != null && (e.Strategy.StartsWith("pin-") || e.Strategy.Contains(" boost-")))
            .GroupBy(e => e.Strategy!).Select(g => new { g.Key, Shown = g.Count(e => e.Type == EventType.RailImpression), Clicked = g.Count(e => e.Type == EventType.RailClicked) }).ToListAsync(cancel);
        Dictionary<int, (int, int)> results = [];
        foreach (var count in counts)
            if (int.TryParse(count.Key[(count.Key.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture, out var id))
                results[id] = (results.GetValueOrDefault(id).Item1 + count.Shown, results.GetValueOrDefault(id).Item2 + count.Clicked);
        return results;
    }

    private static string Does(MerchandisingRule r, Dictionary<int, string> brands)
    {
        List<string> what = [];
        if (r.ProductIds.Length > 0)
            what.Add(r.ProductIds.Length == 1 ? "one product" : $"{r.ProductIds.Length} products");
        if (r.BrandId is { } brand)
            what.Add($"{brands.GetValueOrDefault(brand, "a deleted brand")}{(r.ProductCategory is null ? "" : $" in {r.ProductCategory}")}");
        else if (r.ProductCategory is not null)
            what.Add(r.ProductCategory);
        var objects = string.Join(" and ", what);
        return r.Kind switch
        {
            MerchandisingKind.Pin => $"Puts {objects} into place {r.Position}",
            MerchandisingKind.Boost => $"{(r.Strength >= 0 ? "Lifts" : "Lowers")} {objects} by {Math.Abs(r.Strength)} %",
            _ => $"Keeps {objects} away",
        };
    }
}
