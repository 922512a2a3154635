using PetShop.Targeting.Segments;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>The rows about one person, and what the judge works out of them when asked.</summary>
internal sealed class RawPerson(RawShopper row, RawWorld world, ILookup<Guid, RawEvent> events, ILookup<Guid, RawOrder> orders, ILookup<Guid, RawPet> pets, RawForecast? forecast, HashSet<string> lists)
{
    public RawShopper Row => row;
    public RawEvent[] Events { get; } = [.. events[row.Id]];
    public RawPet[] Living { get; } = [.. pets[row.Id].Where(p => p.DiedOn is null)];
    public RawForecast? Forecast => forecast;
    public HashSet<string> Lists => lists;

    /// <summary>Orders that stand, placed before the moment.</summary>
    public RawOrder[] Orders { get; } = [.. Standing(orders[row.Id]).Where(o => o.PlacedAt < world.AsOf)];

    public DateTimeOffset? LastOrderAt { get; } = Latest([.. Standing(orders[row.Id]).Select(o => o.PlacedAt)], world.AsOf);
    public long Revenue { get; } = Standing(orders[row.Id]).Where(o => o.PlacedAt < world.AsOf).Sum(o => o.GoodsMinor);
    public DateTimeOffset? LastSeenAt { get; } = Latest([.. events[row.Id].Select(e => e.OccurredAt), .. Standing(orders[row.Id]).Select(o => o.PlacedAt)], world.AsOf);

    public long Sessions30d { get; } = events[row.Id].Where(e => e.OccurredAt >= world.AsOf.AddDays(-30) && e.OccurredAt < world.AsOf && e.SessionId is not null).Select(e => e.SessionId).Distinct().Count();

    /// <summary>Recency, frequency, money; null for who never bought.</summary>
    public (int R, int F, int M)? Scores { get; set; }

    public string? TopDepartment { get; } = events[row.Id]
        .Where(e => e.Type is 1 or 4 or 6 or 7 && e.OccurredAt >= world.AsOf.AddDays(-365) && e.OccurredAt < world.AsOf && RawCatalogue.Department(e) is not null)
        .GroupBy(e => RawCatalogue.Department(e)!).OrderByDescending(g => g.Sum(e => e.Type switch { 7 => 5, 4 => 3, _ => 1 })).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>What counts of their answers: nobody who may still be 17 is profiled or priced, nobody who is suppressed is written to or priced.</summary>
    public ConsentPurposes Agreed =>
        (row.ConsentAnalytics ? ConsentPurposes.Analytics : 0) | (row.ConsentPersonalisation && !MayBe17 ? ConsentPurposes.Personalisation : 0)
        | (row.ConsentEmail && !row.IsSuppressed ? ConsentPurposes.Email : 0) | (row.ConsentPrices && !row.IsSuppressed && !MayBe17 ? ConsentPurposes.Prices : 0);

    // Born on the last day of the year, at the latest.
    private bool MayBe17 => row.BirthYear is { } born && new DateTimeOffset(born + 19, 1, 1, 0, 0, 0, TimeSpan.Zero) > world.AsOf;

    public static List<RawPerson> Of(RawWorld world)
    {
        var (events, orders, pets) = (world.Events.Where(e => e.ShopperId is not null).ToLookup(e => e.ShopperId!.Value), world.Orders.ToLookup(o => o.ShopperId!.Value), world.Pets.Where(p => p.ShopperId is not null).ToLookup(p => p.ShopperId!.Value));
        var forecasts = world.Forecasts.ToDictionary(f => f.ShopperId);
        var lists = world.Listings.ToLookup(l => l.ShopperId, l => l.List);
        var people = world.Shoppers.ConvertAll(s => new RawPerson(s, world, events, orders, pets, forecasts.GetValueOrDefault(s.Id), [.. lists[s.Id]]));
        var buyers = people.Where(p => p.Orders.Length > 0).ToList();
        foreach (var buyer in buyers)
            buyer.Scores = (Score(buyers.Count(b => b.LastOrderAt < buyer.LastOrderAt), buyers.Count), Score(buyers.Count(b => b.Orders.Length < buyer.Orders.Length), buyers.Count),
                Score(buyers.Count(b => b.Revenue < buyer.Revenue), buyers.Count));
        return people;
    }

    private static IEnumerable<RawOrder> Standing(IEnumerable<RawOrder> orders) => orders.Where(o => o.Status != 5);

    // Percent rank: the share of the others that stand below; whole fifths by whole numbers.
    private static int Score(int below, int buyers) => buyers == 1 ? 1 : Math.Min(5, 1 + 5 * below / (buyers - 1));

    private static DateTimeOffset? Latest(List<DateTimeOffset> moments, DateTimeOffset asOf) => moments.Where(m => m < asOf).Select(m => (DateTimeOffset?)m).Max();
}
