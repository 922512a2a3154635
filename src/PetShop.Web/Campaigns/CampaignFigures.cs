using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;

namespace PetShop.Web.Campaigns;

/// <summary>How far a campaign is and what its readers did.</summary>
/// <param name="Clicked">People who came by a link of the letter and agreed to statistics.</param>
/// <param name="Countable">Readers who got it and agreed to statistics.</param>
/// <param name="Ordered">Readers who got it and ordered within the days that count.</param>
public sealed record CampaignTally(long Waiting, long OnItsWay, long Sent, long HeldOut, long Unsubscribed, long Clicked, long Countable, long Ordered, IReadOnlyList<(LeaveOut Reason, long People)> LeftOut)
{
    public static CampaignTally None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, []);

    public long All => Waiting + OnItsWay + Sent + HeldOut + LeftOut.Sum(l => l.People);
}

/// <summary>Readers of one subject, or those held out: clicks of all of them, orders of those whose days are over.</summary>
public sealed record ArmTally(string Arm, long People, long Countable, long Clicked, LetterArm Ripe);

/// <summary>Counts what campaigns brought.</summary>
public sealed class CampaignFigures(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Orders count for so long after the letter was written, or would have been.</summary>
    public static readonly TimeSpan Outcome = TimeSpan.FromDays(7);

    private const string States = """
        SELECT r.campaign_id, r.state, r.reason, count(*), count(r.unsubscribed_at), count(*) FILTER (WHERE s.consent_analytics),
               count(*) FILTER (WHERE r.state = 3 AND EXISTS (SELECT FROM orders o WHERE o.shopper_id = r.shopper_id AND o.status <> 5 AND o.placed_at >= r.decided_at AND o.placed_at < r.decided_at + $2))
        FROM campaign_recipients r JOIN shoppers s ON s.id = r.shopper_id WHERE $1::int IS NULL OR r.campaign_id = $1 GROUP BY 1, 2, 3
        """;

    // The mark tells of the letter alone; who came is known only where they agreed to statistics.
    private const string Clicks = """
        SELECT split_part(e.campaign, '-', 2)::int, split_part(e.campaign, '-', 3), count(DISTINCT coalesce(e.shopper_id, l.shopper_id, e.visitor_id))
        FROM events e LEFT JOIN visitor_links l ON l.visitor_id = e.visitor_id
        WHERE e.campaign LIKE 'letter-%' AND e.campaign ~ '^letter-[0-9]{1,9}-[ab]$' AND ($1::text IS NULL OR e.campaign LIKE $1) GROUP BY 1, 2
        """;

    // Whom the lot put on a side stays there, whatever became of the letter: who goes by the outcome compares different people.
    private const string Arms = """
        SELECT r.arm, r.decided_at + $2 <= $3, count(*), count(*) FILTER (WHERE r.consent_analytics AND r.state = 3), count(*) FILTER (WHERE b.orders > 0), coalesce(sum(b.revenue), 0), coalesce(sum(b.revenue * b.revenue), 0)
        FROM (SELECT DISTINCT ON (r.shopper_id) r.*, s.consent_analytics FROM campaign_recipients r JOIN shoppers s ON s.id = r.shopper_id
              WHERE r.campaign_id = $1 AND r.arm IS NOT NULL ORDER BY r.shopper_id, r.decided_at) r
        CROSS JOIN LATERAL (SELECT count(*) AS orders, coalesce(sum(o.goods_minor), 0)::float8 AS revenue FROM orders o
            WHERE o.shopper_id = r.shopper_id AND o.status <> 5 AND o.placed_at >= r.decided_at AND o.placed_at < r.decided_at + $2) b
        GROUP BY 1, 2
        """;

    /// <summary>Of every campaign that has readers, by its id.</summary>
    public async Task<IReadOnlyDictionary<int, CampaignTally>> AllAsync(CancellationToken cancel) => await TalliesAsync(null, cancel);

    public async Task<CampaignTally> OfAsync(int campaign, CancellationToken cancel) => (await TalliesAsync(campaign, cancel)).GetValueOrDefault(campaign) ?? CampaignTally.None;

    /// <summary>Each subject and those held out.</summary>
    public async Task<IReadOnlyList<ArmTally>> ArmsAsync(int campaign, CancellationToken cancel)
    {
        var clicks = (await ClicksAsync(campaign, cancel)).ToDictionary(c => c.Arm, c => c.People);
        var rows = await ReadAsync(Arms, [(campaign, NpgsqlDbType.Integer), (Outcome, NpgsqlDbType.Interval), (clock.GetUtcNow().UtcDateTime, NpgsqlDbType.TimestampTz)],
            r => (Arm: r.GetString(0), IsRipe: r.GetBoolean(1), Countable: r.GetInt64(3), Sums: new LetterArm(r.GetInt64(2), r.GetInt64(4), r.GetDouble(5), r.GetDouble(6))), cancel);
        return [.. rows.GroupBy(r => r.Arm).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ArmTally(g.Key, g.Sum(r => r.Sums.People), g.Sum(r => r.Countable), clicks.GetValueOrDefault(g.Key),
            g.Where(r => r.IsRipe).Aggregate(default(LetterArm), (all, r) => all + r.Sums)))];
    }

    private async Task<Dictionary<int, CampaignTally>> TalliesAsync(int? campaign, CancellationToken cancel)
    {
        var clicks = (await ClicksAsync(campaign, cancel)).ToLookup(c => c.Campaign, c => c.People);
        var rows = await ReadAsync(States, [(campaign, NpgsqlDbType.Integer), (Outcome, NpgsqlDbType.Interval)],
            r => (Campaign: r.GetInt32(0), State: (LetterState)r.GetInt16(1), Reason: (LeaveOut)r.GetInt16(2), People: r.GetInt64(3), Unsubscribed: r.GetInt64(4), Countable: r.GetInt64(5), Ordered: r.GetInt64(6)), cancel);
        return rows.GroupBy(r => r.Campaign).ToDictionary(g => g.Key, g =>
        {
            long Of(params LetterState[] states) => g.Where(r => states.Contains(r.State)).Sum(r => r.People);
            return new CampaignTally(Of(LetterState.Waiting), Of(LetterState.Queued, LetterState.HandingOver), Of(LetterState.Sent), Of(LetterState.HeldOut), g.Sum(r => r.Unsubscribed), clicks[g.Key].Sum(),
                g.Where(r => r.State == LetterState.Sent).Sum(r => r.Countable), g.Sum(r => r.Ordered),
                [.. g.Where(r => r.State == LetterState.LeftOut).Select(r => (r.Reason, r.People)).OrderByDescending(r => r.People)]);
        });
    }

    private Task<List<(int Campaign, string Arm, long People)>> ClicksAsync(int? campaign, CancellationToken cancel) =>
        ReadAsync(Clicks, [(campaign is { } id ? string.Create(CultureInfo.InvariantCulture, $"letter-{id}-%") : null, NpgsqlDbType.Text)], r => (r.GetInt32(0), r.GetString(1), r.GetInt64(2)), cancel);

    private async Task<List<T>> ReadAsync<T>(string sql, (object? Value, NpgsqlDbType Type)[] values, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<T> rows = [];
        while (await reader.ReadAsync(cancel))
            rows.Add(row(reader));
        return rows;
    }
}
