using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Pricing;

/// <summary>Who may be given a personal price at all; stands outside of every rule.</summary>
public static class PriceEligibility
{
    /// <summary>What somebody must have agreed to.</summary>
    public const ConsentPurposes Needed = ConsentPurposes.Personalisation | ConsentPurposes.Prices;

    public static bool Admits(VisitorFacts visitor, Moment at) => (visitor.Consents & Needed) == Needed && !IsMinor(visitor.BirthYear, at.Today.Year);

    /// <summary>A birth year leaves the birthday open: who may still be 17 counts as 17.</summary>
    public static bool IsMinor(int? birthYear, int year) => birthYear is { } born && year - born <= 18;
}
