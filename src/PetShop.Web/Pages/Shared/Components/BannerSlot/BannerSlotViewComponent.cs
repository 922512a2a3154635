using Microsoft.AspNetCore.Mvc;
using Npgsql;
using PetShop.Web.Targeting;

namespace PetShop.Web.Pages.Shared.Components.BannerSlot;

/// <summary>A banner as it is drawn.</summary>
/// <param name="Tracks">Whether views and clicks are reported; false in previews.</param>
public sealed record BannerView(BannerCard Card, Placement Placement, bool Tracks = true);

/// <summary>The banner of a placement for this visitor, or nothing.</summary>
public sealed class BannerSlotViewComponent(VisitorProfiles profiles) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string placement)
    {
        var known = Targeting.Placement.Find(placement)
            ?? throw new ArgumentException($"There is no placement '{placement}'; Placement.All lists them.", nameof(placement));
        return await ChooseAsync(placement) is { } card ? View(new BannerView(card, known)) : known.Shape == BannerShape.Hero ? View("Welcome") : Content("");
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
