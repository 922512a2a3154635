using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;

namespace PetShop.Web.Campaigns;

/// <summary>Of the members of a campaign's segments, how many would get the letter now and how many not, by reason.</summary>
public sealed record CampaignReach(long Members, long Would, IReadOnlyList<(LeaveOut Reason, long People)> Fall)
{
    public long Of(LeaveOut reason) => Fall.FirstOrDefault(f => f.Reason == reason).People;
}

/// <summary>Finds the readers of campaigns: all members when a letter is sent once, whoever entered since the last look when it follows entries.</summary>
public sealed class CampaignPlanner(NpgsqlDataSource source, IOptions<CampaignOptions> options, TimeProvider clock)
{
    // What the shop did, an edited rule or catalogue or a check, did not happen to anybody: no letter follows such an entry.
    private const string TellingCauses = "1, 2, 3, 4, 8, 9, 10";
    private const string From = "FROM shoppers s LEFT JOIN segment_members m ON m.shopper_id = s.id";

    private static readonly string Entries = $"""
        INSERT INTO campaign_recipients (campaign_id, shopper_id, occasion, state, reason, due_at, not_before)
        SELECT DISTINCT ON (t.shopper_id) c.id, t.shopper_id, t.id, 0, 0, t.at + d.delay, t.at + d.delay
        FROM campaigns c CROSS JOIN LATERAL (SELECT make_interval(hours => c.delay_hours) AS delay) d
        JOIN segment_transitions t ON t.segment_id = ANY(c.segment_ids) JOIN shoppers s ON s.id = t.shopper_id
        WHERE c.id = $1 AND c.kind = 2 AND c.state = 2 AND t.entered AND t.cause IN ({TellingCauses}) AND t.at >= c.started_at
          AND t.at > $2 - d.delay - $3 AND t.at <= $2 - d.delay AND {Readership.Bar("$2")} = 0
          AND NOT EXISTS (SELECT FROM campaign_recipients r WHERE r.campaign_id = c.id AND r.shopper_id = t.shopper_id
              AND (c.again_after_days IS NULL OR r.due_at > t.at + d.delay - make_interval(days => c.again_after_days)))
        ORDER BY t.shopper_id, t.id
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Who would get the letter if it were sent now.</summary>
    public async Task<CampaignReach> ReachAsync(Campaign campaign, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var member = await MemberAsync(connection, campaign, cancel);
        await using var command = new NpgsqlCommand($"""
            SELECT reason, count(*) FROM (
                SELECT CASE WHEN {Readership.Bar("$1")} <> 0 THEN {Readership.Bar("$1")} WHEN {Readership.LastLetter} > $1 - $2 THEN {(int)LeaveOut.Capped} ELSE 0 END AS reason {From} WHERE {member}) asked
            GROUP BY reason ORDER BY count(*) DESC
            """, connection);
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new() { Value = options.Value.Cap, NpgsqlDbType = NpgsqlDbType.Interval });
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<(LeaveOut Reason, long People)> all = [];
        while (await row.ReadAsync(cancel))
            all.Add(((LeaveOut)row.GetInt32(0), row.GetInt64(1)));
        return new(all.Sum(a => a.People), all.Where(a => a.Reason == LeaveOut.None).Sum(a => a.People), [.. all.Where(a => a.Reason != LeaveOut.None)]);
    }

    /// <summary>Plans the letters of one campaign, within the caller's transaction.</summary>
    /// <returns>How many readers are new.</returns>
    public async Task<int> PlanAsync(NpgsqlConnection connection, Campaign campaign, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (campaign.Kind == CampaignKind.OnEntry)
            return await RunAsync(connection, Entries, [campaign.Id, now, options.Value.LateBy], cancel);
        var member = await MemberAsync(connection, campaign, cancel);
        await RunAsync(connection, "UPDATE campaigns SET state = 2, started_at = $2 WHERE id = $1", [campaign.Id, now], cancel);
        return await RunAsync(connection, $"""
            INSERT INTO campaign_recipients (campaign_id, shopper_id, occasion, state, reason, due_at, not_before)
            SELECT $1, s.id, 0, 0, 0, $2, $2 {From} WHERE {Readership.Bar("$2")} = 0 AND {member} ON CONFLICT DO NOTHING
            """, [campaign.Id, now], cancel);
    }

    private static async Task<string> MemberAsync(NpgsqlConnection connection, Campaign campaign, CancellationToken cancel)
    {
        var (included, excluded) = (await SlotsAsync(connection, campaign.SegmentIds, cancel), await SlotsAsync(connection, campaign.ExcludedSegmentIds, cancel));
        return $"{(campaign.SegmentIds.Length == 0 ? "true" : Readership.InAny(included))} AND NOT {Readership.InAny(excluded)}";
    }

    private static async Task<List<int>> SlotsAsync(NpgsqlConnection connection, int[] segments, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT slot FROM segment_slots WHERE segment_id = ANY($1)", connection);
        command.Parameters.Add(new() { Value = segments });
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<int> slots = [];
        while (await row.ReadAsync(cancel))
            slots.Add(row.GetInt32(0));
        return slots;
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value is TimeSpan span ? new() { Value = span, NpgsqlDbType = NpgsqlDbType.Interval } : new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
