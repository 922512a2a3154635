using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>One thing a person did, as far as choosing for them needs it.</summary>
public sealed record HistoryEvent(
    Guid Id, DateTimeOffset OccurredAt, EventType Type, int? ProductId, int? CategoryId, int? SkuId, int? Quantity, long? ValueMinor,
    string? Query, string? Placement, int? BannerId, Guid? RecommendationId, Guid? SessionId)
{
    /// <summary>The offer whose price was shown, or withheld.</summary>
    public int? OfferId { get; init; }

    public static HistoryEvent From(ShopEvent e) => new(
        e.Id, e.OccurredAt, e.Type, e.ProductId, e.CategoryId, e.SkuId, e.Quantity, e.ValueMinor, e.Query, e.Placement, e.BannerId, e.RecommendationId, e.SessionId) { OfferId = e.OfferId };
}

/// <summary>What a person did lately, newest first; never changes, so what follows from it can be kept as long as the object is the same.</summary>
public sealed class VisitorHistory
{
    public static readonly VisitorHistory Empty = new([]);

    // Tastes pass: rails learn nothing from the event before these, while each view of a page would weigh it again.
    private const int MostRecent = 500;

    // The order in which the database reads: events of one instant by their ids.
    private static readonly Comparer<HistoryEvent> NewestFirst =
        Comparer<HistoryEvent>.Create((a, b) => a.OccurredAt != b.OccurredAt ? b.OccurredAt.CompareTo(a.OccurredAt) : b.Id.CompareTo(a.Id));

    private readonly HistoryEvent[] _events;
    private HistoryEvent[]? _choices;

    public VisitorHistory(IEnumerable<HistoryEvent> events) => _events = events as HistoryEvent[] ?? [.. events];

    private VisitorHistory(HistoryEvent[] events, HistoryEvent[]? choices) => (_events, _choices) = (events, choices);

    /// <summary>All that is at hand.</summary>
    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <summary>The newest of them that name a product, as many as tell what somebody likes now; the same object until there is another one.</summary>
    public IReadOnlyList<HistoryEvent> Choices => _choices ??= [.. _events.Where(NamesProduct).Take(MostRecent)];

    /// <summary>The session of the newest event; null when there is none.</summary>
    public Guid? LatestSession => _events.Length == 0 ? null : _events[0].SessionId;

    /// <summary>All that is at hand, to be walked through quickly.</summary>
    public ReadOnlySpan<HistoryEvent> Span => _events;

    /// <summary>Events worth keeping at hand: what a person did, and today's banners for their caps; not each card that scrolled by.</summary>
    public static bool Keeps(EventType type) => type is not (EventType.RailImpression or EventType.PageViewed);

    /// <summary>The same history with one event more, in its place, unless it is there already.</summary>
    public VisitorHistory With(HistoryEvent added, int maxLength)
    {
        var place = 0;
        while (place < _events.Length && NewestFirst.Compare(_events[place], added) < 0)
            place++;
        if (place >= maxLength || (place < _events.Length && _events[place].Id == added.Id))
            return this;
        var events = new HistoryEvent[Math.Min(_events.Length + 1, maxLength)];
        Array.Copy(_events, events, place);
        events[place] = added;
        Array.Copy(_events, place, events, place + 1, events.Length - place - 1);
        return new(events, NamesProduct(added) ? null : _choices);
    }

    /// <summary>The same history with many events more; itself when it holds them all.</summary>
    /// <param name="added">In any order.</param>
    public VisitorHistory With(IEnumerable<HistoryEvent> added, int maxLength)
    {
        var known = _events.Select(e => e.Id).ToHashSet();
        var more = added.Where(e => known.Add(e.Id)).ToList();
        if (more.Count == 0)
            return this;
        var events = more.Concat(_events).Order(NewestFirst).Take(maxLength).ToArray();
        return events.AsSpan().SequenceEqual(_events) ? this : new(events, more.Exists(NamesProduct) ? null : _choices);
    }

    // That a price was shown is nothing a person did: it says nothing of what they like.
    private static bool NamesProduct(HistoryEvent e) => e.ProductId is not null && e.OfferId is null;
}
