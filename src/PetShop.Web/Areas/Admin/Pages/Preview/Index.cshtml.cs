using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Pages.Shared.Components.BannerSlot;
using PetShop.Web.Recommendations;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Previews;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Areas.Admin.Pages.Preview;

/// <summary>The pages, banners and rails that a chosen shopper, or a stranger of a chosen kind, would see now or at another time, or saw then, and why. Nothing is recorded.</summary>
public sealed class IndexModel(
    PetShopDb db, ProfilePreview preview, PastProfiles pasts, PreviewTokens tokens, ActiveRules rules, VisitorPrices prices, RailBatch rails, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public sealed record Slot(Placement Placement, BannerView? Banner, IReadOnlyList<BannerVerdict> Verdicts);

    /// <summary>A banner they met for real.</summary>
    /// <param name="Variant">Null where it had one.</param>
    public sealed record Met(DateTimeOffset At, string Placement, string Banner, string? Variant, string What);

    public static IReadOnlyList<(string Key, string Label)> Devices { get; } = [("desktop", "a computer"), ("phone", "a phone"), ("tablet", "a tablet")];

    /// <summary>Kinds of strangers.</summary>
    public static IReadOnlyList<(string Key, string Label)> Kinds { get; } = [("refused", "who agreed to nothing"), ("agreed", "who agreed to everything, on the first page")];

    // As the home page declares them; what a rail shows depends on those before it.
    private static readonly string[] HomeRails =
        [Placements.HomeBuyAgain, Placements.HomePet, Placements.HomeForYou, Placements.HomeBecauseViewed, Placements.HomeTrending, Placements.HomeRecent];

    private static readonly TimeSpan Nearby = TimeSpan.FromHours(1);

    /// <summary>Id or e-mail of a shopper; empty for a stranger.</summary>
    [BindProperty(SupportsGet = true)] public string? Shopper { get; set; }
    [BindProperty(SupportsGet = true)] public string Device { get; set; } = "desktop";
    [BindProperty(SupportsGet = true)] public string Kind { get; set; } = "refused";
    /// <summary>By the clock on the shop's wall; unset: now.</summary>
    [BindProperty(SupportsGet = true)] public DateTime? When { get; set; }
    /// <summary>Address of a page of the shop.</summary>
    [BindProperty(SupportsGet = true)] public string? Look { get; set; }
    [BindProperty(SupportsGet = true)] public string[] In { get; set; } = [];

    public string Who { get; private set; } = "";
    public bool IsUnknown { get; private set; }
    /// <summary>The moment looked at, by the clock on the shop's wall.</summary>
    public DateTime At { get; private set; }
    public bool IsPast { get; private set; }
    /// <summary>What is not known of that moment.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];
    /// <summary>Address of the page as they see it, for a few minutes.</summary>
    public string? Frame { get; private set; }
    public IReadOnlyList<(string Path, string Label)> Pages { get; private set; } = [];
    public IReadOnlyList<Slot> Slots { get; private set; } = [];
    public IReadOnlyList<Rail> Rails { get; private set; } = [];
    /// <summary>The offers that lower prices for them.</summary>
    public PriceSheet Prices { get; private set; } = PriceSheet.Empty;
    public IReadOnlyList<ActiveSegment> Segments { get; private set; } = [];
    public IReadOnlySet<string> Memberships { get; private set; } = new HashSet<string>();
    /// <summary>What the segments are called.</summary>
    public SpokenNames Spoken { get; private set; } = SpokenNames.None;
    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();
    /// <summary>Null where they did not visit within the hour.</summary>
    public IReadOnlyList<Met>? Saw { get; private set; }
    public string? ClockChange => shop.Value.ClockChange(When);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await TidyAsync(cancel);
        Segments = (await rules.GetAsync(cancel)).Active;
        Names = await db.Banners.AsNoTracking().ToDictionaryAsync(b => b.Id, b => b.Name, cancel);
        if (await VisitorAsync(cancel) is not { } visitor)
        {
            IsUnknown = true;
            return;
        }
        string[] segments = visitor.ShopperId is null ? In : [];
        var at = shop.Value.ToInstant(When);
        var past = await pasts.AtAsync(visitor, at, segments, cancel);
        visitor = past.Visitor;
        var profile = past.Profile;
        (Memberships, At, Notes, Names, IsPast) = (profile.Memberships, profile.At.Local, past.Notes, past.Names ?? Names, at < clock.GetUtcNow());
        Spoken = profile.Rules.Names;
        Slots = SlotsOf(visitor, profile);
        Prices = await prices.OfAsync(visitor, profile, cancel);
        Frame = $"{Look}?{PreviewTokens.Query}={Uri.EscapeDataString(tokens.Sign(User, new(visitor.ShopperId, Device, Kind == "agreed", at, segments)))}";
        if (IsPast && visitor.ShopperId is { } shopper)
            Saw = await SawAsync(shopper, at!.Value, cancel);
        else if (!IsPast)
            Rails = await RailsAsync(visitor, cancel);
    }

    private static List<Slot> SlotsOf(Visitor visitor, VisitorProfile profile)
    {
        var (shown, key) = (BannerChooser.ShownToday(profile.History, profile.At), BannerChooser.KeyOf(visitor, profile));
        return [.. Placement.All.Select(p => new Slot(
            p, BannerChooser.Choose(profile, p.Key, key).Card is { } card ? new(card, p, Tracks: false, IsPreview: true) : null,
            BannerChoice.Explain(profile.Rules.Banners, p.Key, profile.At, profile.Memberships, shown, key)))];
    }

    private async Task TidyAsync(CancellationToken cancel)
    {
        Device = Devices.Any(d => d.Key == Device) ? Device : "desktop";
        Kind = Kinds.Any(k => k.Key == Kind) ? Kind : "refused";
        var categories = await db.Categories.AsNoTracking().OrderBy(c => c.SortOrder).Select(c => new { c.Slug, c.Name, c.ParentId, c.Department }).ToListAsync(cancel);
        var product = await db.Products.AsNoTracking().Where(p => p.IsActive && p.InStock).OrderBy(p => p.Id).Select(p => new { p.Slug, p.Name }).FirstOrDefaultAsync(cancel);
        var departments = categories.Where(c => c.ParentId is null).ToDictionary(c => c.Slug, c => c.Name);
        Pages =
        [
            ("/", "The home page"), .. categories.Where(c => c.ParentId is null).Select(c => ($"/shop/{c.Slug}", $"Department: {c.Name}")),
            .. categories.Where(c => c.ParentId is not null).Select(c => ($"/shop/{c.Department}/{c.Slug}", $"{departments.GetValueOrDefault(c.Department, c.Department)} › {c.Name}")), .. product is null ? Array.Empty<(string, string)>() : [($"/products/{product.Slug}", $"Product: {product.Name}")],
        ];
        Look = Pages.Any(p => p.Path == Look) ? Look : "/";
    }

    /// <summary>What they met within the hour, from what was recorded; null when nothing was.</summary>
    private async Task<IReadOnlyList<Met>?> SawAsync(Guid shopper, DateTimeOffset at, CancellationToken cancel)
    {
        var (from, until) = (at - Nearby, at + Nearby);
        var events = await db.Events.AsNoTracking().Where(e => e.ShopperId == shopper && e.OccurredAt >= from && e.OccurredAt < until).OrderBy(e => e.OccurredAt).ToListAsync(cancel);
        return events.Count == 0 ? null : [.. events.Where(e => e.BannerId is not null).Select(e => new Met(
            e.OccurredAt, Placement.LabelOf(e.Placement), Names.GetValueOrDefault(e.BannerId!.Value, $"banner {e.BannerId}"), e.Strategy?.Split(':')[^1],
            e.Type switch { EventType.BannerClicked => "clicked", EventType.BannerWithheld => "was held out of", _ => "saw" }))];
    }

    private async Task<Visitor?> VisitorAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Shopper))
        {
            Who = In.Length == 0 ? "a stranger" : "a stranger put into segments";
            return ProfilePreview.Stranger(Device, Kind == "agreed");
        }
        var (isId, email) = (Guid.TryParse(Shopper, out var id), Shopper.Trim().ToUpperInvariant());
        var found = await db.Shoppers.AsNoTracking().Where(s => isId ? s.Id == id : s.NormalizedEmail == email).Select(s => new { s.Id, s.FirstName, s.LastName, s.Email }).FirstOrDefaultAsync(cancel);
        if (found is null)
            return null;
        await audit.WriteAsync(HttpContext, "pages previewed as shopper", $"shopper {found.Id}", cancel);
        (Who, Shopper) = ($"{found.FirstName} {found.LastName}".Trim(), found.Email ?? Shopper);
        return await preview.VisitorAsync(found.Id, Device, shop.Value.ToInstant(When), cancel);
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
