using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Pricing;

/// <summary>Who may be given a personal price at all; stands outside of every rule.</summary>
public static class PriceEligibility
{
    /// <summary>What somebody must have agreed to.</summary>
    public const ConsentPurposes Needed = ConsentPurposes.Personalisation | ConsentPurposes.Prices;

    public static bool Admits(VisitorFacts visitor, Moment at) => (visitor.PurposesAt(at) & Needed) == Needed;
}
