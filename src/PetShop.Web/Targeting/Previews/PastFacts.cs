using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Previews;

/// <summary>What was known of a shopper at a moment: from orders and events before it, and pets there were then.</summary>
internal sealed class PastFacts(NpgsqlDataSource source)
{
    // As shopper_features holds them, with scores among the buyers of that time.
    private const string Figures = """
        WITH bought AS (
            SELECT shopper_id, max(placed_at) AS last_at, count(*)::int AS orders, sum(goods_minor)::bigint AS revenue
            FROM orders WHERE status <> 5 AND shopper_id IS NOT NULL AND placed_at < $2 GROUP BY shopper_id),
        scored AS (
            SELECT *, least(5, 1 + floor(5 * percent_rank() OVER (ORDER BY last_at)))::smallint AS recency,
                   least(5, 1 + floor(5 * percent_rank() OVER (ORDER BY orders)))::smallint AS frequency,
                   least(5, 1 + floor(5 * percent_rank() OVER (ORDER BY revenue)))::smallint AS monetary
            FROM bought),
        liked AS (
            SELECT p.department, sum(CASE e.type WHEN 7 THEN 5 WHEN 4 THEN 3 ELSE 1 END) AS weight
            FROM events e JOIN products p ON p.id = e.product_id
            WHERE e.shopper_id = $1 AND e.type IN (1, 4, 6, 7) AND e.occurred_at >= $2 - interval '8760 hours' AND e.occurred_at < $2 GROUP BY 1),
        seen AS (
            SELECT max(occurred_at) AS at, (count(DISTINCT session_id) FILTER (WHERE occurred_at >= $2 - interval '720 hours'))::int AS sessions
            FROM events WHERE shopper_id = $1 AND occurred_at < $2)
        SELECT s.registered_at > $2, o.last_at, coalesce(o.orders, 0), coalesce(o.revenue, 0), greatest(seen.at, o.last_at), coalesce(seen.sessions, 0),
               (SELECT department FROM liked GROUP BY department ORDER BY sum(weight) DESC, department LIMIT 1),
               o.recency, o.frequency, o.monetary, coalesce(f.forecast_at <= $2, false), coalesce(ti.changed_at <= $2, true)
        FROM shoppers s CROSS JOIN seen LEFT JOIN scored o ON o.shopper_id = s.id LEFT JOIN shopper_features f ON f.shopper_id = s.id LEFT JOIN shopper_interests ti ON ti.shopper_id = s.id WHERE s.id = $1
        """;

    private const string Pets = $"SELECT {ProfileReader.PetColumns} FROM pets WHERE shopper_id = $1 AND created_at < $2 AND (died_on IS NULL OR died_on > $3) ORDER BY created_at, id";

    /// <summary>The stored facts of now, turned back.</summary>
    /// <param name="notes">Takes what could not be turned back.</param>
    public async Task<StoredFacts> ReadAsync(StoredFacts now, Guid shopper, Moment at, List<string> notes, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(Figures) { Parameters = { new() { Value = shopper }, new() { Value = at.AsOf.UtcDateTime } } });
        batch.BatchCommands.Add(new(Pets) { Parameters = { new() { Value = shopper }, new() { Value = at.AsOf.UtcDateTime }, new() { Value = DateOnly.FromDateTime(at.Local) } } });
        await using var row = await batch.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return now;
        if (row.GetBoolean(0))
            notes.Add("They had no account then: what follows is for their account as if it had been there.");
        var (isForecast, isLeaning) = (row.GetBoolean(10), row.GetBoolean(11));
        if (!isForecast && (now.Facts.ChurnPermille ?? now.Facts.ValueYearMinor) is not null)
            notes.Add("The forecasts of then (churn risk, value of the year, next order) are not kept: rules that ask for them find nothing.");
        if (!isLeaning)
            notes.Add("The categories and brands they liked most then are not kept, and those of now are others: rules that ask for them find nothing.");
        var facts = Turned(now.Facts, row);
        facts = isForecast ? facts : facts with { ChurnPermille = null, ValueYearMinor = null, NextOrderOn = null };
        facts = isLeaning ? facts : facts with { TopCategory = null, TopBrand = null, LikedCategories = [], LikedBrands = [] };
        await row.NextResultAsync(cancel);
        var pets = new List<LivingPet>();
        while (await row.ReadAsync(cancel))
            pets.Add(ProfileReader.ReadPet(row));
        return new(facts with { Pets = pets.ConvertAll(p => p.Facts) }, pets);
    }

    private static VisitorFacts Turned(VisitorFacts facts, NpgsqlDataReader row)
    {
        return facts with
        {
            LastOrderAt = Time(1), OrdersCount = row.GetInt32(2), RevenueMinor = row.GetInt64(3), LastSeenAt = Time(4), Sessions30d = row.GetInt32(5), TopDepartment = Text(6),
            RfmRecency = Score(7), RfmFrequency = Score(8), RfmMonetary = Score(9),
        };

        DateTimeOffset? Time(int c) => row.IsDBNull(c) ? null : row.GetFieldValue<DateTimeOffset>(c);
        string? Text(int c) => row.IsDBNull(c) ? null : row.GetString(c);
        int? Score(int c) => row.IsDBNull(c) ? null : row.GetInt16(c);
    }
}
