namespace PetShop.Targeting.Pricing;

/// <summary>Chooses the price of a product for one person: of all offers that hold, the cheapest; never two at once.</summary>
public static class PriceChoice
{
    /// <summary>The offers that hold for somebody, and those that would, were they not of the share that keeps the public price.</summary>
    /// <param name="memberships">Slugs of the visitor's segments.</param>
    /// <param name="visitorKey">The first visitor id ever seen; null for who is not recognised.</param>
    public static (IReadOnlyList<OfferTerms> Held, IReadOnlyList<OfferTerms> Withheld) For(
        IReadOnlyList<OfferTerms> offers, DateTimeOffset at, IReadOnlySet<string> memberships, string? visitorKey)
    {
        List<OfferTerms>? held = null, withheld = null;
        for (var i = 0; i < offers.Count; i++)
            if (offers[i].IsOn(at) && IsMember(offers[i], memberships))
                (offers[i].HoldsOut(visitorKey) ? withheld ??= [] : held ??= []).Add(offers[i]);
        return (held ?? (IReadOnlyList<OfferTerms>)[], withheld ?? (IReadOnlyList<OfferTerms>)[]);
    }

    /// <summary>What an offer makes of a public price, in minor units; null where it changes nothing. Never above the public price, never below the floor.</summary>
    /// <param name="costMinor">Null where it is not known.</param>
    public static long? PriceOf(OfferTerms offer, long publicMinor, long? costMinor)
    {
        var price = Math.Max(offer.Cut.Of(publicMinor), Math.Max(PriceCut.Least(publicMinor), 1));
        if (costMinor is { } cost)
            price = Math.Max(price, Floor(cost, offer.LeastMarginPercent));
        return price < publicMinor ? price : null;
    }

    /// <summary>The lowest price that leaves a margin on a cost, rounded up to whole minor units.</summary>
    public static long Floor(long costMinor, int leastMarginPercent) => (long)(((Int128)costMinor * (100 + leastMarginPercent) + 99) / 100);

    /// <summary>The cheapest of the offers that cover the product, of equals the one with the lower id; null where none lowers the price.</summary>
    /// <param name="held">Those of <see cref="For"/>.</param>
    /// <param name="covers">Whether an offer covers the product.</param>
    public static (OfferTerms Offer, long PriceMinor)? Best(IReadOnlyList<OfferTerms> held, Func<OfferTerms, bool> covers, long publicMinor, long? costMinor)
    {
        (OfferTerms Offer, long PriceMinor)? best = null;
        for (var i = 0; i < held.Count; i++)
            if (covers(held[i]) && PriceOf(held[i], publicMinor, costMinor) is { } price
                && (best is not { } b || price < b.PriceMinor || (price == b.PriceMinor && held[i].Id < b.Offer.Id)))
                best = (held[i], price);
        return best;
    }

    private static bool IsMember(OfferTerms offer, IReadOnlySet<string> memberships)
    {
        foreach (var segment in offer.AnyOf.AsSpan())
            if (memberships.Contains(segment))
                return true;
        return false;
    }
}
