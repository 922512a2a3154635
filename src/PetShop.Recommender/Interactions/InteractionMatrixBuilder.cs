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

    /// <summary>Moments of all purchases, in no order.</summary>
    internal IEnumerable<DateTimeOffset> PurchaseTimes =>
        _events.Values.SelectMany(events => events.Where(e => e.Kind == InteractionKind.Purchase).Select(e => e.At));

    /// <summary>Weighs what was added.</summary>
    public InteractionMatrix Build(CancellationToken cancel = default) => Build(asOf, null, cancel);

    /// <summary>Weighs what was known at an earlier moment; every product keeps its column, so that matrices of one builder agree on them.</summary>
    /// <param name="moment">Later events are left out.</param>
    /// <param name="who">Which shoppers; all by default.</param>
    /// <param name="cancel">Ends the work.</param>
    public InteractionMatrix Build(DateTimeOffset moment, Func<Guid, bool>? who = null, CancellationToken cancel = default)
    {
        var items = new ItemIndex([.. _products.Order()]);
        Guid[] shoppers = [.. _events.Keys.Where(id => who?.Invoke(id) != false).Order()];
        var starts = new List<int>(shoppers.Length + 1) { 0 };
        var cells = new List<Interaction>();
        var present = new List<Guid>(shoppers.Length);
        var row = new Interaction[_cap];
        foreach (var shopper in shoppers)
        {
            cancel.ThrowIfCancellationRequested();
            var events = moment < asOf ? _events[shopper].FindAll(e => e.At <= moment) : _events[shopper];
            if (events.Count == 0)
                continue;
            KeepLatest(events);
            var count = ShopperHistory.Weigh(CollectionsMarshal.AsSpan(events), items, moment, row);
            cells.AddRange(row.AsSpan(0, count));
            starts.Add(cells.Count);
            present.Add(shopper);
        }
        return new InteractionMatrix(items, [.. present], new CompressedRows([.. starts], [.. cells]), moment);
    }

    /// <summary>What each shopper bought after one moment and up to another.</summary>
    internal Dictionary<Guid, HashSet<int>> BoughtBetween(DateTimeOffset after, DateTimeOffset until, Func<Guid, bool>? who)
    {
        var bought = new Dictionary<Guid, HashSet<int>>();
        foreach (var (shopper, events) in _events)
        {
            HashSet<int> products = [.. events.Where(e => e.Kind == InteractionKind.Purchase && e.At > after && e.At <= until).Select(e => e.Product)];
            if (products.Count > 0 && who?.Invoke(shopper) != false)
                bought.Add(shopper, products);
        }
        return bought;
    }

    /// <summary>Columns of what a shopper had bought or refused by a moment, in order: discovery does not show them again.</summary>
    internal int[] SettledBy(Guid shopper, DateTimeOffset moment, ItemIndex items) => !_events.TryGetValue(shopper, out var events) ? []
        : [.. events.Where(e => e.At <= moment && (InteractionWeights.IsRefusal(e.Kind) || e.Kind is InteractionKind.Purchase or InteractionKind.Subscription))
            .Select(e => items.ColumnOf(e.Product)).Distinct().Order()];

    private void KeepLatest(List<InteractionEvent> events)
    {
        if (events.Count <= _cap)
            return;
        events.Sort(static (a, b) => a.At != b.At ? b.At.CompareTo(a.At)
            : a.Product != b.Product ? a.Product.CompareTo(b.Product) : a.Kind.CompareTo(b.Kind));
        events.RemoveRange(_cap, events.Count - _cap);
    }
}
