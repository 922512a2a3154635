using System.Collections.Concurrent;
using PetShop.Data.Events;
using PetShop.Data.Shoppers;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>What one person's behaviour comes to, under one model and catalogue: weighed, folded in, ranked. Made again when any of them changes.</summary>
public sealed class Taste
{
    private const int Depth = 120, OfEachGroup = 16, ShortShelf = 8;
    // Pages without a rail of the model, such as most product pages, spare themselves the folding in.
    private readonly Lazy<(Interaction[] Weighed, float[] Vector, bool IsKnown)> _folded;
    private readonly ConcurrentDictionary<string, Ranked[]> _best = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string?> _explained = new();
    private readonly DateTimeOffset _now;
    private readonly DateOnly _day;
    private readonly Lazy<TasteGroups> _groups;
    private readonly Lazy<Explainer> _explainer;
    private readonly Lazy<Eligibility> _recall, _accompany;

    public Taste(ServingState state, VisitorHistory history, ShopperRecord record, Household household, DateTimeOffset now)
    {
        (State, Choices, LatestSession, Record, Household, _now, _day) = (state, history.Choices, history.LatestSession, record, household, now, DateOnly.FromDateTime(now.UtcDateTime));
        Purchases = household.Corrections.Made.Count == 0 ? record.Purchases : [.. record.Purchases.Where(p => !household.Corrections.WasGift(p.ProductId, p.At))];
        var events = Events();
        _folded = new(() => Fold(events));
        Bought = [.. events.Where(e => e.Kind == InteractionKind.Purchase).Select(e => e.Product).Concat(record.Purchases.Select(p => p.ProductId))];
        Viewed = [.. Choices.Where(e => e.Type == EventType.ProductViewed && !Mourned(e.ProductId!.Value, e.OccurredAt)).Select(e => e.ProductId!.Value).Distinct()];
        Hidden = [.. household.Corrections.Made.Where(StillHides).Select(c => c.ProductId)];
        InCart = FindInCart(Choices, now);
        Discover = Without(household.MayDiscover(state.Catalogue, _day));
        _explainer = new(() => new(State, IsKnown ? _folded.Value.Weighed : []));
        _groups = new(() => TasteGroups.Of(this, _folded.Value.Weighed));
        _recall = new(() => WithoutProducts(household.MayAccompany(state.Catalogue, _day), Hidden));
        _accompany = new(() => Without(household.MayAccompany(state.Catalogue, _day)));
    }

    public ServingState State { get; }
    /// <summary>The day its ages and seasons are of.</summary>
    public DateOnly Day => _day;
    /// <summary>What they did with products lately, newest first.</summary>
    public IReadOnlyList<HistoryEvent> Choices { get; }
    /// <summary>The session of the newest thing they did, with a product or not.</summary>
    public Guid? LatestSession { get; }
    public ShopperRecord Record { get; }
    public Household Household { get; }

    /// <summary>The model can tell this person from anybody else.</summary>
    public bool IsKnown => _folded.Value.IsKnown;
    public HashSet<int> Bought { get; }
    /// <summary>Looked at, newest first, each once.</summary>
    public int[] Viewed { get; }
    /// <summary>Purchases that tell of this household: gifts are left out.</summary>
    public IReadOnlyList<Purchase> Purchases { get; }
    /// <summary>"Not for me", "not my pet" and "already have it": in no list, until taken back.</summary>
    public HashSet<int> Hidden { get; }
    public HashSet<int> InCart { get; }
    /// <summary>What may be discovered: safe, in stock, not bought, refused, in the cart or tired of.</summary>
    public Eligibility Discover { get; }
    /// <summary>What may stand beside a product that they chose to look at.</summary>
    public Eligibility Accompany => _accompany.Value;
    /// <summary>What they may be reminded of: safe and in stock, bought and seen before or not.</summary>
    public Eligibility Recall => _recall.Value;
    /// <summary>The pets, else the species, that lists for everybody at home are shared among.</summary>
    public IReadOnlyList<TasteGroup> Groups => _groups.Value.Groups;
    /// <summary>Shares of the groups; null when there is but one.</summary>
    public Calibration? Calibration => _groups.Value.Calibration;
    /// <summary>What was folded in, in columns of the model.</summary>
    public IReadOnlyList<Interaction> Weighed => _folded.Value.Weighed;

