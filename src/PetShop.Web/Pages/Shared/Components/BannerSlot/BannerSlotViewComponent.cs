using Microsoft.AspNetCore.Mvc;
using Npgsql;
using PetShop.Web.Targeting;

namespace PetShop.Web.Pages.Shared.Components.BannerSlot;

/// <summary>A banner as it is drawn.</summary>
/// <param name="Tracks">Whether views and clicks are reported.</param>
/// <param name="IsPreview">Shown inside another page, whose heading stays the only one.</param>
public sealed record BannerView(BannerCard Card, Placement Placement, bool Tracks = true, bool IsPreview = false)
{
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
        if (await ChooseAsync(placement) is { } card)
            return View(new BannerView(card, known));
        return known.Shape == BannerShape.Hero ? View(new BannerView(BannerView.Welcome, known, Tracks: false)) : Content("");
    }

    private async Task<BannerCard?> ChooseAsync(string placement)
    {
        try
        {
            return BannerChooser.Choose(await profiles.GetAsync(HttpContext, HttpContext.RequestAborted), placement);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
