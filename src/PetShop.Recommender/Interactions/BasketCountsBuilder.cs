using System.Runtime.InteropServices;

namespace PetShop.Recommender.Interactions;

/// <summary>Takes baskets in any order and counts which products go together.</summary>
/// <remarks>Counting takes one step for each product that stands within reach of a bought one, and memory for one row of products at a time plus the pairs kept.</remarks>
/// <param name="sequel">A product bought in a later basket within this time counts as going with the earlier one; 45 days by default.</param>
/// <param name="maxBasket">A basket with more different products (a wholesaler's) says nothing of pairs and is left out.</param>
/// <param name="floor">Pairs of fewer households are not kept one by one.</param>
public sealed class BasketCountsBuilder(TimeSpan? sequel = null, int maxBasket = 100, int floor = 1)
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
        var households = _baskets.Values
            .Select(baskets => baskets.OrderBy(b => b.At).Select(b => new Basket(b.At, Array.ConvertAll(b.Products, items.ColumnOf))).ToArray()).ToArray();
        var bought = BoughtWhere(households, items.Count);
        var row = new RowCounter(items.Count);
        var background = new long[items.Count];
        var householdsOf = new int[items.Count];
        var rows = new BasketCounts.Row[items.Count];
        for (var first = 0; first < items.Count; first++)
        {
            cancel.ThrowIfCancellationRequested();
            householdsOf[first] = bought[first].DistinctBy(at => at.Household).Count();
            foreach (var (household, basket) in bought[first])
                Count(households[household], basket, first, household, row);
            rows[first] = row.Take(floor, background);
        }
        return new BasketCounts(items, households.Length, householdsOf, background, rows);
    }

    private static List<(int Household, int Basket)>[] BoughtWhere(Basket[][] households, int itemCount)
    {
        var bought = new List<(int, int)>[itemCount];
        for (var item = 0; item < itemCount; item++)
            bought[item] = [];
        for (var household = 0; household < households.Length; household++)
            for (var basket = 0; basket < households[household].Length; basket++)
                foreach (var item in households[household][basket].Items)
                    bought[item].Add((household, basket));
        return bought;
    }

    private void Count(Basket[] baskets, int from, int first, int household, RowCounter row)
    {
        foreach (var second in baskets[from].Items)
            if (second != first)
                row.Together(second, household);
        for (var next = from + 1; next < baskets.Length && baskets[next].At - baskets[from].At <= _sequel; next++)
            foreach (var second in baskets[next].Items)
                if (second != first)
                    row.Later(second, household);
    }

    private sealed record Basket(DateTimeOffset At, int[] Items);

    /// <summary>Counts of one first product; a stamp with the household keeps it from counting twice, so nothing is cleared between households.</summary>
    private sealed class RowCounter(int itemCount)
    {
        private readonly int[] _households = new int[itemCount];
        private readonly int[] _later = new int[itemCount];
        private readonly int[] _stamp = Filled(itemCount);
        private readonly int[] _laterStamp = Filled(itemCount);
        private readonly List<int> _touched = [];

        public void Together(int second, int household)
        {
            if (_stamp[second] == household)
                return;
            _stamp[second] = household;
            if (_households[second]++ == 0)
                _touched.Add(second);
        }

        public void Later(int second, int household)
        {
            Together(second, household);
            if (_laterStamp[second] == household)
                return;
            _laterStamp[second] = household;
            _later[second]++;
        }

        /// <summary>The row as counted, added to the background; the counter is ready for the next.</summary>
        public BasketCounts.Row Take(int floor, long[] background)
        {
            _touched.Sort();
            var companions = 0L;
            List<int> seconds = [];
            List<PairCount> counts = [];
            foreach (var second in _touched)
            {
                companions += _households[second];
                background[second] += _households[second];
                if (_households[second] >= floor)
                {
                    seconds.Add(second);
                    counts.Add(new PairCount(_households[second], _later[second]));
                }
                _households[second] = _later[second] = 0;
                _stamp[second] = _laterStamp[second] = -1;
            }
            _touched.Clear();
            return new([.. seconds], [.. counts], companions);
        }

        private static int[] Filled(int length)
        {
            var stamps = new int[length];
            Array.Fill(stamps, -1);
            return stamps;
        }
    }
}
