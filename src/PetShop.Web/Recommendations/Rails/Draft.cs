using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>A rail before its cards are read: which products, in which order, and why.</summary>
public sealed record Draft(string Placement, string Title, string Why, string Strategy, int? ModelVersion)
{
    /// <summary>Places in the order they are shown; a few more than fit, should a product have sold out a moment ago.</summary>
    public List<Place> Places { get; } = [];

    /// <summary>The pet that every card must be safe for, checked again on the rows just read.</summary>
    public PetFacts? Pet { get; init; }
}

/// <summary>One product of a draft.</summary>
/// <param name="Column">In the catalogue.</param>
/// <param name="Reason">A short phrase for the card.</param>
/// <param name="Propensity">Chance that exactly this product was drawn; set on explored places only.</param>
/// <param name="Rule">The merchandiser's rule that put it there or lifted it.</param>
public readonly record struct Place(int Column, string? Reason = null, double? Propensity = null, ShelfRule? Rule = null)
{
    public bool IsPinned => Rule?.Kind == MerchandisingKind.Pin;
}

/// <summary>Candidates for a rail and the words around it, best first.</summary>
public sealed record Source(string Title, string Why, string Strategy, Ranked[] Candidates)
{
    public int? ModelVersion { get; init; }
    public PetFacts? Pet { get; init; }
    /// <summary>Neighbours should differ; off where the order itself is the point, as in "recently viewed".</summary>
    public bool Diversify { get; init; } = true;
    /// <summary>One place may go to a product that little is known of.</summary>
    public bool Explore { get; init; }
    /// <summary>What exploring may draw from.</summary>
    public Eligibility? ExploreWithin { get; init; }
    /// <summary>For the whole household: its places are shared among the pets.</summary>
    public bool IsShared { get; init; }
    /// <summary>A person's own past, such as orders and looks: nothing is pinned or lifted in it.</summary>
    public bool IsOwn { get; init; }
    /// <summary>Fewest cards worth a rail.</summary>
    public int Least { get; init; } = 3;
    /// <summary>A phrase for the card of a column.</summary>
    public Func<int, string?>? ReasonOf { get; init; }
}
