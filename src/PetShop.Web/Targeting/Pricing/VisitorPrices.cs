using Npgsql;
using PetShop.Targeting.Pricing;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>The prices of the person who asks, worked out once a request.</summary>
/// <remarks>
/// Costs nobody anything who did not agree to personal prices: neither a query nor a profile.
/// While something of the person cannot be read, prices are the public ones: one worked out from half the facts could not be kept to.
/// </remarks>
public sealed class VisitorPrices(ActiveRules rules, VisitorProfiles profiles, ProductTraits products, OutageCover cover)
{
    public async ValueTask<PriceSheet> OfAsync(HttpContext http, CancellationToken cancel)
    {
        var visitor = http.Visitor();
        if (!MayHave(visitor) || OutageCover.IsUsedIn(http))
            return PriceSheet.Empty;
        if (http.Features.Get<RequestPrices>() is { } kept && ReferenceEquals(kept.Visitor, visitor))
            return kept.Sheet;
        var sheet = (await rules.GetAsync(cancel)).Offers.InForce.Count == 0 ? PriceSheet.Empty : await SheetAsync(visitor, await profiles.GetAsync(http, cancel), cancel);
        http.Features.Set(new RequestPrices(visitor, sheet));
        return sheet;
    }

    /// <summary>As of now, whatever the page of this request was made with: an order is priced by it.</summary>
    public async ValueTask<PriceSheet> OfAsync(Visitor visitor, CancellationToken cancel) =>
        MayHave(visitor) && (await rules.GetAsync(cancel)).Offers.InForce.Count > 0 ? await SheetAsync(visitor, await profiles.GetAsync(visitor, cancel), cancel) : PriceSheet.Empty;

    /// <summary>The prices a profile leads to, for members of staff and programs.</summary>
    public async ValueTask<PriceSheet> OfAsync(Visitor visitor, VisitorProfile profile, CancellationToken cancel) =>
        PriceSheet.Of(profile, BannerChooser.KeyOf(visitor, profile), await products.GetAsync(cancel));

    private async ValueTask<PriceSheet> SheetAsync(Visitor visitor, VisitorProfile profile, CancellationToken cancel)
    {
        try
        {
            return cover.IsUsed ? PriceSheet.Empty : await OfAsync(visitor, profile, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Where products cannot be told apart, nobody's price is lowered.
            return PriceSheet.Empty;
        }
    }

    // A preview looks with the eyes of somebody who may have no browser here.
    private static bool MayHave(Visitor visitor) =>
        visitor is { IsBot: false, SendsGpc: false, Consent: { Prices: true, Personalisation: true } } && (visitor.Id is not null || visitor.IsPreview);

    private sealed record RequestPrices(Visitor Visitor, PriceSheet Sheet);
}
