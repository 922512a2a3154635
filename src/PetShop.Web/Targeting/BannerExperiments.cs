using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;
using PetShop.Web.Privacy;

namespace PetShop.Web.Targeting;

/// <summary>What four weeks tell of a banner before a test of it starts.</summary>
/// <param name="VisitorsAWeek">Who see it, or the placement while nobody has seen the banner.</param>
/// <param name="Days">How many days it rests on.</param>
/// <param name="IsOfPlacement">Whether other banners of the placement stand in.</param>
public sealed record BannerTraffic(double VisitorsAWeek, int Days, bool IsOfPlacement, long Visitors, double ClickRate, double OrderRate, double Revenue, double RevenueVariance);

/// <summary>Reads and writes tests of banners.</summary>
public sealed class BannerExperiments(NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock)
{
    /// <summary>Orders count for so long after the first time somebody met the banner.</summary>
    public static readonly TimeSpan Outcome = TimeSpan.FromDays(7);

    private static readonly TimeSpan LookBack = TimeSpan.FromDays(28);
    private static readonly TimeSpan Earlier = TimeSpan.FromDays(90);

    // A person is the account with all its browsers. A click counts as having seen it, too: who is quick is gone before the second of seeing is over.
    private const string Sql = """
        WITH met AS (
            SELECT coalesce(e.shopper_id, l.shopper_id, e.visitor_id) AS person, e.occurred_at, e.type,
                   coalesce(nullif(split_part(e.strategy, ':', 2), ''), 'A') AS variant
            FROM events e LEFT JOIN visitor_links l ON l.visitor_id = e.visitor_id
            WHERE e.type IN (10, 11, 15) AND e.occurred_at >= $3 AND e.occurred_at < $4 AND e.banner_id IS NOT NULL
              AND ($1::int IS NULL OR e.banner_id = $1) AND ($2::text IS NULL OR e.placement = $2) AND ($5::text IS NULL OR e.strategy LIKE $5)),
        people AS (
            SELECT person, min(occurred_at) AS first_at, (array_agg(variant ORDER BY occurred_at))[1] AS variant, count(DISTINCT variant) > 1 AS strayed, bool_or(type = 11) AS clicked
            FROM met GROUP BY person),
        bought AS (
            SELECT coalesce(o.shopper_id, l.shopper_id, o.visitor_id) AS person, o.placed_at, o.goods_minor
            FROM orders o LEFT JOIN visitor_links l ON l.visitor_id = o.visitor_id WHERE o.status <> 5 AND o.placed_at >= $3 - $7::interval),
        outcomes AS (
            SELECT p.person, count(b.*) FILTER (WHERE b.placed_at >= p.first_at) AS orders,
                   coalesce(sum(b.goods_minor) FILTER (WHERE b.placed_at >= p.first_at), 0)::float8 AS after,
                   coalesce(sum(b.goods_minor) FILTER (WHERE b.placed_at < p.first_at), 0)::float8 AS before
            FROM people p LEFT JOIN bought b ON b.person = p.person AND b.placed_at >= p.first_at - $7::interval AND b.placed_at < p.first_at + $6::interval GROUP BY p.person)
        SELECT p.variant, (p.first_at AT TIME ZONE $9)::date, p.first_at + $6::interval <= $8, count(*), count(*) FILTER (WHERE p.clicked), count(*) FILTER (WHERE o.orders > 0), count(*) FILTER (WHERE p.strayed),
               sum(o.after), sum(o.after * o.after), sum(o.before), sum(o.before * o.before), sum(o.after * o.before)
        FROM people p JOIN outcomes o ON o.person = p.person GROUP BY 1, 2, 3 ORDER BY 2, 1
        """;

