using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>What one past deed adds to a product's place in a person's list.</summary>
/// <param name="Verb">What they did with it: "bought", "looked at".</param>
/// <param name="Percent">Of all that speaks for the product.</param>
/// <param name="IsDecisive">Without it the product would not be among those that lists are made of.</param>
public sealed record WhyPart(ProductFacts Product, string Verb, int Percent, bool IsDecisive)
{
    public bool MayBeGift => Verb == "bought";
}

/// <summary>The whole answer to "Why this?".</summary>
/// <param name="Lead">In a sentence or two.</param>
/// <param name="Parts">What the person did that speaks for it, the most telling first; empty where nothing they did is the reason.</param>
/// <param name="CommonPercent">Of all that speaks for the product, what comes from its being chosen by many others.</param>
/// <param name="Bought">They bought it themselves.</param>
public sealed record WhyAnswer(ProductFacts Product, string Lead, IReadOnlyList<WhyPart> Parts, int CommonPercent, bool Bought)
{
    private const int MostParts = 6, MostTested = 4;

    /// <param name="by">What chose it, as cards say in their address.</param>
    public static WhyAnswer Of(ServingState state, Taste? taste, ProductFacts product, string by)
    {
        // A list drawn towards the visit under way is named by both of its sources.
        var modelled = taste is { IsKnown: true } && state.Model is { } model && (by == model.Strategy || by.EndsWith("+" + model.Strategy, StringComparison.Ordinal));
        var (parts, common) = modelled ? PartsOf(state, taste!, state.Catalogue.Items.ColumnOf(product.Id)) : ([], 0);
        return new(product, LeadOf(product, by, parts.Count > 0), parts, common, taste?.Bought.Contains(product.Id) == true);
    }

    private static (List<WhyPart> Parts, int CommonPercent) PartsOf(ServingState state, Taste taste, int column)
    {
        var parts = taste.PartsOf(column);
        var common = Math.Max(0, taste.CommonPartOf(column));
        var sum = parts.Where(p => p > 0).Sum() + common;
        if (sum <= common)
            return ([], 0);
        var test = new Lazy<LeftOut>(() => new(state, taste, column));
        var ranked = Enumerable.Range(0, parts.Length).Where(j => parts[j] / sum >= 0.01 && taste.Weighed[j].Target > 0 && state.CatalogueColumn(taste.Weighed[j].Index) is >= 0 and var c && c != column)
            .OrderByDescending(j => parts[j]).Take(MostParts);
        return ([.. ranked.Select((j, place) =>
        {
            var product = state.Catalogue[state.CatalogueColumn(taste.Weighed[j].Index)];
            var decisive = place < MostTested && test.Value.IsDecisive(j);
            return new WhyPart(product, taste.VerbOf(product.Id), (int)Math.Round(100 * parts[j] / sum), decisive);
        })], (int)Math.Round(100 * common / sum));
    }

    private static string LeadOf(ProductFacts p, string by, bool hasParts) => by switch
    {
        _ when by.StartsWith("pin-", StringComparison.Ordinal) => "Promoted: somebody at the shop put it in this place, for everybody or for a group of customers. We show it only where it suits the pets we know of.",
        _ when by.StartsWith("boost-", StringComparison.Ordinal) => "It would stand in this list without us, too; somebody at the shop lifted it a little. We lift only what suits the pets we know of.",
        "explore" => "We know little of it yet. One place in eight is for such products, drawn by chance among those that suit, so that new things can prove themselves.",
        "trending" => "It is looked at more than usual these days.",
        "month" => $"It sold well in the last 30 days: {Households(p.Buyers30d)} bought it.",
        "popular" or "popular-pet" => $"Many come back for it: {Households(p.Buyers365d)} bought it in the last year. Nothing you did is the reason.",
        "new" => $"It is new in the shop, since {p.ReleasedOn:d MMMM yyyy}.",
        "season" => "It is made for this time of the year.",
        "similar" => "It is the same kind of product as the one you looked at.",
        "together" => "Many households bought it together with the product it stood beside.",
        "item-item" => "People who chose the product it stood beside chose this one, too.",
        "next" => "Others chose it after an order like yours.",
        "because-viewed" => "Others who liked the product you looked at also looked at this one.",
        "recent" => "You looked at it before.",
        "replenishment" => "You bought it before. By how long it usually lasts in a home like yours, it may run out soon.",
        "sessions" => "Visitors who looked at the same things in their visit went on to this one.",
        _ when hasParts && by.StartsWith("sessions+", StringComparison.Ordinal) => "Visits like this one often went on to it, and it fits what you did here. This speaks for it:",
        _ when hasParts => "It fits what you did here. This speaks for it:",
        _ => "It fits what most people with the same taste choose.",
    };

    private static string Households(int count) => count == 1 ? "1 household" : $"{count} households";
}
