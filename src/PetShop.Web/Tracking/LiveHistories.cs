using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Web.Database;

namespace PetShop.Web.Tracking;

/// <summary>The recent behaviour of the people in the shop right now: read once, then kept in memory and added to with every click.</summary>
public sealed partial class LiveHistories : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private readonly MemoryCache _cache;
    private readonly HistoryReader _reader;
    private readonly TimeProvider _clock;
    private readonly TrackingOptions _options;
    private readonly OutageCover _cover;
    private readonly ILogger<LiveHistories> _logger;

    public LiveHistories(NpgsqlDataSource source, TimeProvider clock, IOptions<TrackingOptions> options, OutageCover cover, ILogger<LiveHistories> logger)
    {
        (_clock, _options, _cover, _logger) = (clock, options.Value, cover, logger);
        _reader = new(source, _options);
        _cache = new(new MemoryCacheOptions { SizeLimit = _options.HistoriesKept });
    }

    /// <summary>Raised with a visitor's or shopper's id when everything derived from their history must go: a withdrawal, an erasure, a join.</summary>
    public event Action<Guid>? Forgotten;

    /// <summary>What this person did; empty unless they agreed to be chosen for. Costs a query when cold, or when other replicas may have written.</summary>
    public async ValueTask<VisitorHistory> GetAsync(Visitor visitor, CancellationToken cancel)
    {
        if (!visitor.MayPersonalise || visitor.HistoryKey is not { } key)
            return VisitorHistory.Empty;
        var live = Find(key);
        if (live.Fresh(_clock, _options.HistoryRefresh) is { } fresh)
            return fresh;
        try
        {
            return await live.LoadAsync(_reader, visitor, _clock, _options, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnreadable(e.Message);
            _cover.Note();
            return live.Snapshot ?? VisitorHistory.Empty;
        }
    }

    /// <summary>Adds an event at once, before it is in the database.</summary>
    public void Append(Visitor visitor, ShopEvent shopEvent)
    {
        if (visitor.MayPersonalise && visitor.HistoryKey is { } key && VisitorHistory.Keeps(shopEvent.Type))
            Find(key).Add(HistoryEvent.From(shopEvent), _clock, _options.HistoryLength);
    }

    /// <summary>Drops what is kept of a visitor or shopper and tells whoever derived something from it.</summary>
    public void Forget(Guid id)
    {
        _cache.Remove(id);
        Forgotten?.Invoke(id);
    }

    /// <summary>Has the history of a visitor or shopper read again; what they did a moment ago and is not written yet stays.</summary>
    public void Outdate(Guid id)
    {
        if (_cache.TryGetValue(id, out LiveHistory? live))
            live!.Outdate();
        Forgotten?.Invoke(id);
    }

    /// <summary>Has what a browser did go on as the shopper's, what is not written yet included.</summary>
    public void Join(Guid visitorId, Guid shopperId)
    {
        if (_cache.TryGetValue(visitorId, out LiveHistory? browser))
            foreach (var pending in browser!.TakePending())
                Find(shopperId).Add(pending, _clock, _options.HistoryLength);
        Outdate(shopperId);
        Forget(visitorId);
    }

    /// <summary>Drops everything, after announcements of other replicas may have been missed.</summary>
    public void ForgetAll() => _cache.Clear();

    public void Dispose() => _cache.Dispose();

    private LiveHistory Find(Guid key)
    {
        if (_cache.TryGetValue(key, out LiveHistory? live) && live is not null)
            return live;
        live = new();
        _cache.Set(key, live, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Idle });
        return live;
    }

    [LoggerMessage(LogLevel.Warning, "Could not read a visitor's history; the page shows what is in memory: {Problem}")]
    private partial void LogUnreadable(string problem);
}

/// <summary>One person's history in memory, with the events that may not be in the database yet.</summary>
internal sealed class LiveHistory
{
    // Longer than events wait for PostgreSQL in ordinary times; after an outage the next reading brings the rest.
    private static readonly TimeSpan Pending = TimeSpan.FromMinutes(2);
    // Between two readings of everything only the newest events are read again, and what other replicas wrote with delay.
    private static readonly TimeSpan ReadAll = TimeSpan.FromMinutes(10), Late = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly Queue<HistoryEvent> _added = [];
    private Task<VisitorHistory>? _loading;
    private DateTimeOffset _loadedAt = DateTimeOffset.MinValue, _readAllAt = DateTimeOffset.MinValue;
    private int _outdated, _loadingSince;

    public VisitorHistory? Snapshot { get; private set; }

    public VisitorHistory? Fresh(TimeProvider clock, TimeSpan maxAge) => clock.GetUtcNow() - _loadedAt < maxAge ? Snapshot : null;

    public void Add(HistoryEvent added, TimeProvider clock, int maxLength)
    {
        lock (_lock)
        {
            var settled = clock.GetUtcNow() - Pending;
            while (_added.TryPeek(out var oldest) && (oldest.OccurredAt < settled || _added.Count >= maxLength))
                _added.Dequeue();
            _added.Enqueue(added);
            // Before the first reading there is no history to add to: the reading picks the event up.
            Snapshot = Snapshot?.With(added, maxLength);
        }
    }

    /// <summary>Has everything read again when it is next asked for; a reading under way does not count.</summary>
    public void Outdate()
    {
        lock (_lock)
        {
            _outdated++;
            _loadedAt = _readAllAt = DateTimeOffset.MinValue;
        }
    }

    /// <summary>Hands over what may not be in the database yet.</summary>
    public IReadOnlyList<HistoryEvent> TakePending()
    {
        lock (_lock)
        {
            HistoryEvent[] pending = [.. _added];
            _added.Clear();
            return pending;
        }
    }

    /// <summary>Reads the history; whoever asks while it is being read shares the one reading.</summary>
    public Task<VisitorHistory> LoadAsync(HistoryReader reader, Visitor visitor, TimeProvider clock, TrackingOptions options, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_loading is null || _loading.IsCompleted || _loadingSince != _outdated)
                (_loadingSince, _loading) = (_outdated, ReadAsync(reader, visitor, clock, options));
            return _loading.WaitAsync(cancel);
        }
    }

    private async Task<VisitorHistory> ReadAsync(HistoryReader reader, Visitor visitor, TimeProvider clock, TrackingOptions options)
    {
        var (startedAt, outdated) = (clock.GetUtcNow(), _outdated);
        var known = startedAt - _readAllAt < ReadAll ? Snapshot : null;
        var read = await reader.ReadAsync(visitor, startedAt, known is null ? null : _loadedAt - Late, CancellationToken.None);
        lock (_lock)
        {
            var history = (known is null ? new VisitorHistory(read) : Snapshot!.With(Enumerable.Reverse(read), options.HistoryLength)).With(_added, options.HistoryLength);
            // The same rows again are the same history: whatever was derived from it stays valid.
            if (Snapshot is null || !Snapshot.Events.Select(e => e.Id).SequenceEqual(history.Events.Select(e => e.Id)))
                Snapshot = history;
            if (outdated != _outdated)
                return Snapshot;
            if (known is null)
                _readAllAt = startedAt;
            _loadedAt = startedAt;
            return Snapshot;
        }
    }
}
