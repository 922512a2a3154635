using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Sessions;

/// <summary>Takes sessions in any order and keeps the latest, so that a busy year needs no more memory than its last weeks.</summary>
/// <param name="options">How many sessions, and clicks of each, are kept.</param>
public sealed class SessionLogBuilder(SessionModelOptions options)
{
    private readonly List<(DateTimeOffset At, long Order, int[] Products)> _sessions = [];
    private long _added;

    /// <summary>Sessions taken, with those that were let go again for later ones.</summary>
    public long AddedCount => _added;

    /// <summary>Adds one session; fewer than two clicks say nothing of what comes next and are left out.</summary>
    /// <param name="at">When it ended.</param>
    /// <param name="products">Product ids in the order of their clicks.</param>
    public void Add(DateTimeOffset at, ReadOnlySpan<int> products)
    {
        options.Validate();
        if (products.Length < 2)
            return;
        _sessions.Add((at, _added++, products[Math.Max(0, products.Length - options.MaxClicks)..].ToArray()));
        if (_sessions.Count >= 2L * options.MaxSessions)
            KeepLatest();
    }

    /// <summary>Lays the sessions out.</summary>
    public SessionLog Build()
    {
        KeepLatest();
        var items = ItemIndex.Of(_sessions.SelectMany(s => s.Products));
        var starts = new int[_sessions.Count + 1];
        for (var s = 0; s < _sessions.Count; s++)
            starts[s + 1] = starts[s] + _sessions[s].Products.Length;
        return new SessionLog(items, starts, [.. _sessions.SelectMany(s => s.Products).Select(items.ColumnOf)],
            [.. _sessions.Select(s => (int)(s.At.UtcTicks / TimeSpan.TicksPerDay))]);
    }

    private void KeepLatest()
    {
        _sessions.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Order.CompareTo(b.Order));
        if (_sessions.Count > options.MaxSessions)
            _sessions.RemoveRange(0, _sessions.Count - options.MaxSessions);
    }
}
