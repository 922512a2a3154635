using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Pricing;
using PetShop.Targeting.Pricing;
using PetShop.Web.Catalog;
using PetShop.Web.Pricing;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Areas.Admin.Pages.Offers;

/// <summary>Makes or edits an offer beside what it would do to the shop.</summary>
public sealed class EditModel(PetShopDb db, ActiveRules rules, OfferSaving saving, OfferEffects effects, ShelfKeeper shelves, IOptions<ShopOptions> shop) : PageModel
{
    public sealed record SegmentChoice(int Id, string Name, int? Members, IReadOnlyList<string> Faults);

    /// <summary>How the offer stood.</summary>
    public sealed record Version(int Number, DateTimeOffset At, string By, string What);

    [BindProperty] public OfferForm Input { get; set; } = new();
    public int? Id { get; private set; }
    public IReadOnlyList<SegmentChoice> Segments { get; private set; } = [];
    public Shelf Shelf { get; private set; } = Shelf.Empty;
    public OfferEffect? Effect { get; private set; }
    /// <summary>What keeps it from being switched on, or from holding while it is.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];
    public IReadOnlyList<string> Warnings { get; private set; } = [];
    public IReadOnlyList<Version> Versions { get; private set; } = [];
    public IReadOnlyList<string> ClockChanges => [.. new[] { Input.StartsAt, Input.EndsAt }.Select(t => shop.Value.ClockChange(t)).OfType<string>()];

    /// <param name="segment">From a segment's playbook: whom a new offer is for.</param>
    public async Task<IActionResult> OnGetAsync(int? id, int? segment, CancellationToken cancel)
    {
        var stored = id is null ? null : await db.PriceOffers.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel);
        if (id is not null && stored is null)
            return NotFound();
        Input = stored is null ? new() { SegmentIds = segment is { } member ? [member] : [] } : OfferForm.Of(stored, shop.Value);
        await LoadAsync(id, cancel);
        await ReckonAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        // Members may have been counted since this replica last looked.
        await rules.RefreshAsync(cancel);
        await LoadAsync(id, cancel);
        var products = await ReckonAsync(cancel);
        if (action != "save")
        {
            ModelState.Clear();
            return Page();
        }
        Check(products);
        if (!ModelState.IsValid)
            return Page();
        var offer = id is null ? db.PriceOffers.Add(new() { Name = "", Reason = "" }).Entity : await db.PriceOffers.SingleOrDefaultAsync(o => o.Id == id, cancel);
        if (offer is null)
            return NotFound();
        var before = id is null ? null : OfferSaving.Terms(offer);
        var isOld = id is not null && offer.Version != Input.Version;
        Input.Fill(offer, products.Ids, shop.Value);
        if (isOld || !await saving.SaveAsync(offer, before, AuditLog.Who(HttpContext), cancel))
        {
            ModelState.AddModelError("", "Somebody else saved this offer meanwhile. Open it in a second window, compare, and save again there.");
            return Page();
        }
        TempData["Toast"] = string.Join(" ", ClockChanges.Prepend(offer.IsActive ? "Saved. Its members see their prices from now on." : "Saved. It is off: nobody sees it."));
        return this.Leave($"/admin/offers/{offer.Id}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        if (await db.PriceOffers.SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } offer)
            return NotFound();
        await saving.DeleteAsync(offer, AuditLog.Who(HttpContext), cancel);
        TempData["Toast"] = "The offer is gone. Orders keep what was paid by it, and why.";
        return Redirect("/admin/offers");
    }

