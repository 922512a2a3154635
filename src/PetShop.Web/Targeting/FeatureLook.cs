using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Segments;

namespace PetShop.Web.Targeting;

/// <summary>One look at whose features are out of date, within the transaction of a connection: should it not commit, the next look finds the same.</summary>
/// <param name="Since">As of when the features were true; null before the first look.</param>
internal sealed record FeatureLook(NpgsqlConnection Connection, DateTimeOffset? Since, DateTimeOffset Now, DateTimeOffset? ScoredAt, bool ScoresAreOld)
{
    private const string Oldest = "(SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'events'::regclass AND inhrelid::regclass::text ~ '^events_[0-9]{6}$')";

    private const string State = "SELECT as_of, scored_at, scores_are_old FROM feature_states WHERE id = 1";

    /// <summary>Of whom something arrived, came due or left a window between $1 and $2, in whichever order they stand, and who was last here in a month that is dropped since. Of several causes a merge comes first, then what they did, then time.</summary>
    private const string Taken = $"""
        WITH taken AS (DELETE FROM feature_marks RETURNING shopper_id, cause),
        dropped AS (SELECT to_date(right({Oldest}, 6), 'YYYYMM')::timestamp AT TIME ZONE 'UTC' AS at FROM feature_states WHERE id = 1 AND oldest_partition < {Oldest}),
        changed AS (
            SELECT shopper_id, cause FROM taken
            UNION ALL SELECT shopper_id, 3 FROM events WHERE occurred_at >= least($1, $2) AND occurred_at < greatest($1, $2)
            UNION ALL SELECT shopper_id, 3 FROM orders WHERE placed_at >= least($1, $2) AND placed_at < greatest($1, $2)
            UNION ALL SELECT shopper_id, 4 FROM events WHERE occurred_at >= least($1, $2) - {ShopperFeaturesSql.Visits} AND occurred_at < greatest($1, $2) - {ShopperFeaturesSql.Visits}
            UNION ALL SELECT shopper_id, 4 FROM events
                WHERE occurred_at >= least($1, $2) - {ShopperFeaturesSql.Leanings} AND occurred_at < greatest($1, $2) - {ShopperFeaturesSql.Leanings} AND type IN ({ShopperFeaturesSql.Leaning})
            UNION ALL SELECT f.shopper_id, 4 FROM dropped d JOIN shopper_features f ON f.last_seen_at < d.at)
        SELECT cause, array_agg(shopper_id) FROM (
            SELECT shopper_id, CASE WHEN bool_or(cause = 9) THEN 9 ELSE min(cause) END::smallint AS cause FROM changed WHERE shopper_id IS NOT NULL GROUP BY shopper_id) c
        GROUP BY cause
        """;

    private const string Store = $"""
        INSERT INTO feature_states (id, as_of, oldest_partition, scored_at, scores_are_old) VALUES (1, $1, {Oldest}, $2, $3)
        ON CONFLICT (id) DO UPDATE SET as_of = excluded.as_of, oldest_partition = excluded.oldest_partition, scored_at = excluded.scored_at, scores_are_old = excluded.scores_are_old
        """;

    /// <summary>Begins a look; the connection is in a transaction, and no other look is under way.</summary>
    /// <param name="now">A moment before anything is read: what the features are made as of afterwards is never earlier.</param>
    public static async Task<FeatureLook> BeginAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(State, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(connection, row.GetFieldValue<DateTimeOffset>(0), now, row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2))
            : new(connection, null, now, null, true);
    }

    /// <summary>Takes whose features are to be made anew, by what moved them; before the first look only the marks.</summary>
    public async Task<List<(TransitionCause Cause, Guid[] Shoppers)>> TakeAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Taken, Connection) { CommandTimeout = 600 };
        foreach (var at in (DateTimeOffset[])[Since ?? Now, Now])
            command.Parameters.Add(new() { Value = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var taken = new List<(TransitionCause, Guid[])>();
        while (await row.ReadAsync(cancel))
            taken.Add(((TransitionCause)row.GetInt16(0), row.GetFieldValue<Guid[]>(1)));
        return taken;
    }

    /// <summary>Notes the moment, and how the scores stand.</summary>
    public async Task NoteAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Store, Connection);
        command.Parameters.Add(new() { Value = Now.UtcDateTime });
        command.Parameters.Add(new() { Value = (object?)ScoredAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = ScoresAreOld });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