    public bool IsFor(ServingState state, VisitorHistory history, ShopperRecord record, Household household, DateOnly day) =>
        day == _day && ReferenceEquals(State, state) && ReferenceEquals(Choices, history.Choices) && LatestSession == history.LatestSession && ReferenceEquals(Record, record) && ReferenceEquals(Household, household);

    /// <summary>Takes away what this person bought, refused, has in the cart or was shown too often in vain.</summary>
    public Eligibility Without(Eligibility eligible) =>
        WithoutProducts(eligible, Bought.Concat(Hidden).Concat(InCart).Concat(Record.Shown.Where(s => IsTired(s.Key, s.Value)).Select(s => s.Key)));

    private Eligibility WithoutProducts(Eligibility eligible, IEnumerable<int> products)
    {
        foreach (var product in products)
            if (State.Catalogue.Items.ColumnOf(product) is >= 0 and var column)
                eligible[column] = false;
        return eligible;
    }

    /// <summary>The best of all that may be discovered, with the best for each pet however far down it stands.</summary>
    public Ranked[] BestForAll() => _best.GetOrAdd("for all", _ =>
    {
        var all = Best("discover", () => Discover).ToArray();
        if (Groups.Count < 2)
            return all;
        var more = Groups.SelectMany(g => Best($"discover {g.Key}", () => Discover.Copy().And(g.Products)).ToArray().Take(OfEachGroup));
        return [.. all.Take(60).Concat(more).DistinctBy(r => r.Item).OrderByDescending(r => r.Score).ThenBy(r => r.Item)];
    });

    /// <summary>The best of what is eligible for this person: columns of the catalogue; kept under the name given.</summary>
    public ReadOnlySpan<Ranked> Best(string name, Func<Eligibility> eligible) => _best.GetOrAdd(name, _ => Rank(eligible()));

    /// <summary>Why the model likes a product for this person, from what they did; null when it cannot say.</summary>
    public string? Explain(int catalogueColumn) => _explained.GetOrAdd(catalogueColumn, _ => Explanation.Of(State, _folded.Value.Weighed, PartsOf(catalogueColumn), catalogueColumn, VerbOf));

    /// <summary>What each weighed interaction adds to a product's score; empty when the model cannot say.</summary>
    public float[] PartsOf(int catalogueColumn) => _explainer.Value.PartsOf(catalogueColumn);

    /// <summary>What popularity adds to a product's score beside them.</summary>
    public float CommonPartOf(int catalogueColumn) => _explainer.Value.CommonPartOf(catalogueColumn);

    private Ranked[] Rank(Eligibility eligible)
    {
        Span<Ranked> top = new Ranked[Depth];
        // A short list, as of one shelf, is not worth the scores of everything that could be discovered.
        var likely = eligible.EligibleCount < Discover.EligibleCount / ShortShelf ? eligible : Discover;
        top = top[..State.Top(this, eligible, likely, static (taste, wanted, scores) => taste.Score(wanted, scores), top)];
        // Where nothing in the history points to a product, a model of neighbours has no opinion of it.
        while (State.Model!.Model is NeighbourModel && top.Length > 0 && top[^1].Score <= 0)
            top = top[..^1];
        for (var i = 0; i < top.Length; i++)
            top[i] = top[i].Score > 0 ? top[i] with { Score = top[i].Score * Freshness(State.Catalogue[top[i].Item].Id) } : top[i];
        top.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return top.ToArray();
    }

    private void Score(Eligibility wanted, Span<float> scores)
    {
        if (State.Model!.Model is FactorModel factors)
            factors.ScoreFor(_folded.Value.Vector, wanted, scores);
        else
            State.Model.Model.Score(_folded.Value.Weighed, wanted, scores);
    }

    private float Freshness(int product) => Record.Shown.TryGetValue(product, out var shown) && !WasClicked(product) ? Fatigue.Multiplier(shown.Views) : 1;

