using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>One thing a person did, as far as choosing for them needs it.</summary>
public sealed record HistoryEvent(
    Guid Id, DateTimeOffset OccurredAt, EventType Type, int? ProductId, int? CategoryId, int? SkuId, int? Quantity, long? ValueMinor,
    string? Query, string? Placement, int? BannerId, Guid? RecommendationId, Guid? SessionId)
{
    public static HistoryEvent From(ShopEvent e) => new(
        e.Id, e.OccurredAt, e.Type, e.ProductId, e.CategoryId, e.SkuId, e.Quantity, e.ValueMinor, e.Query, e.Placement, e.BannerId, e.RecommendationId, e.SessionId);
}

/// <summary>What a person did lately, newest first; never changes, so what follows from it can be kept as long as the object is the same.</summary>
public sealed record VisitorHistory(IReadOnlyList<HistoryEvent> Events)
{
    public static readonly VisitorHistory Empty = new([]);

    /// <summary>Events worth keeping at hand: what a person did, and today's banners for their caps; not each card that scrolled by.</summary>
    public static bool Keeps(EventType type) => type is not (EventType.RailImpression or EventType.PageViewed);

    /// <summary>The same history with one event more, in its place, unless it is there already.</summary>
    public VisitorHistory With(HistoryEvent added, int maxLength)
    {
        var place = 0;
        while (place < Events.Count && Events[place].OccurredAt > added.OccurredAt)
            place++;
        for (var i = place; i < Events.Count && Events[i].OccurredAt == added.OccurredAt; i++)
        {
            if (Events[i].Id == added.Id)
                return this;
        }
        if (place >= maxLength)
            return this;
        List<HistoryEvent> events = new(Math.Min(Events.Count + 1, maxLength));
        events.AddRange(Events.Take(place));
        events.Add(added);
        events.AddRange(Events.Skip(place).Take(maxLength - place - 1));
        return new(events);
    }
}
