using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>What every source of one request may look at.</summary>
/// <param name="Taste">Null for whoever is shown what everybody is shown.</param>
/// <param name="Shown">What the page shows already.</param>
public sealed record RailContext(ServingState State, Taste? Taste, ShownProducts Shown, DateTimeOffset Now, DateOnly Today)
{
    public Catalogue Catalogue => State.Catalogue;

    /// <summary>The day where the shop is, which <see cref="Today"/>, by UTC, runs behind or ahead of for some hours.</summary>
    public DateOnly ShopDay { get; init; } = Today;

    /// <summary>The merchandisers' rules that hold for this visitor now, the most important first.</summary>
    public IReadOnlyList<ShelfRule> Rules { get; init; } = [];

    /// <summary>What may stand beside something this person chose to look at.</summary>
    public Eligibility Accompany => Taste?.Accompany ?? State.Lists.Sellable;

    /// <summary>What may be shown to this person, or to anybody.</summary>
    public Eligibility Discover => Taste?.Discover ?? State.Lists.Sellable;

    /// <summary>The first candidates that are eligible and not on the page yet, in their order.</summary>
    public Ranked[] Pick(ReadOnlySpan<Ranked> candidates, Eligibility eligible, int most = 60)
    {
        List<Ranked> picked = new(most);
        foreach (var candidate in candidates)
        {
            if (eligible[candidate.Item] && !Shown.Contains(Catalogue[candidate.Item].Id))
                picked.Add(candidate);
            if (picked.Count == most)
                break;
        }
        return [.. picked];
    }

    /// <summary>As <see cref="Pick"/>, and a dozen more for each group of this person's taste that the list would forget, so that every pet finds its share.</summary>
    public Ranked[] PickForAll(ReadOnlySpan<Ranked> candidates, Eligibility eligible)
    {
        var picked = Pick(candidates, eligible);
        if (Taste?.Groups is not { Count: > 1 } groups)
            return picked;
        HashSet<int> known = [.. picked.Select(p => p.Item)];
        List<Ranked> all = [.. picked];
        foreach (var group in groups)
            foreach (var more in Pick(candidates, group.Products.Copy().And(eligible), most: 12))
                if (known.Add(more.Item))
                    all.Add(more);
        return [.. all.OrderByDescending(r => r.Score)];
    }

    /// <summary>Neighbours of products as columns of the catalogue; a neighbour of several adds up.</summary>
    public Ranked[] Around(IEnumerable<int> productIds, Data.Models.NeighbourKind kind, Eligibility eligible)
    {
        Dictionary<int, float> scores = [];
        var of = productIds.ToHashSet();
        foreach (var product in of)
        {
            var neighbours = State.Neighbours.Of(product, kind);
            for (var i = 0; i < neighbours.Ids.Length; i++)
                if (!of.Contains(neighbours.Ids[i]) && Catalogue.Items.ColumnOf(neighbours.Ids[i]) is >= 0 and var column && eligible[column] && !Shown.Contains(neighbours.Ids[i]))
                    scores[column] = scores.GetValueOrDefault(column) + neighbours.Scores[i];
        }
        return [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => new Ranked(s.Key, s.Value))];
    }
}
