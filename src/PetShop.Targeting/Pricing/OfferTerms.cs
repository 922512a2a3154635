using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Pricing;

/// <summary>What decides whether an offer lowers a price, and by how much.</summary>
public sealed record OfferTerms
{
    public required int Id { get; init; }

    /// <summary>Why the shopper gets it, as they read it: "several pets live with you".</summary>
    public required string Reason { get; init; }
    public required PriceCut Cut { get; init; }
    public required OfferScope Scope { get; init; }

    /// <summary>Slugs of segments of which the visitor must be in one; empty means nobody: a price for everyone is a public price.</summary>
    public required ValueList<string> AnyOf { get; init; }

    /// <summary>How far above its cost a price stays at least, in per cent of the cost, where the cost is known.</summary>
    public int LeastMarginPercent { get; init; }

    /// <summary>From this instant; null means always.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Until before this instant; null means for ever.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Share of members who keep the public price, for comparison.</summary>
    public int HoldoutPercent { get; init; }

    /// <summary>Grows with every change of the terms: what was counted before is never mixed with what is counted after.</summary>
    public int Run { get; init; }

    /// <summary>Of the stored row these terms were read from.</summary>
    public int Version { get; init; }

    public bool IsOn(DateTimeOffset at) => Schedule.Holds(StartsAt, EndsAt, at);

    /// <summary>Whether the visitor is of the share that keeps the public price. A greater share holds out the same people and more; a new run changes nobody's lot.</summary>
    /// <param name="visitorKey">The first visitor id ever seen; null for who is not recognised, for whom no lots are drawn.</param>
    public bool HoldsOut(string? visitorKey) => HoldoutPercent > 0 && visitorKey is not null && Bucketing.Bucket($"exp:offer-{Id}", visitorKey) < HoldoutPercent * (Bucketing.Buckets / 100);
}

/// <summary>A price for one person, below the public one.</summary>
public sealed record PersonalPrice(int OfferId, string Reason, long UnitMinor, long PublicMinor)
{
    public long SavedMinor => PublicMinor - UnitMinor;
}
