using PetShop.Web.Cart;
using PetShop.Web.Catalog;

namespace PetShop.Web.Checkout;

/// <summary>Compares what the shopper saw with what would be ordered now, and says the differences in sentences.</summary>
internal static class CheckoutChecks
{
    /// <summary>One sentence for each line that changed since the form was shown; empty when nothing did.</summary>
    public static IReadOnlyList<string> Changes(string seen, IReadOnlyList<LockedLine> now)
    {
        var before = SeenLine.Read(seen).ToDictionary(l => l.SkuId);
        List<string> changes = [];
        foreach (var line in now)
        {
            if (!before.Remove(line.SkuId, out var was))
                changes.Add($"{Name(line)} has been added to your cart.");
            else if (was.PriceMinor != line.PriceMinor)
                changes.Add($"{Name(line)} now costs {Money.Format(line.PriceMinor)}; it was {Money.Format(was.PriceMinor)} when you opened this page.");
            else if (was.Quantity != line.Quantity)
                changes.Add($"{Name(line)}: the number is now {line.Quantity}; it was {was.Quantity}.");
        }
        if (before.Count > 0)
            changes.Add(before.Count == 1 ? "One thing has left your cart." : $"{before.Count} things have left your cart.");
        return changes;
    }

    /// <summary>Prices of delivery as a form carries them, so that it can tell what it showed.</summary>
    public static string WriteDelivery(IEnumerable<DeliveryOffer> offers) => string.Join('_', offers.Select(o => FormattableString.Invariant($"{o.Key}-{o.PriceMinor}")));

    /// <summary>What a way of delivery cost when the form was shown; -1, which nothing costs, where it does not say so once.</summary>
    public static long SeenDelivery(string seen, string delivery) =>
        seen.Split('_').Select(offer => offer.Split('-')).Where(offer => offer.Length == 2 && offer[0] == delivery).ToList() is [[_, var price]] && long.TryParse(price, out var minor) ? minor : -1;

    /// <summary>What a form showed as the sum of goods and delivery.</summary>
    public static long SeenTotal(string seen, string seenDelivery, string delivery) => unchecked(SeenLine.Total(SeenLine.Read(seen)) + SeenDelivery(seenDelivery, delivery));

    /// <summary>One sentence for each line that cannot be delivered in full.</summary>
    public static IReadOnlyList<string> Shortages(IReadOnlyList<LockedLine> lines) => lines
        .Where(l => !l.IsSold || l.Stock < l.Quantity)
        .Select(l => (l.IsSold, l.Stock) switch
        {
            (false, _) => $"{Name(l)} is no longer sold.",
            (_, 0) => $"{Name(l)} has just sold out.",
            _ => $"{Name(l)}: only {l.Stock} left, your cart holds {l.Quantity}.",
        }).ToList();

    private static string Name(LockedLine line) => $"{line.ProductName}, {line.SkuLabel}";
}
