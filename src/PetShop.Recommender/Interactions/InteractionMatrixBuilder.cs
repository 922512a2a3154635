using System.Runtime.InteropServices;

namespace PetShop.Recommender.Interactions;

/// <summary>Takes events in any order, one by one, and weighs them into an <see cref="InteractionMatrix"/>.</summary>
/// <param name="asOf">Events are weighed at this moment; later ones are ignored.</param>
/// <param name="maxEventsPerShopper">Only this many of a shopper's latest events count, so that a bot or wholesaler cannot outweigh everyone.</param>
public sealed class InteractionMatrixBuilder(DateTimeOffset asOf, int maxEventsPerShopper = 500)
{
    private readonly int _cap = maxEventsPerShopper > 0 ? maxEventsPerShopper
        : throw new ArgumentOutOfRangeException(nameof(maxEventsPerShopper), maxEventsPerShopper, "At least one event must count.");
    private readonly Dictionary<Guid, List<InteractionEvent>> _events = [];
    private readonly HashSet<int> _products = [];

    /// <summary>Events left out because they lie after the cut-off.</summary>
    public long IgnoredCount { get; private set; }

    /// <summary>Events taken.</summary>
    public long AddedCount { get; private set; }

    /// <summary>Gives a product a column even when nobody touched it.</summary>
    public void AddProduct(int product) => _products.Add(product);

    /// <summary>Adds one event.</summary>
    public void Add(Guid shopper, int product, InteractionKind kind, DateTimeOffset at, float quantity = 1)
    {
        if (at > asOf)
        {
            IgnoredCount++;
            return;
        }
        AddedCount++;
        _products.Add(product);
        ref var events = ref CollectionsMarshal.GetValueRefOrAddDefault(_events, shopper, out _);
        events ??= [];
        events.Add(new InteractionEvent(product, kind, at, quantity));
        if (events.Count >= 2 * _cap)
            KeepLatest(events);
    }

    /// <summary>Weighs what was added.</summary>
    public InteractionMatrix Build(CancellationToken cancel = default)
    {
        var items = new ItemIndex([.. _products.Order()]);
        var shoppers = _events.Keys.Order().ToArray();
        var starts = new int[shoppers.Length + 1];
        var cells = new List<Interaction>();
        var row = new Interaction[_cap];
        for (var u = 0; u < shoppers.Length; u++)
        {
            cancel.ThrowIfCancellationRequested();
            var events = _events[shoppers[u]];
            KeepLatest(events);
            var count = ShopperHistory.Weigh(CollectionsMarshal.AsSpan(events), items, asOf, row);
            cells.AddRange(row.AsSpan(0, count));
            starts[u + 1] = cells.Count;
        }
        return new InteractionMatrix(items, shoppers, new CompressedRows(starts, [.. cells]), asOf);
    }

    private void KeepLatest(List<InteractionEvent> events)
    {
        if (events.Count <= _cap)
            return;
        events.Sort(static (a, b) => a.At != b.At ? b.At.CompareTo(a.At)
            : a.Product != b.Product ? a.Product.CompareTo(b.Product) : a.Kind.CompareTo(b.Kind));
        events.RemoveRange(_cap, events.Count - _cap);
    }
}