    private bool IsTired(int product, (int Views, DateTimeOffset Last) shown) => Fatigue.IsResting(shown.Views, _now - shown.Last) && !WasClicked(product);

    private bool WasClicked(int product) => Array.IndexOf(Viewed, product) >= 0;

    private bool Mourned(int product, DateTimeOffset at) =>
        Household.Died.Length > 0 && State.Catalogue.Find(product) is { } facts && Household.Mourns(facts)
        && at.UtcDateTime < Household.Died.Max(d => d.DiedOn!.Value).AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    // Orders tell of purchases; for a browser without an account the events of the live history must.
    private InteractionEvent[] Events()
    {
        List<InteractionEvent> events = new(Choices.Count + Record.Purchases.Count);
        foreach (var e in Choices)
        {
            if (e.ProductId is not { } product || Mourned(product, e.OccurredAt))
                continue;
            if (Household.Corrections.WasGift(product, e.OccurredAt))
                continue;
            if (e.Type == EventType.Purchased && Record.Purchases.Count == 0)
                events.Add(new(product, InteractionKind.Purchase, e.OccurredAt, e.Quantity ?? 1));
            else if (InteractionReader.KindOf(e.Type, null) is { } kind)
                events.Add(new(product, kind, e.OccurredAt, e.Quantity ?? 1));
        }
        foreach (var refusal in Household.Corrections.Made)
            if (refusal.Kind is CorrectionKind.NotForMe or CorrectionKind.NotMyPet)
                events.Add(new(refusal.ProductId, InteractionReader.RefusalOf(refusal.Kind), refusal.At));
        foreach (var purchase in Purchases)
            if (!Mourned(purchase.ProductId, purchase.At))
                events.Add(new(purchase.ProductId, InteractionKind.Purchase, purchase.At, purchase.Quantity));
        return [.. events];
    }

    // Choosing a product later takes "not for me" back.
    private bool StillHides(Correction correction) => correction.Kind is CorrectionKind.AlreadyHave or CorrectionKind.NotMyPet
        || (correction.Kind == CorrectionKind.NotForMe && !Choices.Any(e => e.ProductId == correction.ProductId && e.OccurredAt > correction.At
            && e.Type is EventType.CartAdded or EventType.WishListed or EventType.Purchased));

    // A history that a damaged model cannot make sense of is as good as none: the list is then that of everybody.
    private (Interaction[] Weighed, float[] Vector, bool IsKnown) Fold(InteractionEvent[] events)
    {
        if (State.Model is not { } served)
            return ([], [], false);
        var weighed = ShopperHistory.Weigh(events, served.Model.Items, _now);
        if (weighed.Length == 0 || !served.Model.Knows(weighed))
            return (weighed, [], false);
        if (served.Model is not FactorModel factors)
            return (weighed, [], true);
        var vector = new float[factors.Rank];
        try
        {
            factors.FoldIn(weighed, vector);
            return (weighed, vector, true);
        }
        catch (ArithmeticException)
        {
            return (weighed, [], false);
        }
    }

    private static HashSet<int> FindInCart(IReadOnlyList<HistoryEvent> choices, DateTimeOffset now)
    {
        // Newest first as they come. What was taken out may be less than what lies in the cart.
        Dictionary<int, int> units = [];
        foreach (var e in choices.TakeWhile(e => e.OccurredAt > now.AddDays(-3)).Reverse())
            if (e is { ProductId: { } product, Type: EventType.CartAdded or EventType.CartRemoved })
                units[product] = Math.Max(0, units.GetValueOrDefault(product) + (e.Quantity ?? 1) * (e.Type == EventType.CartAdded ? 1 : -1));
        return [.. units.Where(u => u.Value > 0).Select(u => u.Key)];
    }

    /// <summary>What they did with a product, as in "you … it".</summary>
    public string VerbOf(int product)
    {
        if (Bought.Contains(product))
            return "bought";
        var types = Choices.Where(e => e.ProductId == product).Select(e => e.Type).ToHashSet();
        return types.Contains(EventType.CartAdded) ? "put into the cart" : types.Contains(EventType.WishListed) ? "wished for" : "looked at";
    }
}
