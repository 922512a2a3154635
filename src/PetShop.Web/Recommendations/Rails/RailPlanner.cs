using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Turns a request into drafts: the source of its placement, then what is shown already taken out, then order and variety, then one explored place.</summary>
public sealed class RailPlanner(RailContext context, Random random, double exploreShare, int size)
{
    // Read in vain by the card query when all is in stock, shown when something sold out a moment ago.
    private const int Spare = 3, PetsShown = 2, Considered = 60, ConsideredForAll = 140;

    public List<Draft> Plan(RailRequest request)
    {
        List<Draft> drafts = [];
        var merchandising = Merchandising.Of(context, request);
        foreach (var source in SourcesOf(request))
            if (Compose(request.Placement, source, merchandising) is { } draft)
                drafts.Add(draft);
        return drafts;
    }

    private IEnumerable<Source> SourcesOf(RailRequest r) => r.Placement switch
    {
        Placements.HomeForYou or Placements.AccountForYou => [PersonalSources.ForYou(context)],
        // In a letter nobody's looks are counted, so nothing could be learned from a place given to chance.
        Placements.LetterForYou => [PersonalSources.ForYou(context) with { Explore = false }],
        Placements.LetterBuyAgain => [BuyAgainSource.Of(context, onlyDue: false)],
        Placements.HomePet => Pets(r),
        Placements.HomeBecauseViewed => [PersonalSources.BecauseViewed(context)],
        Placements.HomeBuyAgain => [BuyAgainSource.Of(context, onlyDue: true)],
        Placements.HomeTrending => [CommonSources.Trending(context, r.Category ?? FavouriteDepartment())],
        Placements.HomeRecent => [PersonalSources.Recent(context)],
        Placements.ProductSimilar => [CommonSources.Similar(context, ProductOf(r))],
        Placements.ProductTogether => [CommonSources.Together(context, ProductOf(r))],
        Placements.ProductBecause => [CommonSources.AlsoChosen(context, ProductOf(r))],
        Placements.CartTogether => [r.Products is { Count: > 0 } lines ? CommonSources.AroundCart(context, lines) : PersonalSources.ForYou(context)],
        Placements.OrderNext => [r.Products is { Count: > 0 } bought ? CommonSources.Next(context, bought) : PersonalSources.ForYou(context)],
        Placements.AccountBuyAgain => [BuyAgainSource.Of(context, onlyDue: false)],
        Placements.DepartmentTrending => [CommonSources.Trending(context, r.Category ?? "")],
        Placements.CategoryForYou => [PersonalSources.ForYouIn(context, r.Category ?? "")],
        Placements.SearchEmpty => [PersonalSources.ForYou(context, "Perhaps one of these")],
        _ => throw new ArgumentException($"There is no placement \"{r.Placement}\"; see Placements for those there are.", nameof(r)),
    };

    private static int ProductOf(RailRequest r) => r.ProductId ?? throw new ArgumentException($"The rail {r.Placement} is about a product: give it a product-id.", nameof(r));

    // There is room for two of a household: every day begins with another, so that none is never seen.
    private IEnumerable<Source> Pets(RailRequest request)
    {
        PetFacts[] pets = [.. (context.Taste?.Household.Pets ?? []).Where(p => request.PetId is null || p.Id == request.PetId)];
        for (var i = 0; i < Math.Min(PetsShown, pets.Length); i++)
            yield return PersonalSources.ForPet(context, pets[(context.ShopDay.DayNumber + i) % pets.Length]);
    }

    private string FavouriteDepartment() => context.Taste?.Viewed.Take(20).Select(id => context.Catalogue.Find(id)?.Department).Where(d => d is not null)
        .GroupBy(d => d!).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key ?? "";

    private Draft? Compose(string placement, Source source, Merchandising? merchandising)
    {
        bool MayShow(int column) => !context.Shown.Contains(context.Catalogue[column].Id) && merchandising?.Excludes(column) != true;
        var left = Array.FindAll(source.Candidates, c => MayShow(c.Item));
        if (left.Length < source.Least)
            return null;
        if (!source.IsOwn)
            merchandising?.Lift(left);
        var draft = new Draft(placement, source.Title, source.Why, source.Strategy, source.ModelVersion) { Pet = source.Pet };
        foreach (var item in Arranged(source, left))
            draft.Places.Add(new(item.Item, source.ReasonOf?.Invoke(item.Item), Rule: source.IsOwn ? null : merchandising?.LifterOf(item.Item)));
        var within = source.ExploreWithin ?? context.Discover;
        if (!source.IsOwn)
            merchandising?.Pin(draft, column => within[column] && MayShow(column));
        if (source.Explore && context.Taste is not null && draft.Places.Count >= size && random.NextDouble() < exploreShare)
            Exploration.Apply(context, draft, within, MayShow, size, random);
        foreach (var place in draft.Places)
            context.Shown.Add(context.Catalogue[place.Column].Id);
        return draft;
    }

    private Ranked[] Arranged(Source source, Ranked[] left)
    {
        var list = new Ranked[Math.Min(size + Spare, left.Length)];
        if (!source.Diversify)
        {
            Array.Copy(left, list, list.Length);
            return list;
        }
        var calibration = source.IsShared ? context.Taste?.Calibration : null;
        var count = context.State.Diversifier.Arrange(left.AsSpan(0, Math.Min(left.Length, calibration is null ? Considered : ConsideredForAll)), list, calibration);
        return list[..count];
    }
}