    /// <summary>For the download of a person's data: which variants they were given.</summary>
    public static PersonalDataSource Source { get; } = new("experiments", async (services, subject, cancel) =>
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT e.banner_id, split_part(e.strategy, ':', 2), min(e.occurred_at), t.hypothesis
            FROM events e LEFT JOIN banner_experiments t ON t.banner_id = e.banner_id AND t.run::text = split_part(e.strategy, ':', 1)
            WHERE e.type IN (10, 15) AND e.strategy IS NOT NULL AND (e.shopper_id = $1 OR e.visitor_id = ANY($2)) GROUP BY 1, 2, 4 ORDER BY 3
            """);
        command.Parameters.Add(new() { Value = (object?)subject.ShopperId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = subject.Visitors.ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<PersonalDataRow>();
        while (await row.ReadAsync(cancel))
            rows.Add(new() { ["banner"] = row.GetInt32(0), ["variant"] = row.GetString(1), ["first_met"] = row.GetFieldValue<DateTimeOffset>(2), ["to_find_out"] = row.IsDBNull(3) ? null : row.GetString(3) });
        return rows;
    });

    /// <summary>What came of each variant, by the day people first met it.</summary>
    public Task<IReadOnlyList<ExperimentDay>> DaysAsync(BannerExperiment experiment, CancellationToken cancel) =>
        ReadAsync(experiment.BannerId, null, experiment.StartedAt, experiment.EndedAt ?? clock.GetUtcNow().AddMinutes(10), $"{experiment.Run}:%", cancel);

    /// <summary>What to reckon with before a start.</summary>
    public async Task<BannerTraffic> TrafficAsync(Banner banner, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var days = await ReadAsync(banner.Id, null, now - LookBack, now.AddMinutes(10), null, cancel);
        var isOfPlacement = days.Count == 0;
        if (isOfPlacement)
            days = await ReadAsync(null, banner.Placement, now - LookBack, now.AddMinutes(10), null, cancel);
        if (days.Count == 0)
            return new(0, 0, true, 0, 0, 0, 0, 0);
        var (people, ripe) = (days.Sum(d => d.Visitors), days.Where(d => d.IsRipe).ToList());
        var sums = ripe.Aggregate(default(BeforeAfterSums), (all, d) => all + d.Revenue);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, shop.Value.Zone).DateTime);
        var span = Math.Max(1, today.DayNumber - days.Min(d => d.Day).DayNumber);
        var spread = sums.Count > 1 ? Estimate.OfValues(sums.Count, sums.After, sums.AfterSquared) : default;
        return new(people * 7.0 / span, span, isOfPlacement, people, (double)days.Sum(d => d.Clickers) / people,
            sums.Count == 0 ? 0 : (double)ripe.Sum(d => d.Buyers) / sums.Count, spread.Mean, spread.Variance);
    }

    /// <summary>Visitors of each variant that a test needs; null where nothing is known to reckon with.</summary>
    public static long? Needed(BannerTraffic traffic, ExperimentMeasure measure, int liftPercent, int variants)
    {
        var (lift, alpha) = (liftPercent / 100.0, 0.05 / Math.Max(1, variants - 1));
        var share = measure == ExperimentMeasure.Clicks ? traffic.ClickRate : traffic.OrderRate;
        if (measure == ExperimentMeasure.Revenue)
            return traffic.Revenue > 0 && traffic.RevenueVariance > 0 ? Power.OfMean(traffic.Revenue, traffic.RevenueVariance, lift, alpha) : null;
        return share > 0 && share * (1 + lift) < 1 ? Power.OfShare(share, lift, alpha) : null;
    }

    /// <summary>Ends the run under way, if any; the caller saves.</summary>
    /// <returns>The run that ended.</returns>
    public async Task<BannerExperiment?> EndAsync(PetShopDb db, int bannerId, string by, string because, string? kept, CancellationToken cancel)
    {
        if (await db.BannerExperiments.SingleOrDefaultAsync(t => t.BannerId == bannerId && t.EndedAt == null, cancel) is not { } experiment)
            return null;
        (experiment.EndedAt, experiment.EndedBy, experiment.EndedBecause, experiment.Kept) = (clock.GetUtcNow(), by, because, kept);
        return experiment;
    }

    /// <summary>After a change of what is shown or to which share: a new run, so that nothing counted before is mixed with what is counted after. The caller saves.</summary>
    public async Task ChangedAsync(PetShopDb db, Banner banner, string by, CancellationToken cancel)
    {
        banner.Run++;
        if (await EndAsync(db, banner.Id, by, "its looks or shares were changed", null, cancel) is not { } old || BannerVariants.Experiment(banner) is null)
            return;
        db.BannerExperiments.Add(new()
        {
            BannerId = banner.Id, Run = banner.Run, Hypothesis = old.Hypothesis, Measure = old.Measure, LiftPercent = old.LiftPercent, PlannedVisitors = old.PlannedVisitors,
            PlannedWeeks = old.PlannedWeeks, Variants = Snapshot(banner), StartedAt = clock.GetUtcNow(), StartedBy = by,
        });
    }

    /// <summary>The variants as they stand, those held out as a variant without words.</summary>
    public static string Snapshot(Banner banner)
    {
        var variants = BannerVariants.Of(banner);
        var weights = BannerVariants.Weights(variants, banner.HoldoutPercent);
        return BannerVariants.Write(weights.Select(w => (variants.FirstOrDefault(l => l.Key == w.Name) ?? new(BannerCandidate.HeldOut, 0, "", "", "", 0, "")) with { Weight = w.Weight }));
    }

    private async Task<IReadOnlyList<ExperimentDay>> ReadAsync(int? banner, string? placement, DateTimeOffset from, DateTimeOffset until, string? mark, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        Add(banner, NpgsqlDbType.Integer);
        Add(placement, NpgsqlDbType.Text);
        Add(from.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(until.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(mark, NpgsqlDbType.Text);
        Add(Outcome, NpgsqlDbType.Interval);
        Add(Earlier, NpgsqlDbType.Interval);
        Add(clock.GetUtcNow().UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(shop.Value.TimeZone, NpgsqlDbType.Text);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var days = new List<ExperimentDay>();
        while (await row.ReadAsync(cancel))
            days.Add(new(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetBoolean(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
                new(row.GetInt64(3), row.GetDouble(7), row.GetDouble(8), row.GetDouble(9), row.GetDouble(10), row.GetDouble(11))));
        return days;

        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }
}