    private async Task LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        Shelf = await shelves.GetAsync(cancel);
        var book = (await rules.GetAsync(cancel)).Offers;
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.MemberCount }).ToListAsync(cancel);
        Segments = [.. segments.Select(s => new SegmentChoice(s.Id, s.Name, s.MemberCount, book.FaultsOf(s.Id)))];
        if (id is null)
            return;
        var versions = await db.PriceOfferVersions.AsNoTracking().Where(v => v.OfferId == id).OrderByDescending(v => v.Version).Take(20).ToListAsync(cancel);
        Versions = [.. versions.Select(v => new Version(v.Version, v.SavedAt, v.SavedBy, Say(v.Content)))];
    }

    /// <summary>Works out what the offer would do as typed.</summary>
    /// <returns>The products its lines name, and the lines that name none.</returns>
    private async Task<(int[] Ids, IReadOnlyList<string> Unknown)> ReckonAsync(CancellationToken cancel)
    {
        var lines = Input.ProductLines;
        var numbers = lines.Select(l => int.TryParse(l, out var number) ? number : 0).Where(n => n > 0).ToArray();
        var slugs = lines.Select(l => l.Split('/')[^1]).ToArray();
        var found = lines.Count == 0 ? [] : await db.Products.AsNoTracking().Where(p => numbers.Contains(p.Id) || slugs.Contains(p.Slug)).Select(p => new { p.Id, p.Slug }).ToListAsync(cancel);
        var unknown = lines.Where(l => !found.Exists(f => $"{f.Id}" == l || f.Slug == l.Split('/')[^1])).ToList();
        int[] ids = [.. found.Select(f => f.Id).Order()];
        var draft = new PriceOffer { Id = Id ?? 0, Name = "", Reason = "" };
        Input.Fill(draft, ids, shop.Value);
        var book = (await rules.GetAsync(cancel)).Offers;
        (Faults, Warnings) = (book.FaultsOf(draft), book.WarningsOf(draft));
        Effect = Input.SizeFault is null ? await effects.OfAsync(draft, cancel) : null;
        return (ids, unknown);
    }

    private void Check((int[] Ids, IReadOnlyList<string> Unknown) products)
    {
        if (Input.SizeFault is { } fault)
            ModelState.AddModelError("Input.Size", fault);
        if (Input.EndsAt <= Input.StartsAt)
            ModelState.AddModelError("Input.EndsAt", "The end comes after the start.");
        if (products.Unknown.Count > 0)
            ModelState.AddModelError("Input.Products", $"There is no product {string.Join(", ", products.Unknown.Take(5).Select(u => $"'{u}'"))}. Use the number of a product, or the end of its address.");
        if (Effect is { Products: 0 })
            ModelState.AddModelError("Input.Everything", "It covers no product that is sold. Choose everything, or a category, a brand or a product.");
        if (!Input.IsActive)
            return;
        foreach (var problem in Faults)
            ModelState.AddModelError("Input.SegmentIds", problem);
        if (Effect is { Products: > 0, Lowered.Count: 0 })
            ModelState.AddModelError("Input.Size", "It lowers no price: the floor is above what it asks for. Lower the margin it has to keep, take more off, or leave it switched off.");
    }

    private string Say(string content)
    {
        var row = JsonDocument.Parse(content).RootElement;
        var offer = new PriceOffer
        {
            Name = row.GetProperty("name").GetString()!, Reason = row.GetProperty("reason").GetString()!, Everything = row.GetProperty("everything").GetBoolean(),
            Categories = row.GetProperty("categories").Deserialize<string[]>()!, Brands = row.GetProperty("brands").Deserialize<string[]>()!, ProductIds = row.GetProperty("product_ids").Deserialize<int[]>()!,
        };
        var names = row.GetProperty("segment_ids").Deserialize<int[]>()!.Select(s => Segments.FirstOrDefault(x => x.Id == s)?.Name ?? "a deleted segment");
        var cut = new PriceCut((PriceCutKind)row.GetProperty("kind").GetInt16(), row.GetProperty("size").GetInt64());
        return $"{(row.GetProperty("is_active").GetBoolean() ? "On" : "Off")}: {OfferWords.Say(cut)} on {OfferWords.Say(OfferBook.ScopeOf(offer), Shelf)}, for {string.Join(", ", names)}, “{offer.Reason}”; {row.GetProperty("holdout_percent").GetInt16()} % keep the public price.";
    }
}
