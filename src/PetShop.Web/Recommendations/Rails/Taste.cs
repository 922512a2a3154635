using System.Collections.Concurrent;
using PetShop.Data.Events;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>What one person's behaviour comes to, under one model and catalogue: weighed, folded in, ranked. Made again when any of them changes.</summary>
public sealed class Taste
{
    private const int Depth = 120;
    // Pages without a rail of the model, such as most product pages, spare themselves the folding in.
    private readonly Lazy<(Interaction[] Weighed, float[] Vector)> _folded;
    private readonly ConcurrentDictionary<string, Ranked[]> _best = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string?> _explained = new();
    private readonly DateTimeOffset _now;

    public Taste(ServingState state, VisitorHistory history, ShopperRecord record, Household household, DateTimeOffset now)
    {
        (State, History, Record, Household, _now) = (state, history, record, household, now);
        var events = Events();
        _folded = new(() => Fold(events));
        Bought = [.. events.Where(e => e.Kind == InteractionKind.Purchase).Select(e => e.Product)];
        Viewed = [.. history.Events.Where(e => e is { Type: EventType.ProductViewed, ProductId: not null } && !Mourned(e.ProductId.Value, e.OccurredAt)).Select(e => e.ProductId!.Value).Distinct()];
        Disliked = FindDisliked(history);
        InCart = FindInCart(history, now);
        Discover = Without(household.MayDiscover(state.Catalogue, DateOnly.FromDateTime(now.UtcDateTime)));
    }

    public ServingState State { get; }
    public VisitorHistory History { get; }
    public ShopperRecord Record { get; }
    public Household Household { get; }

    /// <summary>The model can tell this person from anybody else.</summary>
    public bool IsKnown => State.Model is { } served && _folded.Value.Weighed.Length > 0 && served.Model.Knows(_folded.Value.Weighed);
    public HashSet<int> Bought { get; }
    /// <summary>Looked at, newest first, each once.</summary>
    public int[] Viewed { get; }
    public HashSet<int> Disliked { get; }
    public HashSet<int> InCart { get; }
    /// <summary>What may be discovered: safe, in stock, not bought, disliked, in the cart or tired of.</summary>
    public Eligibility Discover { get; }

    public bool IsFor(ServingState state, VisitorHistory history, ShopperRecord record, Household household) =>
        ReferenceEquals(State, state) && ReferenceEquals(History, history) && ReferenceEquals(Record, record) && ReferenceEquals(Household, household);

    /// <summary>Takes away what this person bought, dislikes, has in the cart or was shown too often in vain.</summary>
    public Eligibility Without(Eligibility eligible)
    {
        var items = State.Catalogue.Items;
        foreach (var product in Bought.Concat(Disliked).Concat(InCart).Concat(Record.Shown.Where(s => IsTired(s.Key, s.Value)).Select(s => s.Key)))
            if (items.ColumnOf(product) is >= 0 and var column)
                eligible[column] = false;
        return eligible;
    }

    /// <summary>The best of what is eligible for this person: columns of the catalogue; kept under the name given.</summary>
    public ReadOnlySpan<Ranked> Best(string name, Func<Eligibility> eligible) => _best.GetOrAdd(name, _ => Rank(eligible()));

    /// <summary>Why the model likes a product for this person, from what they did; null when it cannot say.</summary>
    public string? Explain(int catalogueColumn) => _explained.GetOrAdd(catalogueColumn, _ => Explanation.Of(State, _folded.Value.Weighed, _folded.Value.Vector, catalogueColumn, VerbOf));

    private (Interaction[] Weighed, float[] Vector) Fold(InteractionEvent[] events)
    {
        if (State.Model is not { } served)
            return ([], []);
        var weighed = ShopperHistory.Weigh(events, served.Model.Items, _now);
        if (served.Model is not FactorModel factors || !factors.Knows(weighed))
            return (weighed, []);
        var vector = new float[factors.Rank];
        factors.FoldIn(weighed, vector);
        return (weighed, vector);
    }

    private Ranked[] Rank(Eligibility eligible)
    {
        var model = State.Model!;
        Span<Ranked> top = new Ranked[Depth];
        var allowed = State.ToModel(eligible);
        var count = model.Model is FactorModel factors ? factors.TopFor(_folded.Value.Vector, allowed, top) : model.Model.Top(_folded.Value.Weighed, allowed, top);
        for (var i = 0; i < count; i++)
        {
            var column = State.CatalogueColumn(top[i].Item);
            top[i] = new Ranked(column, top[i].Score > 0 ? top[i].Score * Freshness(State.Catalogue[column].Id) : top[i].Score);
        }
        top = top[..count];
        top.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return top.ToArray();
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
        List<InteractionEvent> events = new(History.Events.Count + Record.Purchases.Count);
        foreach (var e in History.Events)
        {
            if (e.ProductId is not { } product || Mourned(product, e.OccurredAt))
                continue;
            if (e.Type == EventType.Purchased && Record.Purchases.Count == 0)
                events.Add(new(product, InteractionKind.Purchase, e.OccurredAt, e.Quantity ?? 1));
            else if (InteractionReader.KindOf(e.Type, null) is { } kind)
                events.Add(new(product, kind, e.OccurredAt, e.Quantity ?? 1));
        }
        foreach (var purchase in Record.Purchases)
            if (!Mourned(purchase.ProductId, purchase.At))
                events.Add(new(purchase.ProductId, InteractionKind.Purchase, purchase.At, purchase.Quantity));
        return [.. events];
    }

    private static HashSet<int> FindDisliked(VisitorHistory history)
    {
        HashSet<int> settled = [], disliked = [];
        foreach (var e in history.Events)
            if (e is { ProductId: { } product, Type: EventType.Disliked or EventType.CartAdded or EventType.WishListed or EventType.Purchased } && settled.Add(product) && e.Type == EventType.Disliked)
                disliked.Add(product);
        return disliked;
    }

    private static HashSet<int> FindInCart(VisitorHistory history, DateTimeOffset now)
    {
        HashSet<int> settled = [], inCart = [];
        foreach (var e in history.Events.TakeWhile(e => e.OccurredAt > now.AddDays(-3)))
            if (e is { ProductId: { } product, Type: EventType.CartAdded or EventType.CartRemoved } && settled.Add(product) && e.Type == EventType.CartAdded)
                inCart.Add(product);
        return inCart;
    }

    private string VerbOf(int product)
    {
        if (Bought.Contains(product))
            return "bought";
        var types = History.Events.Where(e => e.ProductId == product).Select(e => e.Type).ToHashSet();
        return types.Contains(EventType.CartAdded) ? "put into the cart" : types.Contains(EventType.WishListed) ? "wished for" : "looked at";
    }
}
