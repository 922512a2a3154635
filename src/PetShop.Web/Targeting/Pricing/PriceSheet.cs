using PetShop.Data.Events;
using PetShop.Targeting.Pricing;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>The offers that hold for one person at one moment; for most people none.</summary>
public sealed class PriceSheet
{
    private readonly ProductTraitTable _products;
    private readonly VisitorHistory _history;
    private readonly DateTimeOffset _midnight;
    private HashSet<(int Offer, string Place, int? Sku)>? _seen;

    public static PriceSheet Empty { get; } = new([], [], ProductTraitTable.Empty, VisitorHistory.Empty, default);

    private PriceSheet(IReadOnlyList<OfferTerms> held, IReadOnlyList<OfferTerms> withheld, ProductTraitTable products, VisitorHistory history, DateTimeOffset midnight) =>
        (Held, Withheld, _products, _history, _midnight) = (held, withheld, products, history, midnight);

    /// <param name="visitorKey">Of <see cref="BannerChooser.KeyOf"/>.</param>
    public static PriceSheet Of(VisitorProfile profile, string? visitorKey, ProductTraitTable products)
    {
        if (profile.Rules.Offers.InForce.Count == 0 || !PriceEligibility.Admits(profile.Facts, profile.At))
            return Empty;
        var (held, withheld) = PriceChoice.For(profile.Rules.Offers.InForce, profile.At.AsOf, profile.Memberships, visitorKey);
        return held.Count + withheld.Count == 0 ? Empty : new(held, withheld, products, profile.History, profile.At.Midnight);
    }

    /// <summary>Those that lower prices for this person.</summary>
    public IReadOnlyList<OfferTerms> Held { get; }

    /// <summary>Those that would, were the person not of the share that keeps the public price.</summary>
    public IReadOnlyList<OfferTerms> Withheld { get; }

    /// <summary>Nothing lowers any price, and nothing is withheld.</summary>
    public bool IsEmpty => Held.Count + Withheld.Count == 0;

    /// <summary>The price of a product for this person; null where it is the public one.</summary>
    /// <param name="costMinor">Null where it is not known.</param>
    public PersonalPrice? Of(int product, long publicMinor, long? costMinor)
    {
        if (Held.Count == 0 || !_products.Products.TryGetValue(product, out var known))
            return null;
        return PriceChoice.Best(Held, o => o.Scope.Covers(product, known.Brand, known.Path), publicMinor, costMinor) is { } best
            ? new(best.Offer.Id, best.Offer.Reason, best.PriceMinor, publicMinor) : null;
    }

    /// <summary>The offers that would have lowered this price further, had they not been withheld, with the price each would have made.</summary>
    /// <param name="shownMinor">What the person is asked for.</param>
    public IEnumerable<(OfferTerms Offer, long PriceMinor)> WithheldFrom(int product, long publicMinor, long? costMinor, long shownMinor)
    {
        if (Withheld.Count == 0 || !_products.Products.TryGetValue(product, out var known))
            yield break;
        foreach (var offer in Withheld)
            if (offer.Scope.Covers(product, known.Brand, known.Path) && PriceChoice.PriceOf(offer, publicMinor, costMinor) is { } price && price < shownMinor)
                yield return (offer, price);
    }

    /// <summary>Whether this is the first time today that the person meets the offer there.</summary>
    public bool IsNews(int offer, string place, int? sku) => (_seen ??= SeenToday()).Add((offer, place, sku));

    private HashSet<(int, string, int?)> SeenToday() =>
        [.. _history.Events.TakeWhile(e => e.OccurredAt >= _midnight).Where(e => e is { Type: EventType.PriceShown or EventType.PriceWithheld, OfferId: not null })
            .Select(e => (e.OfferId!.Value, e.Placement ?? "", e.SkuId))];
}
