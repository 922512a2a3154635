using System.Collections.Frozen;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>A living pet with the id its pages and rails are known by.</summary>
public sealed record LivingPet(Guid Id, string Name, PetFacts Facts);

/// <summary>All that pages may choose by for the visitor of one request.</summary>
/// <param name="Facts">What rules ask, with the visit under way.</param>
/// <param name="Pets">Living pets, the first one first.</param>
/// <param name="Memberships">Slugs of the segments that are on and hold the visitor.</param>
public sealed record VisitorProfile(
    VisitorFacts Facts, IReadOnlyList<LivingPet> Pets, VisitorHistory History, IReadOnlySet<string> Memberships, RuleBook Rules, Moment At)
{
    /// <summary>Slugs of the segments that the database decided, over more events than are kept at hand.</summary>
    public IReadOnlySet<string> LookedUp { get; init; } = FrozenSet<string>.Empty;

    public bool IsIn(string segment) => Memberships.Contains(segment);
}

/// <summary>What is stored of a visitor: account, features, pets; the history comes on top.</summary>
public sealed record StoredFacts(VisitorFacts Facts, IReadOnlyList<LivingPet> Pets)
{
    public static StoredFacts Nothing { get; } = new(VisitorFacts.Unknown, []);
}
