using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Banners;

/// <summary>Every banner by placement, the first to be asked on top, with what thirty days brought.</summary>
public sealed class IndexModel(PetShopDb db, TimeProvider clock) : PageModel
{
    public sealed record Row(Banner Banner, string Segments, string Excluded, int Shown, int Clicked, bool IsTested);

    public IReadOnlyList<(Placement Placement, IReadOnlyList<Row> Rows)> Groups { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var names = await db.Segments.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        var since = Now.AddDays(-30);
        var results = await db.Events.AsNoTracking()
            .Where(e => e.OccurredAt >= since && (e.Type == Data.Events.EventType.BannerImpression || e.Type == Data.Events.EventType.BannerClicked) && e.BannerId != null)
            .GroupBy(e => e.BannerId!.Value)
            .Select(g => new { g.Key, Shown = g.Count(e => e.Type == Data.Events.EventType.BannerImpression), Clicked = g.Count(e => e.Type == Data.Events.EventType.BannerClicked) })
            .ToDictionaryAsync(g => g.Key, cancel);
        var tested = (await db.BannerExperiments.AsNoTracking().Where(t => t.EndedAt == null).Select(t => t.BannerId).ToListAsync(cancel)).ToHashSet();
        var banners = await db.Banners.AsNoTracking().OrderByDescending(b => b.Priority).ThenBy(b => b.Id).ToListAsync(cancel);
        string Names(int[] ids) => string.Join(", ", ids.Select(id => names.GetValueOrDefault(id, "a deleted segment")));
        Groups = [.. Placement.All.Select(p => (p, (IReadOnlyList<Row>)[.. banners.Where(b => b.Placement == p.Key).Select(b =>
            new Row(b, Names(b.SegmentIds), Names(b.ExcludedSegmentIds), results.GetValueOrDefault(b.Id)?.Shown ?? 0, results.GetValueOrDefault(b.Id)?.Clicked ?? 0, tested.Contains(b.Id)))]))];
    }
}
