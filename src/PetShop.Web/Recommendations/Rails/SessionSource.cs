using PetShop.Data.Events;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>What comes next in a visit under way, for somebody who has bought nothing yet: from the clicks of this visit and from visits like it.</summary>
public static class SessionSource
{
    private const int Depth = 60;

    // Places of two lists are joined as 1 / (this + place), so that neither list's scale matters.
    private const float JoinOffset = 10;

    // A visit tells more of the next click than a long memory does, which for such visitors is hardly longer.
    private const float MemoryShare = 0.5f;

    /// <summary>Around what this visit has looked at; null when they are known by purchases, or visits say nothing of these products.</summary>
    public static Source? BecauseViewed(RailContext c)
    {
        var next = Next(c);
        if (next.Length < 4 || c.Catalogue.Find(ClicksOf(c.Taste!)[^1]) is not { } last)
            return null;
        return new($"Because you looked at {last.Name}", "Visitors who looked at the same went on to these", "sessions", next);
    }

    /// <summary>A personal list drawn towards this visit; the list as it is where visits say nothing.</summary>
    public static Source Join(RailContext c, Source personal)
    {
        var next = Next(c);
        if (next.Length == 0)
            return personal;
        Dictionary<int, float> scores = [];
        Add(next, 1);
        Add(personal.Candidates, MemoryShare);
        var known = personal.Candidates.Select(r => r.Item).ToHashSet();
        return personal with
        {
            Strategy = $"sessions+{personal.Strategy}",
            Candidates = [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => new Ranked(s.Key, s.Value))],
            ReasonOf = column => known.Contains(column) ? personal.ReasonOf?.Invoke(column) : "Often looked at next",
        };

        void Add(Ranked[] list, float share)
        {
            for (var place = 0; place < list.Length; place++)
                scores[list[place].Item] = scores.GetValueOrDefault(list[place].Item) + share / (JoinOffset + place);
        }
    }

    /// <summary>The products of the latest visit in the order they were looked at or put into the cart, each step once.</summary>
    public static int[] ClicksOf(Taste taste)
    {
        if (taste.LatestSession is not { } session)
            return [];
        List<int> clicks = [];
        foreach (var e in taste.Choices.Reverse())
            if (e.SessionId == session && e is { ProductId: { } product, Type: EventType.ProductViewed or EventType.CartAdded or EventType.SearchClicked }
                && (clicks.Count == 0 || clicks[^1] != product) && !IsMourned(taste, product) && !taste.Hidden.Contains(product))
                clicks.Add(product);
        return [.. clicks];
    }

    private static bool IsMourned(Taste taste, int product) => taste.State.Catalogue.Find(product) is { } facts && taste.Household.Mourns(facts);

    private static Ranked[] Next(RailContext c)
    {
        if (c.Taste is not { Bought.Count: 0 } taste || c.State.Sessions is not { } sessions)
            return [];
        var clicks = ClicksOf(taste);
        var fresh = taste.Discover.Copy().Except(Array.ConvertAll(clicks, c.Catalogue.Items.ColumnOf));
        return clicks.Length == 0 ? [] : c.Pick(sessions.Next(clicks, fresh, Depth), fresh);
    }
}
