using Microsoft.AspNetCore.Mvc;
using Npgsql;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Shared.Components.BannerSlot;

/// <summary>A banner as it is drawn.</summary>
/// <param name="Tracks">Whether views and clicks are reported.</param>
/// <param name="IsPreview">Shown inside another page, whose heading stays the only one.</param>
public sealed record BannerView(BannerCard Card, Placement Placement, bool Tracks = true, bool IsPreview = false)
{
    /// <summary>Banners kept from this visitor, which are counted as met where this one stands.</summary>
    public IReadOnlyList<(int Banner, string Mark)> Withheld { get; init; } = [];

    /// <summary>Nothing is to be seen: only what is kept from the visitor is counted.</summary>
    public bool IsBare { get; init; }

    /// <summary>How the shop greets where no banner fits.</summary>
    public static BannerCard Welcome { get; } = new(
        0, "Everything they would put in the cart themselves", "Good food, honest facts and things to chew on, for the pets you live with.", "hero-family", 75, "/account/pets", "Tell us about your pets");
}

/// <summary>The banner of a placement for this visitor, or nothing.</summary>
public sealed class BannerSlotViewComponent(VisitorProfiles profiles) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string placement)
    {
        var known = Targeting.Placement.Find(placement)
            ?? throw new ArgumentException($"There is no placement '{placement}'; Placement.All lists them.", nameof(placement));
        var pick = await ChooseAsync(placement);
        if (pick.Card is { } card)
            return View(new BannerView(card, known) { Withheld = pick.Withheld });
        if (known.Shape == BannerShape.Hero)
            return View(new BannerView(BannerView.Welcome, known, Tracks: false) { Withheld = pick.Withheld });
        return pick.Withheld.Count == 0 ? Content("") : View(new BannerView(BannerView.Welcome, known) { Withheld = pick.Withheld, IsBare = true });
    }

    private async Task<BannerPick> ChooseAsync(string placement)
    {
        try
        {
            var profile = await profiles.GetAsync(HttpContext, HttpContext.RequestAborted);
            return BannerChooser.Choose(profile, placement, BannerChooser.KeyOf(HttpContext.Visitor(), profile));
        }
        catch (NpgsqlException)
        {
            return new(null, []);
        }
    }
}
