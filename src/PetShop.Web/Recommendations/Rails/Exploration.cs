using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Gives one place to a product that the shop knows little of, so that what shoppers never saw can still prove itself.</summary>
/// <remarks>
/// Thompson sampling over <see cref="ThompsonDraws"/>: the person's draw of the day is one of many made beforehand, so the recorded propensity is counted exactly
/// over all of them, given what is eligible and not on the page yet.
/// </remarks>
public static class Exploration
{
    private const int Around = 5, MostOfBrand = 2, MostOfLeaf = 3;

    /// <summary>Puts the drawn product into one of the last places; nothing when none may be shown.</summary>
    public static void Apply(RailContext context, Draft draft, Eligibility within, Func<int, bool> mayShow, int size, Random random)
    {
        var (back, draw) = (random.Next(3), random.Next(context.State.Lists.Explorers.Draws));
        var at = Math.Min(size, draft.Places.Count) - 1 - back;
        if (at < 0 || draft.Places[at].IsPinned)
            return;
        bool MayTake(int column) => within[column] && mayShow(column) && !draft.Places.Exists(p => p.Column == column) && KeepsCaps(context, draft, at, column);
        if (context.State.Lists.Explorers.Choose(draw, MayTake) is { } drawn)
            draft.Places[at] = new(drawn.Item, "Something new", drawn.Propensity);
    }

    // Stricter than the caps of a run of six: counted over all the runs that the place stands in at once.
    private static bool KeepsCaps(RailContext context, Draft draft, int at, int column)
    {
        int brand = 0, leaf = 0;
        for (var i = Math.Max(0, at - Around); i <= Math.Min(draft.Places.Count - 1, at + Around); i++)
        {
            if (i == at)
                continue;
            brand += context.Catalogue.Brands[draft.Places[i].Column] == context.Catalogue.Brands[column] ? 1 : 0;
            leaf += context.Catalogue.Leaves[draft.Places[i].Column] == context.Catalogue.Leaves[column] ? 1 : 0;
        }
        return brand < MostOfBrand && leaf < MostOfLeaf;
    }
}
