using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using PetShop.Web.Catalog;
using PetShop.Web.Pricing;
using PetShop.Web.Privacy;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Prices;

/// <summary>Why somebody pays less: the offer, whom it is for, the facts it rests on, and the switch that ends it.</summary>
public sealed class WhyModel(VisitorProfiles profiles, VisitorPrices prices, ShelfKeeper shelves, ConsentAnswers answers, IOptions<ShopOptions> shop) : PageModel
{
    /// <summary>The offers in force for whoever looks, the one asked for first.</summary>
    public IReadOnlyList<PriceInForce> Offers { get; private set; } = [];

    public Shelf Shelf { get; private set; } = Shelf.Empty;

    /// <summary>Whether personal prices are agreed to.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether the offer asked for is not, or no longer, theirs.</summary>
    public bool IsGone { get; private set; }

    public string? Until(DateTimeOffset? end) => end is { } at ? TimeZoneInfo.ConvertTime(at, shop.Value.Zone).ToString("d MMMM yyyy, HH:mm") : null;

    public async Task OnGetAsync(int? offer, CancellationToken cancel)
    {
        var consent = HttpContext.Visitor().Consent;
        IsOn = consent is { Prices: true, Personalisation: true };
        Shelf = await shelves.GetAsync(cancel);
        var sheet = await prices.OfAsync(HttpContext, cancel);
        if (sheet.Held.Count > 0)
            Offers = [.. PricesInForce.Of(await profiles.GetAsync(HttpContext, cancel), sheet).OrderByDescending(o => o.Terms.Id == offer)];
        IsGone = offer is { } asked && sheet.Held.All(o => o.Id != asked);
    }

    /// <summary>Withdraws the agreement to personal prices and leaves every other one as it is.</summary>
    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancel)
    {
        var isDone = await answers.AnswerAsync(HttpContext, new(HttpContext.Visitor().Consent with { Prices = false, IsAnswered = true }, "withdraw", "prices-why"), cancel);
        TempData["Toast"] = isDone ? "Personal prices are off. From now on you see the public ones." : "That could not be written down just now. Please try again in a minute.";
        return LocalRedirect("/prices/why");
    }
}
