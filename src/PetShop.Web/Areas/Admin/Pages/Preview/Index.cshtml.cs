using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Pages.Shared.Components.BannerSlot;
using PetShop.Web.Recommendations;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Areas.Admin.Pages.Preview;

/// <summary>The banners and rails that a chosen shopper, or a stranger of a chosen kind, would get at a chosen time, and why. Nothing is recorded.</summary>
public sealed class IndexModel(PetShopDb db, ProfilePreview preview, ActiveRules rules, RailBatch rails, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public sealed record Slot(Placement Placement, BannerView? Banner, IReadOnlyList<BannerVerdict> Verdicts);

    public static IReadOnlyList<(string Key, string Label)> Devices { get; } = [("desktop", "a computer"), ("phone", "a phone"), ("tablet", "a tablet")];

    /// <summary>Kinds of strangers.</summary>
    public static IReadOnlyList<(string Key, string Label)> Kinds { get; } = [("refused", "who agreed to nothing"), ("agreed", "who agreed to everything, on the first page")];

    // As the home page declares them; what a rail shows depends on those before it.
    private static readonly string[] HomeRails =
        [Placements.HomeBuyAgain, Placements.HomePet, Placements.HomeForYou, Placements.HomeBecauseViewed, Placements.HomeTrending, Placements.HomeRecent];

    /// <summary>Id or e-mail of a shopper; empty for a stranger.</summary>
    [BindProperty(SupportsGet = true)] public string? Shopper { get; set; }
    [BindProperty(SupportsGet = true)] public string Device { get; set; } = "desktop";
    [BindProperty(SupportsGet = true)] public string Kind { get; set; } = "refused";
    /// <summary>Unset: today.</summary>
    [BindProperty(SupportsGet = true)] public DayOfWeek? Day { get; set; }
    /// <summary>By the clock on the shop's wall; unset: now.</summary>
    [BindProperty(SupportsGet = true)] public int? Hour { get; set; }
    [BindProperty(SupportsGet = true)] public string[] In { get; set; } = [];

    public string Who { get; private set; } = "";
    public bool IsUnknown { get; private set; }
    /// <summary>The moment looked at, by the clock on the shop's wall.</summary>
    public DateTime At { get; private set; }
    public IReadOnlyList<Slot> Slots { get; private set; } = [];
    public IReadOnlyList<Rail> Rails { get; private set; } = [];
    public IReadOnlyList<ActiveSegment> Segments { get; private set; } = [];
    public IReadOnlySet<string> Memberships { get; private set; } = new HashSet<string>();
    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Tidy();
        Segments = (await rules.GetAsync(cancel)).Active;
        Names = await db.Banners.AsNoTracking().ToDictionaryAsync(b => b.Id, b => b.Name, cancel);
        if (await VisitorAsync(cancel) is not { } visitor)
        {
            IsUnknown = true;
            return;
        }
        var profile = await preview.AtAsync(visitor, MomentOf(), visitor.ShopperId is null ? In : [], cancel);
        (Memberships, At) = (profile.Memberships, profile.At.Local);
        var shown = BannerChooser.ShownToday(profile.History, profile.At);
        Slots = [.. Placement.All.Select(p => new Slot(
            p, BannerChooser.Choose(profile, p.Key) is { } card ? new(card, p, Tracks: false, IsPreview: true) : null,
            BannerChoice.Explain(profile.Rules.Banners, p.Key, profile.At.AsOf, profile.Memberships, shown)))];
        Rails = await RailsAsync(visitor, cancel);
    }

    private void Tidy()
    {
        Device = Devices.Any(d => d.Key == Device) ? Device : "desktop";
        Kind = Kinds.Any(k => k.Key == Kind) ? Kind : "refused";
        Hour = Hour is >= 0 and <= 23 ? Hour : null;
        Day = Day is { } day && Enum.IsDefined(day) ? day : null;
    }

    /// <summary>The chosen hour on the chosen weekday, the next one from today on.</summary>
    private Moment MomentOf()
    {
        var now = clock.GetUtcNow();
        if (Day is null && Hour is null)
            return new(now, shop.Value.Zone);
        var local = TimeZoneInfo.ConvertTime(now, shop.Value.Zone).DateTime;
        var day = local.Date.AddDays(Day is { } wanted ? ((int)wanted - (int)local.DayOfWeek + 7) % 7 : 0);
        return new(shop.Value.ToInstant(Hour is { } hour ? day.AddHours(hour) : day + local.TimeOfDay)!.Value, shop.Value.Zone);
    }

    private async Task<Visitor?> VisitorAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Shopper))
        {
            Who = In.Length == 0 ? "a stranger" : "a stranger put into segments";
            return new() { Device = Device, Consent = Kind == "agreed" ? Consent.Accepted : Consent.Refused };
        }
        var (isId, email) = (Guid.TryParse(Shopper, out var id), Shopper.Trim().ToUpperInvariant());
        var found = await db.Shoppers.AsNoTracking().Where(s => isId ? s.Id == id : s.NormalizedEmail == email).Select(s => new { s.Id, s.FirstName, s.LastName, s.Email }).FirstOrDefaultAsync(cancel);
        if (found is null)
            return null;
        await audit.WriteAsync(HttpContext, "pages previewed as shopper", $"shopper {found.Id}", cancel);
        (Who, Shopper) = ($"{found.FirstName} {found.LastName}".Trim(), found.Email ?? Shopper);
        return await preview.VisitorAsync(found.Id, Device, cancel);
    }

    private async Task<IReadOnlyList<Rail>> RailsAsync(Visitor visitor, CancellationToken cancel)
    {
        RailRequest[] requests = [.. HomeRails.Select(p => new RailRequest(p))];
        rails.As = visitor;
        rails.Declare(requests);
        List<Rail> made = [];
        foreach (var request in requests)
            made.AddRange(await rails.GetAsync(request, cancel));
        return made;
    }
}
