using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Data.Pricing;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Areas.Admin.Pages.Offers;

/// <summary>Every offer: what it says, whether it holds and, where it was stopped, why.</summary>
public sealed class IndexModel(PetShopDb db, ActiveRules rules, OfferSaving saving, ShelfKeeper shelves, TimeProvider clock) : PageModel
{
    /// <param name="Faults">What keeps it from holding, with how to mend it.</param>
    public sealed record Row(PriceOffer Offer, string Segments, IReadOnlyList<string> Faults, int Orders, long DiscountMinor)
    {
        public bool IsStopped => Offer.IsActive && Faults.Count > 0;
    }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public Shelf Shelf { get; private set; } = Shelf.Empty;
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Shelf = await shelves.GetAsync(cancel);
        var book = (await rules.GetAsync(cancel)).Offers;
        var names = await db.Segments.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        var since = Now.AddDays(-30);
        var sold = await db.OrderLines.AsNoTracking().Where(l => l.PriceOfferId != null)
            .Join(db.Orders.Where(o => o.Status != OrderStatus.Cancelled && o.PlacedAt >= since), l => l.OrderId, o => o.Id, (l, o) => l)
            .GroupBy(l => l.PriceOfferId!.Value).Select(g => new { g.Key, Orders = g.Select(l => l.OrderId).Distinct().Count(), Discount = g.Sum(l => (l.BasePriceMinor - l.UnitPriceMinor) * l.Quantity) })
            .ToDictionaryAsync(g => g.Key, cancel);
        Rows = [.. (await db.PriceOffers.AsNoTracking().ToListAsync(cancel)).OrderByDescending(o => o.IsActive).ThenBy(o => o.Name, StringComparer.OrdinalIgnoreCase).Select(o => new Row(
            o, string.Join(", ", o.SegmentIds.Select(id => names.GetValueOrDefault(id, "a deleted segment"))), book.FaultsOf(o), sold.GetValueOrDefault(o.Id)?.Orders ?? 0, sold.GetValueOrDefault(o.Id)?.Discount ?? 0))];
    }

    /// <summary>Switches an offer on, where it may be, or off.</summary>
    public async Task<IActionResult> OnPostSwitchAsync(int id, bool on, CancellationToken cancel)
    {
        if (await db.PriceOffers.SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } offer)
            return NotFound();
        if (on && (await rules.RefreshAsync(cancel)).Offers.FaultsOf(offer) is { Count: > 0 } faults)
        {
            TempData["Toast"] = $"“{offer.Name}” stays off. {string.Join(" ", faults)}";
            return Redirect("/admin/offers");
        }
        var before = OfferSaving.Terms(offer);
        offer.IsActive = on;
        TempData["Toast"] = !await saving.SaveAsync(offer, before, AuditLog.Who(HttpContext), cancel) ? "Somebody else saved this offer at the same moment. Look again."
            : on ? $"“{offer.Name}” is on: its members see their prices from now on." : $"“{offer.Name}” is off: everyone sees the public price from now on.";
        return Redirect("/admin/offers");
    }
}
