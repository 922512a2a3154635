using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Targeting.Banners;
using PetShop.Web.Pages.Shared.Components.BannerSlot;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Preview;

/// <summary>The banners that a chosen shopper, or a stranger in chosen segments, would get, and why. Nothing is recorded.</summary>
public sealed class IndexModel(PetShopDb db, ProfilePreview preview, ActiveRules rules, AuditLog audit) : PageModel
{
    public sealed record Slot(Placement Placement, BannerView? Banner, IReadOnlyList<BannerVerdict> Verdicts);

    public static IReadOnlyList<(string Key, string Label)> Devices { get; } = [("desktop", "a computer"), ("phone", "a phone"), ("tablet", "a tablet")];

    /// <summary>Id or e-mail of a shopper; empty for a stranger.</summary>
    [BindProperty(SupportsGet = true)] public string? Shopper { get; set; }
    [BindProperty(SupportsGet = true)] public string Device { get; set; } = "desktop";
    [BindProperty(SupportsGet = true)] public string[] In { get; set; } = [];

    public string Who { get; private set; } = "a stranger who agreed to nothing";
    public bool IsUnknown { get; private set; }
    public IReadOnlyList<Slot> Slots { get; private set; } = [];
    public IReadOnlyList<ActiveSegment> Segments { get; private set; } = [];
    public IReadOnlySet<string> Memberships { get; private set; } = new HashSet<string>();
    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Device = Devices.Any(d => d.Key == Device) ? Device : "desktop";
        Segments = (await rules.GetAsync(cancel)).Active;
        Names = await db.Banners.AsNoTracking().ToDictionaryAsync(b => b.Id, b => b.Name, cancel);
        if (await ProfileAsync(cancel) is not { } profile)
        {
            IsUnknown = true;
            return;
        }
        Memberships = profile.Memberships;
        var shown = BannerChooser.ShownToday(profile.History, profile.At);
        Slots = [.. Placement.All.Select(p => new Slot(
            p, BannerChooser.Choose(profile, p.Key) is { } card ? new(card, p, Tracks: false, IsPreview: true) : null,
            BannerChoice.Explain(profile.Rules.Banners, p.Key, profile.At.AsOf, profile.Memberships, shown)))];
    }

    private async Task<VisitorProfile?> ProfileAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Shopper))
        {
            Who = In.Length == 0 ? "a stranger who agreed to nothing" : "a visitor put into segments by hand";
            return await preview.OfStrangerAsync(Device, In, cancel);
        }
        var (isId, email) = (Guid.TryParse(Shopper, out var id), Shopper.Trim().ToUpperInvariant());
        var found = await db.Shoppers.AsNoTracking().Where(s => isId ? s.Id == id : s.NormalizedEmail == email).Select(s => new { s.Id, s.FirstName, s.LastName, s.Email }).FirstOrDefaultAsync(cancel);
        if (found is null)
            return null;
        await audit.WriteAsync(HttpContext, "pages previewed as shopper", $"shopper {found.Id}", cancel);
        (Who, Shopper) = ($"{found.FirstName} {found.LastName}".Trim(), found.Email ?? Shopper);
        return await preview.OfShopperAsync(found.Id, Device, cancel);
    }
}
