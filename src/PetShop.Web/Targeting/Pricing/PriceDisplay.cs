using PetShop.Data.Events;
using PetShop.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>Gives pages the price to show, and notes that it was shown: once a day for an offer in lists, and once for each of its products that was looked at or lay in the cart.</summary>
public sealed class PriceDisplay(VisitorPrices prices, EventRecorder events)
{
    public const string InList = "list", OnProduct = "product", InCart = "cart";

    public ValueTask<PriceSheet> OfAsync(HttpContext http) => prices.OfAsync(http, http.RequestAborted);

    /// <summary>The person's price of a product; null where it is the public one.</summary>
    /// <param name="place">One of the three names above.</param>
    /// <param name="sku">Null in lists, where an offer is noted, not each product.</param>
    public PersonalPrice? Show(PriceSheet sheet, string place, int product, int? sku, long publicMinor, long? costMinor)
    {
        if (sheet.IsEmpty)
            return null;
        var price = sheet.Of(product, publicMinor, costMinor);
        if (price is not null && sheet.IsNews(price.OfferId, place, sku))
            Note(EventType.PriceShown, sheet.Held.First(o => o.Id == price.OfferId), price.UnitMinor);
        foreach (var (offer, minor) in sheet.WithheldFrom(product, publicMinor, costMinor, price?.UnitMinor ?? publicMinor))
            if (sheet.IsNews(offer.Id, place, sku))
                Note(EventType.PriceWithheld, offer, minor);
        return price;

        void Note(EventType type, OfferTerms offer, long minor) => events.Record(type, product, e =>
            (e.OfferId, e.SkuId, e.Placement, e.ValueMinor, e.PublicMinor, e.Strategy) = (offer.Id, sku, place, minor, publicMinor, OfferResults.Mark(offer.Run, type == EventType.PriceShown)));
    }
}
