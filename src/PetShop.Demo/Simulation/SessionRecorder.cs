namespace PetShop.Demo.Simulation;

/// <summary>Writes down one visit, moving its own clock forward.</summary>
internal sealed class SessionRecorder(Chance chance, DateTimeOffset start)
{
    private readonly List<SimulatedEvent> _events = [];

    public Guid Id { get; } = chance.NextGuid(start);

    public DateTimeOffset StartedAt { get; } = start;

    public DateTimeOffset Now { get; private set; } = start;

    public bool IsEmpty => _events.Count == 0;

    public void Category(string slug) => Add(new(default, EventKind.CategoryViewed, default, CategorySlug: slug), 6, 25);

    public void Search(string query, int results) => Add(new(default, EventKind.Searched, default, Query: query, Results: results), 4, 15);

    /// <summary>A look at a product page; who likes what they see stays longer.</summary>
    public void Look(ShelfItem item, double liking)
    {
        var dwell = (int)Math.Clamp(chance.LogNormal(14_000, 0.7) * Math.Exp(0.22 * Math.Clamp(liking, -3, 4)), 900, 480_000);
        Add(new(default, EventKind.ProductViewed, default, item.Product.Slug, item.Product.CategorySlug, DwellMs: dwell), (dwell / 1000.0) + 1, (dwell / 1000.0) + 5);
    }

    public void Cart(EventKind kind, ShelfItem item, string sku, int quantity, Guid? order = null) =>
        Add(new(default, kind, default, item.Product.Slug, item.Product.CategorySlug, sku, Quantity: quantity, OrderId: order), kind == EventKind.Purchased ? 0.01 : 2, kind == EventKind.Purchased ? 0.02 : 12);

    public void Wish(ShelfItem item) => Add(new(default, EventKind.Wishlisted, default, item.Product.Slug, item.Product.CategorySlug), 2, 6);

    public void Wait(double seconds) => Now = Now.AddSeconds(seconds);

    public SimulatedSession Finish(Household household, string device) => new(Id, household.VisitorId, household.Shopper?.Id, StartedAt, device, _events);

    private void Add(SimulatedEvent template, double minSeconds, double maxSeconds)
    {
        _events.Add(template with { Id = chance.NextGuid(Now), At = Now });
        Wait(chance.Between(minSeconds, maxSeconds));
    }
}
