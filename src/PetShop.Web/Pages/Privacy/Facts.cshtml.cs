using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Pricing;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Privacy;

/// <summary>Every fact that pages may be chosen by: what it is, why, how fresh, and what must be agreed to first.</summary>
public sealed class FactsModel(VisitorProfiles profiles, VisitorPrices prices, ShelfKeeper shelves) : PageModel
{
    /// <summary>The offers that lower prices for whoever looks.</summary>
    public IReadOnlyList<PriceInForce> Prices { get; private set; } = [];

    public Shelf Shelf { get; private set; } = Shelf.Empty;

    /// <summary>Whether personal prices are agreed to.</summary>
    public bool MayBePriced { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        MayBePriced = HttpContext.Visitor().Consent is { Prices: true, Personalisation: true };
        if (await prices.OfAsync(HttpContext, cancel) is not { Held.Count: > 0 } sheet)
            return;
        Shelf = await shelves.GetAsync(cancel);
        Prices = PricesInForce.Of(await profiles.GetAsync(HttpContext, cancel), sheet);
    }

    public static IEnumerable<IGrouping<TraitFamily, Trait>> Families => TraitCatalogue.All.GroupBy(t => t.Family).OrderBy(g => g.Key == TraitFamily.Context).ThenBy(g => TraitWords.Title(g.Key), StringComparer.Ordinal);

    /// <summary>The questions of the consent dialog that must be answered with yes.</summary>
    public static string Agreement(Trait trait)
    {
        var needs = TraitWords.Needs(trait);
        var titles = ConsentText.Purposes.Where(p => Enum.TryParse<ConsentPurposes>(p.Key, ignoreCase: true, out var purpose) && needs.HasFlag(purpose)).Select(p => p.Title);
        return needs == ConsentPurposes.None ? "nothing" : string.Join(" and ", titles);
    }
}
