using PetShop.Data.Events;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>A history in the terms of rules. A click adds one event to hundreds, so what was translated before is used again.</summary>
public sealed class Behaviour
{
    private readonly VisitorHistory _history;
    private readonly BehaviourFacts?[] _ofEvent;

    private Behaviour(VisitorHistory history) => (_history, _ofEvent) = (history, new BehaviourFacts?[history.Events.Count]);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BehaviourFacts> Facts { get; private set; } = [];

    /// <summary>Whether a product was met that the table does not have.</summary>
    public bool MetUnknownProduct { get; private set; }

    /// <param name="history">Of one person.</param>
    /// <param name="table">Brand and category path of every product.</param>
    /// <param name="before">The same person's, by the same table; null for none.</param>
    public static Behaviour Of(VisitorHistory history, ProductTraitTable table, Behaviour? before)
    {
        var made = new Behaviour(history) { MetUnknownProduct = before?.MetUnknownProduct ?? false };
        var facts = new List<BehaviourFacts>(history.Events.Count);
        var events = history.Span;
        var old = before is null ? [] : before._history.Span;
        var at = 0;
        for (var i = 0; i < events.Length; i++)
        {
            var e = events[i];
            if (e.Type is < EventType.ProductViewed or > EventType.Purchased)
                continue;
            while (at < old.Length && old[at].OccurredAt > e.OccurredAt)
                at++;
            var fact = at < old.Length && ReferenceEquals(old[at], e) ? before!._ofEvent[at]! : made.Translate(e, table);
            facts.Add(made._ofEvent[i] = fact);
        }
        made.Facts = facts;
        return made;
    }

    private BehaviourFacts Translate(HistoryEvent e, ProductTraitTable table)
    {
        (string Brand, ValueList<string> Path) product = default;
        if (e.ProductId is { } id && !table.Products.TryGetValue(id, out product))
            MetUnknownProduct = true;
        var path = e.CategoryId is { } category ? table.Categories.GetValueOrDefault(category) : product.Path;
        return new((BehaviourType)e.Type, e.OccurredAt, e.ProductId, product.Brand, path, e.Quantity, e.ValueMinor, e.Query);
    }
}
