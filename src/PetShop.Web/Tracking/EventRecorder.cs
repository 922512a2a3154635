using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>Records what the visitor of this request does, if they agreed; never makes the page wait.</summary>
public sealed class EventRecorder(
    IHttpContextAccessor accessor, EventQueue queue, LiveHistories histories, DroppedEventCounter dropped, TimeProvider clock)
{
    /// <summary>The view of a product that this page is; the beacon adds the dwell time under the same id.</summary>
    public ShopEvent? ProductView { get; private set; }

    /// <summary>Records an event of this request; without consent, and for robots, only the reason is counted.</summary>
    /// <param name="productId">The product it is about.</param>
    /// <param name="set">Fills in what else is known, such as quantity and value.</param>
    public void Record(EventType type, int? productId = null, Action<ShopEvent>? set = null)
    {
        var http = accessor.HttpContext ?? throw new InvalidOperationException($"{type} was recorded outside a request.");
        var visitor = http.Visitor();
        if (visitor.IsPreview)
            return;
        if (visitor.RefusalReason is { } reason)
        {
            dropped.Count(reason);
            return;
        }
        if (IsPrefetch(http.Request))
        {
            dropped.Count(DropReason.Prefetch);
            return;
        }
        if (type == EventType.ProductViewed)
            RecordSearchClick(http, visitor, productId);
        var shopEvent = New(visitor, type, clock.GetUtcNow());
        shopEvent.ProductId = productId;
        set?.Invoke(shopEvent);
        Add(visitor, shopEvent);
        if (type == EventType.ProductViewed)
            ProductView = shopEvent;
    }

    /// <summary>An event with everything that follows from the visitor. Its time is the one in its id, so the id alone identifies it.</summary>
    internal static ShopEvent New(Visitor visitor, EventType type, DateTimeOffset now)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new()
        {
            Id = EventId.New(now), OccurredAt = at, Type = type,
            VisitorId = visitor.Id!.Value, ShopperId = visitor.ShopperId, SessionId = visitor.SessionId,
            Device = visitor.Device, ReferrerHost = visitor.ReferrerHost, Campaign = Campaign(visitor),
        };
    }

    // That somebody came from a letter is a figure of the shop, and nothing to choose products by.
    private static string? Campaign(Visitor visitor) =>
        visitor.Consent.Analytics || visitor.Campaign?.StartsWith(VisitOrigin.LetterMark, StringComparison.Ordinal) != true ? visitor.Campaign : null;

    private void RecordSearchClick(HttpContext http, Visitor visitor, int? productId)
    {
        if (VisitOrigin.Search(http.Request) is not { } words)
            return;
        var click = New(visitor, EventType.SearchClicked, clock.GetUtcNow());
        click.ProductId = productId;
        click.Query = words;
        Add(visitor, click);
    }

    private void Add(Visitor visitor, ShopEvent shopEvent)
    {
        shopEvent.Query = EventText.Words(shopEvent.Query);
        queue.Add(shopEvent);
        histories.Append(visitor, shopEvent);
    }

    private static bool IsPrefetch(HttpRequest request) =>
        HttpMethods.IsHead(request.Method)
        || request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Purpose"] == "prefetch";
}
