using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Lists made for one person or one of their pets; each says what stands in for it when too little is known.</summary>
public static class PersonalSources
{
    /// <summary>The model's list; for newcomers and refusers what most households like.</summary>
    public static Source ForYou(RailContext c, string title = "Picked for you")
    {
        if (c.Taste is not { IsKnown: true } taste)
            return CommonSources.Popular(c, "");
        return SessionSource.Join(c, Modelled(c, title, taste.Bought.Count > 0 ? "From what you bought and looked at" : "From what you looked at", taste.BestForAll(), taste.Discover)) with { IsShared = true };
    }

    /// <summary>The model's list within a category; else the category's favourites.</summary>
    public static Source ForYouIn(RailContext c, string category)
    {
        if (c.Taste is not { IsKnown: true } taste || c.Catalogue.InCategory(category) is not { } within)
            return CommonSources.Popular(c, category);
        var eligible = taste.Discover.Copy().And(within);
        return Modelled(c, $"Picked for you in {c.Catalogue.CategoryName(category) ?? "this department"}", "From what you bought and looked at",
            taste.Best($"in {category}", () => eligible), eligible);
    }

    /// <summary>What is safe and fitting for one animal, in the order its people would like.</summary>
    public static Source ForPet(RailContext c, PetFacts pet)
    {
        var safe = pet.SafeIn(c.Catalogue, c.Today);
        c.Taste?.Without(safe);
        // Shampoo fits any animal; a rail for a cat is about cats.
        safe.And(c.Catalogue.MadeFor(pet.Species));
        var source = c.Taste is { IsKnown: true } taste
            ? Modelled(c, "", "", taste.Best($"pet {pet.Id}", () => safe), safe)
            : new Source("", "", "popular-pet", c.Pick(c.State.Lists.AllByPopularity, safe)) { Explore = true, ExploreWithin = safe };
        return source with { Title = $"For {pet.Name}", Why = PetPhrase.For(pet, c.Today), Pet = pet };
    }

    /// <summary>Around the last product looked at; the season's list when there is none.</summary>
    public static Source BecauseViewed(RailContext c)
    {
        if (SessionSource.BecauseViewed(c) is { } visit)
            return visit;
        foreach (var viewed in c.Taste?.Viewed.Take(5) ?? [])
        {
            if (c.Taste!.Bought.Contains(viewed) || c.Taste.Hidden.Contains(viewed) || c.Catalogue.Find(viewed) is not { } product)
                continue;
            var around = Around(c, viewed);
            if (around.Length >= 4)
                return new($"Because you looked at {product.Name}", "Others who liked it also looked at these", "because-viewed", around) ;
        }
        return CommonSources.InSeason(c);
    }

    /// <summary>Looked at before, newest first.</summary>
    public static Source Recent(RailContext c)
    {
        var columns = (c.Taste?.Viewed ?? []).Select(c.Catalogue.Items.ColumnOf).Where(i => i >= 0 && c.Taste!.Recall[i] && !c.Shown.Contains(c.Catalogue[i].Id));
        Ranked[] recent = [.. columns.Take(24).Select((column, i) => new Ranked(column, -i))];
        return recent.Length >= 2
            ? new("You looked at these", "Your last visits", "recent", recent) { Diversify = false, IsOwn = true, Least = 2 }
            : CommonSources.New(c);
    }

    /// <summary>Products chosen by the same people and products of the same kind, the former first.</summary>
    public static Ranked[] Around(RailContext c, int productId)
    {
        var chosen = c.Around([productId], NeighbourKind.ItemItem, c.Discover);
        var alike = c.Around([productId], NeighbourKind.Similar, c.Discover);
        return [.. chosen.Concat(alike).DistinctBy(r => r.Item).Take(60).Select((r, i) => new Ranked(r.Item, 1f / (i + 2)))];
    }

    private static Source Modelled(RailContext c, string title, string why, ReadOnlySpan<Ranked> best, Eligibility within)
    {
        var known = c.Pick(best, within, most: 100);
        // A young model or a narrow shelf may have little to say; what is popular there fills the rest, below everything modelled.
        var floor = known.Length > 0 ? known[^1].Score : 0;
        var rest = known.Length >= 16 ? [] : c.Pick(c.State.Lists.AllByPopularity, within, 24).ExceptBy(known.Select(k => k.Item), r => r.Item).Select((r, i) => new Ranked(r.Item, floor - 0.01f * (i + 1)));
        return new(title, why, c.State.Model!.Strategy, [.. known, .. rest])
        {
            ModelVersion = c.State.Model.Version, Explore = true, ExploreWithin = within,
        };
    }
}
