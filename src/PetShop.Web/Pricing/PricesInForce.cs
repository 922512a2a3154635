using PetShop.Targeting.Pricing;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Privacy;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Pricing;

/// <summary>One segment that an offer rests on, in plain words, with what is known of the person.</summary>
/// <param name="Sentence">Its rule.</param>
/// <param name="Facts">Each thing the rule asks that holds, and what was found.</param>
public sealed record PriceGround(string Sentence, IReadOnlyList<string> Facts);

/// <summary>An offer that lowers prices for one person, and why.</summary>
public sealed record PriceInForce(OfferTerms Terms, IReadOnlyList<PriceGround> Grounds);

/// <summary>The offers in force for a person, with the facts they rest on: worked out, not stored.</summary>
public static class PricesInForce
{
    /// <summary>For the download of a person's data.</summary>
    public static PersonalDataSource Source { get; } = new("prices_in_force", async (services, subject, cancel) =>
    {
        if (await SegmentReasons.ProfileAsync(services, subject, cancel) is not { } profile)
            return [];
        var products = await services.GetRequiredService<ProductTraits>().GetAsync(cancel);
        var shelf = await services.GetRequiredService<ShelfKeeper>().GetAsync(cancel);
        return [.. Of(profile, PriceSheet.Of(profile, profile.Facts.RolloutKey, products)).Select(o => new PersonalDataRow
        {
            ["offer"] = o.Terms.Id, ["reason"] = o.Terms.Reason, ["price"] = OfferWords.Say(o.Terms.Cut), ["on"] = OfferWords.Say(o.Terms.Scope, shelf), ["until"] = o.Terms.EndsAt,
            ["for"] = string.Join(" Or: ", o.Grounds.Select(g => g.Sentence)), ["because"] = string.Join("; ", o.Grounds.SelectMany(g => g.Facts).Distinct()),
        })];
    });

    /// <summary>What lowers prices for this profile, with the segments that hold it.</summary>
    public static IReadOnlyList<PriceInForce> Of(VisitorProfile profile, PriceSheet sheet) => [.. sheet.Held.Select(terms => new PriceInForce(terms, Grounds(profile, terms)))];

    private static IReadOnlyList<PriceGround> Grounds(VisitorProfile profile, OfferTerms terms) =>
        [.. profile.Rules.Active.Where(s => terms.AnyOf.Contains(s.Slug) && profile.IsIn(s.Slug)).Select(s => new PriceGround(
            s.Sentence, [.. Leaves(RuleExplanation.Of(s.Compiled, profile.Rules.Segments, profile.Facts, profile.At, profile.Rules.Words)).Select(Say).Distinct()]))];

    private static IEnumerable<RuleExplanation> Leaves(RuleExplanation why) => !why.Passes ? [] : why.Parts.Count == 0 ? [why] : why.Parts.SelectMany(Leaves);

    private static string Say(RuleExplanation leaf) => leaf.Actual.Length > 0 ? $"{ToThem(leaf.Needed)}: {leaf.Actual}" : ToThem(leaf.Needed);

    // Clauses are about "visitors who ..."; here the person reads them.
    private static string ToThem(string clause) => clause.StartsWith("whose ", StringComparison.Ordinal) ? $"your {clause[6..]}" : clause.StartsWith("who ", StringComparison.Ordinal) ? $"you {clause[4..]}" : clause;
}
