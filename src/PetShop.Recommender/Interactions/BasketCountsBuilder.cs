using System.Runtime.InteropServices;

namespace PetShop.Recommender.Interactions;

/// <summary>Takes baskets in any order and counts which products go together.</summary>
/// <param name="sequel">A product bought in a later basket within this time counts as going with the earlier one; 45 days by default.</param>
/// <param name="maxBasket">A basket with more different products (a wholesaler's) says nothing of pairs and is left out.</param>
public sealed class BasketCountsBuilder(TimeSpan? sequel = null, int maxBasket = 100)
{
    private readonly TimeSpan _sequel = sequel ?? TimeSpan.FromDays(45);
    private readonly Dictionary<Guid, List<(DateTimeOffset At, int[] Products)>> _baskets = [];
    private readonly HashSet<int> _products = [];

    /// <summary>Baskets left out for their size.</summary>
    public int OversizeCount { get; private set; }

    /// <summary>Adds one basket; a product named twice counts once.</summary>
    public void Add(Guid household, DateTimeOffset at, ReadOnlySpan<int> products)
    {
        int[] distinct = [.. products.ToArray().Distinct().Order()];
        _products.UnionWith(distinct);
        if (distinct.Length > maxBasket)
        {
            OversizeCount++;
            return;
        }
        ref var baskets = ref CollectionsMarshal.GetValueRefOrAddDefault(_baskets, household, out _);
        (baskets ??= []).Add((at, distinct));
    }

    /// <summary>Counts.</summary>
    public BasketCounts Build(CancellationToken cancel = default)
    {
        var items = new ItemIndex([.. _products.Order()]);
        var householdsOf = new int[items.Count];
        var counts = new Dictionary<long, PairCount>();
        HashSet<int> owned = [];
        HashSet<long> together = [], later = [];
        foreach (var baskets in _baskets.Values)
        {
            cancel.ThrowIfCancellationRequested();
            Collect(baskets, items, owned, together, later);
            foreach (var item in owned)
                householdsOf[item]++;
            foreach (var pair in together)
                Count(counts, pair, later.Contains(pair));
        }
        return new BasketCounts(items, _baskets.Count, householdsOf, counts);
    }

    private static void Count(Dictionary<long, PairCount> counts, long pair, bool later)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _);
        count = new PairCount(count.Households + 1, count.Later + (later ? 1 : 0));
    }

    private void Collect(List<(DateTimeOffset At, int[] Products)> baskets, ItemIndex items, HashSet<int> owned, HashSet<long> together, HashSet<long> later)
    {
        owned.Clear();
        together.Clear();
        later.Clear();
        var sorted = baskets.OrderBy(b => b.At).Select(b => (b.At, Columns: Array.ConvertAll(b.Products, items.ColumnOf))).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            owned.UnionWith(sorted[i].Columns);
            Pair(sorted[i].Columns, sorted[i].Columns, together);
            for (var j = i + 1; j < sorted.Length && sorted[j].At - sorted[i].At <= _sequel; j++)
                Pair(sorted[i].Columns, sorted[j].Columns, later);
        }
        together.UnionWith(later);
    }

    private static void Pair(int[] first, int[] second, HashSet<long> pairs)
    {
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                if (a != b)
                    pairs.Add(BasketCounts.Key(a, b));
            }
        }
    }
}
