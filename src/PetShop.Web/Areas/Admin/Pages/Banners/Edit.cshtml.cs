using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Web.Illustrations;
using PetShop.Web.Pages.Shared.Components.BannerSlot;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Banners;

/// <summary>Makes or edits a banner beside a picture of how it will look.</summary>
public sealed class EditModel(PetShopDb db, ActiveRules rules, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public sealed record Form
    {
        [Required(ErrorMessage = "Give it a name to find it by."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";
        [Required(ErrorMessage = "Give it a title."), StringLength(80, ErrorMessage = "Keep the title under 80 letters: it stands in large type.")] public string Title { get; init; } = "";
        [StringLength(240, ErrorMessage = "Keep the text under 240 letters.")] public string? Text { get; init; }
        [Required(ErrorMessage = "Say what the button does."), StringLength(40, ErrorMessage = "Keep the button under 40 letters.")] public string LinkLabel { get; init; } = "";
        [Required(ErrorMessage = "Say where the button leads."), RegularExpression(@"^(/(?![/\\]).*|https://\S+)$", ErrorMessage = "Start with / for a page of the shop, or with https://.")] public string LinkUrl { get; init; } = "";
        [Required(ErrorMessage = "Choose a picture.")] public string Illustration { get; init; } = "hero-dog";
        [Range(0, 359, ErrorMessage = "A hue is between 0 and 359.")] public short Hue { get; init; } = 75;
        [Required(ErrorMessage = "Choose a placement.")] public string Placement { get; init; } = "home-hero";
        [Range(-1000, 1000, ErrorMessage = "A priority is between -1,000 and 1,000.")] public int Priority { get; init; }
        public bool IsActive { get; init; } = true;
        public DateTime? StartsAt { get; init; }
        public DateTime? EndsAt { get; init; }
        public int[] SegmentIds { get; init; } = [];
        public int[] ExcludedSegmentIds { get; init; } = [];
        [Range(1, 1000, ErrorMessage = "A cap is between 1 and 1,000 views a day.")] public short? DailyCap { get; init; }
    }

    [BindProperty] public Form Input { get; set; } = new();
    public int? Id { get; private set; }
    public IReadOnlyList<(int Id, string Name, bool IsActive)> Segments { get; private set; } = [];
    public static IEnumerable<string> Pictures => Gallery.Keys.OrderBy(k => !k.StartsWith("hero-", StringComparison.Ordinal)).ThenBy(k => k, StringComparer.Ordinal);

    /// <summary>How it will look; never tracked.</summary>
    public BannerView Preview => new(
        new(Id ?? 0, Typed(Input.Title, "Your title"), Input.Text ?? "", Typed(Input.Illustration, "hero-dog"), Math.Clamp((int)Input.Hue, 0, 359), Typed(Input.LinkUrl, "/"), Typed(Input.LinkLabel, "Your button")),
        Placement.Find(Input.Placement) ?? Placement.All[0], Tracks: false, IsPreview: true);

    // A field left empty is bound as null.
    private static string Typed(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;

    public async Task<IActionResult> OnGetAsync(int? id, string? placement, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        if (id is null)
            Input = new() { Placement = Placement.Find(placement)?.Key ?? "home-hero" };
        else if (await db.Banners.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancel) is { } banner)
            Input = FormOf(banner);
        else
            return NotFound();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        if (action != "save")
        {
            ModelState.Clear();
            return Page();
        }
        Check();
        if (!ModelState.IsValid)
            return Page();
        var banner = id is null ? db.Banners.Add(new() { Name = "", Title = "", LinkUrl = "", LinkLabel = "", Placement = "" }).Entity : await db.Banners.FindAsync([id], cancel);
        if (banner is null)
            return NotFound();
        Fill(banner);
        await db.SaveChangesAsync(cancel);
        await rules.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, "banner saved", $"banner {banner.Id}: {banner.Name}", cancel);
        TempData["Toast"] = "Saved. Pages show it from now on.";
        return this.Leave($"/admin/banners/{banner.Id}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        await db.Banners.Where(b => b.Id == id).ExecuteDeleteAsync(cancel);
        await rules.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, "banner deleted", $"banner {id}", cancel);
        TempData["Toast"] = "The banner is gone.";
        return Redirect("/admin/banners");
    }

    private async Task LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.IsActive }).ToListAsync(cancel);
        Segments = [.. segments.Select(s => (s.Id, s.Name, s.IsActive))];
    }

    private void Check()
    {
        if (Input.EndsAt <= Input.StartsAt)
            ModelState.AddModelError("Input.EndsAt", "The end comes after the start.");
        if (Placement.Find(Input.Placement) is null)
            ModelState.AddModelError("Input.Placement", "Choose one of the list.");
        if (!Gallery.Draws(Input.Illustration))
            ModelState.AddModelError("Input.Illustration", "Choose one of the list.");
        if (Input.SegmentIds.Intersect(Input.ExcludedSegmentIds).Any())
            ModelState.AddModelError("Input.ExcludedSegmentIds", "A segment cannot be both shown it and spared it: nobody of it would see the banner. Take it out of one list.");
    }

    private void Fill(Banner b)
    {
        (b.Name, b.Title, b.Text, b.LinkLabel, b.LinkUrl) = (Input.Name.Trim(), Input.Title.Trim(), Input.Text?.Trim() ?? "", Input.LinkLabel.Trim(), Input.LinkUrl.Trim());
        (b.Illustration, b.Hue, b.Placement, b.Priority, b.IsActive, b.DailyCap) = (Input.Illustration, Input.Hue, Input.Placement, Input.Priority, Input.IsActive, Input.DailyCap);
        (b.StartsAt, b.EndsAt, b.UpdatedAt) = (shop.Value.ToInstant(Input.StartsAt), shop.Value.ToInstant(Input.EndsAt), clock.GetUtcNow());
        (b.SegmentIds, b.ExcludedSegmentIds) = (Input.SegmentIds, Input.ExcludedSegmentIds);
    }

    private Form FormOf(Banner b) => new()
    {
        Name = b.Name, Title = b.Title, Text = b.Text, LinkLabel = b.LinkLabel, LinkUrl = b.LinkUrl, Illustration = b.Illustration, Hue = b.Hue, Placement = b.Placement, Priority = b.Priority,
        IsActive = b.IsActive, StartsAt = shop.Value.ToLocal(b.StartsAt), EndsAt = shop.Value.ToLocal(b.EndsAt), SegmentIds = b.SegmentIds, ExcludedSegmentIds = b.ExcludedSegmentIds, DailyCap = b.DailyCap,
    };
}
