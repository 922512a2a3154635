using PetShop.Data.Models;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Lists about a product, a department or the shop; the same for everybody but for what a person may not be shown.</summary>
public static class CommonSources
{
    public static Source Popular(RailContext c, string category) => new(
        category.Length == 0 ? "Loved by our customers" : $"Popular in {Name(c, category)}", "What most households come back for", "popular",
        c.PickForAll(category.Length == 0 ? c.State.Lists.AllByPopularity : c.State.Lists.Popular(category), c.Discover)) { IsShared = true };

    public static Source New(RailContext c) => new("New in the shop", "Arrived in the last three months", "new", c.PickForAll(c.State.Lists.New(), c.Discover)) { IsShared = true };

    public static Source InSeason(RailContext c)
    {
        var season = Serving.ProductLists.SeasonOf(c.Today);
        var candidates = c.PickForAll(c.State.Lists.InSeason(), c.Discover);
        return candidates.Length >= 4
            ? new($"For {season}", "What pets need at this time of the year", "season", candidates) { IsShared = true }
            : new("Bought this month", "What other households are putting into their carts", "month", c.PickForAll(c.State.Lists.ThisMonth(), c.Discover)) { IsShared = true };
    }

    /// <summary>Looked at more than usual; while nothing is, bought by the most households this month.</summary>
    public static Source Trending(RailContext c, string category)
    {
        var where = category.Length == 0 ? "" : $" in {Name(c, category)}";
        var trending = c.PickForAll(c.State.Lists.Trending(category), c.Discover);
        if (trending.Length >= 4)
            return new($"Trending{where}", "Looked at more than usual these days", "trending", trending) { IsShared = true };
        var month = c.PickForAll(c.State.Lists.ThisMonth(category), c.Discover);
        return month.Length >= 4
            ? new($"This month's favourites{where}", "Bought by the most households in the last 30 days", "month", month) { IsShared = true }
            : Popular(c, category);
    }

    public static Source Similar(RailContext c, int productId) => new("Similar products", "The same kind, to compare", "similar",
        c.State.Neighbours.Of(productId, NeighbourKind.Similar).Ids.Length > 0 ? Neighbours(c, productId, NeighbourKind.Similar) : SameKind(c, productId)) { Diversify = false };

    /// <summary>Bought together with a product by at least five households.</summary>
    public static Source Together(RailContext c, int productId) =>
        new("Often bought together", "Bought together by many households", "together", c.Around([productId], NeighbourKind.BoughtTogether, c.Discover)) { Diversify = false, Least = 1 };

    /// <summary>Around a whole cart: what was bought together with it, then what the same people choose besides.</summary>
    public static Source AroundCart(RailContext c, IReadOnlyCollection<int> productIds)
    {
        var (together, chosen) = (c.Around(productIds, NeighbourKind.BoughtTogether, c.Discover), c.Around(productIds, NeighbourKind.ItemItem, c.Discover));
        return new("Goes with your cart", "What other households have beside these", "together",
            [.. together.Concat(chosen).DistinctBy(r => r.Item).Take(60).Select((r, i) => new Ranked(r.Item, 1f / (i + 2)))]);
    }

    /// <summary>Chosen by the same people; less what this person has or refused.</summary>
    public static Source AlsoChosen(RailContext c, int productId)
    {
        var chosen = Neighbours(c, productId, NeighbourKind.ItemItem);
        return new("People who chose this also like", "Chosen by the same households", "item-item", chosen.Length >= 4 ? chosen : PersonalSources.Around(c, productId));
    }

    /// <summary>For the next order: what its people bought in a later one, what goes with this one, then what its people choose besides.</summary>
    public static Source Next(RailContext c, IReadOnlyCollection<int> productIds)
    {
        var after = c.Around(productIds, NeighbourKind.BoughtAfter, c.Discover);
        var together = c.Around(productIds, NeighbourKind.BoughtTogether, c.Discover);
        var chosen = c.Around(productIds, NeighbourKind.ItemItem, c.Discover);
        return new("For next time", "What others chose after an order like this", "next",
            [.. after.Concat(together).Concat(chosen).DistinctBy(r => r.Item).Take(60).Select((r, i) => new Ranked(r.Item, 1f / (i + 2)))]);
    }

    private static Ranked[] Neighbours(RailContext c, int productId, NeighbourKind kind)
    {
        var found = c.Around([productId], kind, c.Discover);
        // Somebody who looks at dog food while owning a cat is still shown dog food beside it.
        return found.Length >= 4 ? found : c.Around([productId], kind, c.Accompany);
    }

    // A product that came after the last training has no list yet: what stands on the same shelf is compared on the spot.
    private static Ranked[] SameKind(RailContext c, int productId)
    {
        if (c.Catalogue.Items.ColumnOf(productId) is not (>= 0 and var column))
            return [];
        var (kept, eligible) = (new Ranked[60], c.Accompany);
        var list = new TopList(kept);
        for (var other = 0; other < c.Catalogue.Count; other++)
            if (other != column && c.Catalogue.Leaves[other] == c.Catalogue.Leaves[column] && eligible[other] && !c.Shown.Contains(c.Catalogue[other].Id))
                list.Offer(other, c.State.Similarity(column, other) + 0.01f * (float)c.Catalogue[other].Popularity);
        return kept[..list.Sort()];
    }

    private static string Name(RailContext c, string category) => c.Catalogue.CategoryName(category) ?? "this department";
}
