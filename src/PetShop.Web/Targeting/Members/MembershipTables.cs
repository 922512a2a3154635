using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Members;

/// <summary>Reads and writes stored membership, set by set, within the transaction of its connection.</summary>
internal sealed class MembershipTables(NpgsqlConnection connection)
{
    private const string OldestPartition =
        "SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'events'::regclass AND inhrelid::regclass::text ~ '^events_[0-9]{6}$'";

    private const string WrittenById =
        "written AS (INSERT INTO segment_members (shopper_id, words, leaves) SELECT id, words, leaves FROM changed ON CONFLICT (shopper_id) DO UPDATE SET words = excluded.words, leaves = excluded.leaves)";

    // Their rows were just looked up, so they need not be looked up again; of everyone, the planner would rather read the whole table.
    private const string WrittenByPlace = """
        written AS (UPDATE segment_members m SET words = c.words, leaves = c.leaves FROM changed c WHERE m.ctid = c.place),
            added AS (INSERT INTO segment_members (shopper_id, words, leaves) SELECT id, words, leaves FROM changed WHERE place IS NULL)
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<List<StoredSlot>> SlotsAsync(CancellationToken cancel) =>
        await ReadAsync("SELECT segment_id, slot, fingerprint, members FROM segment_slots", r => new StoredSlot(r.GetInt32(0), r.GetInt32(1), r.GetString(2), r.GetInt32(3)), cancel);

    public async Task<(DateTimeOffset? AsOf, string? Oldest, string? OldestNow)> StateAsync(CancellationToken cancel)
    {
        var rows = await ReadAsync($"SELECT m.as_of, m.oldest_partition, ({OldestPartition}) FROM (VALUES (1)) one LEFT JOIN membership_states m ON m.id = 1",
            r => (r.IsDBNull(0) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2)), cancel);
        return rows[0];
    }

    /// <summary>The remembered leaves: their slots by their JSON.</summary>
    public async Task<Dictionary<string, int>> LeavesAsync(CancellationToken cancel) =>
        (await ReadAsync("SELECT leaf, slot FROM segment_leaves", r => (r.GetString(0), r.GetInt32(1)), cancel)).ToDictionary(l => l.Item1, l => l.Item2, StringComparer.Ordinal);

    /// <summary>Takes the marks: they are gone when this transaction commits.</summary>
    public async Task<Marks> TakeMarksAsync(CancellationToken cancel)
    {
        // All shoppers in one row: ten thousand rows would cost as much as asking their rules.
        const string Sql = """
            WITH taken AS (DELETE FROM segment_marks RETURNING shopper_id, cause, stale, words)
            SELECT array_agg(shopper_id) FILTER (WHERE shopper_id IS NOT NULL), array_agg(cause) FILTER (WHERE shopper_id IS NOT NULL), array_agg(stale) FILTER (WHERE shopper_id IS NOT NULL),
                   coalesce(bool_or(shopper_id IS NULL AND words IS NULL), false), NULL::bigint[] FROM taken
            UNION ALL SELECT NULL, NULL, NULL, false, words FROM taken WHERE words IS NOT NULL
            """;
        var rows = await ReadAsync(Sql, r => (Shoppers: Array<Guid>(r, 0), Causes: Array<short>(r, 1), Stale: Array<short>(r, 2), Everyone: r.GetBoolean(3), Gone: Array<long>(r, 4)), cancel);
        var marks = new Marks { Everyone = rows.Exists(r => r.Everyone) };
        foreach (var (shoppers, causes, stale, _, gone) in rows)
        {
            if (gone is not null)
                marks.Gone.Add(gone);
            for (var i = 0; i < shoppers?.Length; i++)
                marks.Add(shoppers[i], (TransitionCause)causes![i], stale![i]);
        }
        return marks;
    }

    /// <summary>Marks whom the clock moved.</summary>
    public async Task MarkAsync(Marks marks, SqlQuery crossed, CancellationToken cancel)
    {
        var rows = await ReadAsync($"SELECT array_agg(c.shopper_id), array_agg(c.stale) FROM ({crossed.Text}) c", r => (Array<Guid>(r, 0), Array<int>(r, 1)), cancel, crossed.Parameters);
        var (shoppers, stale) = rows[0];
        for (var i = 0; i < shoppers?.Length; i++)
            marks.Add(shoppers[i], TransitionCause.Clock, stale![i]);
    }

    private static T[]? Array<T>(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<T[]>(column);

    public async Task<long> CountShoppersAsync(CancellationToken cancel) =>
        (await ReadAsync("SELECT greatest(reltuples::bigint, 0) FROM pg_class WHERE oid = 'shoppers'::regclass", r => r.GetInt64(0), cancel))[0];

    public async Task<bool> IsEmptyAsync(CancellationToken cancel) => !(await ReadAsync("SELECT EXISTS (SELECT FROM segment_members)", r => r.GetBoolean(0), cancel))[0];

    /// <summary>Fills the empty table without entries: who is in before anybody looked did not enter just now.</summary>
    public async Task FillAsync(SqlQuery words, CancellationToken cancel)
    {
        await ExecuteAsync($"INSERT INTO segment_members (shopper_id, words, leaves) SELECT n.id, n.words, n.leaves FROM ({words.Text}) n", words.Parameters, cancel);
        await ExecuteAsync("ANALYZE segment_members", [], cancel);
    }

    /// <summary>Counts the members of each bit in one scan.</summary>
    public async Task<Dictionary<int, int>> CountAsync(IReadOnlyList<PlannedBit> bits, CancellationToken cancel)
    {
        var columns = bits.Select(b => string.Create(CultureInfo.InvariantCulture, $"count(*) FILTER (WHERE words[{b.Bit.Word + 1}] & {b.Bit.Mask} <> 0)"));
        var counts = await ReadAsync($"SELECT {string.Join(", ", columns)} FROM segment_members", r => bits.Select((b, i) => (b.SegmentId, (int)r.GetInt64(i))).ToDictionary(), cancel);
        return counts[0];
    }

    /// <summary>Writes the bits that changed, and an entry or exit for each.</summary>
    /// <param name="words">Ids with the stored words and leaves, and freshly worked out those of the bits and of the memory.</param>
    /// <param name="few">Whether <paramref name="words"/> asks a few by their ids, and so knows the place of their rows.</param>
    /// <param name="bits">Those that were worked out; all others stay as they are.</param>
    /// <param name="causes">By shopper; who is not named moved by <paramref name="otherwise"/>.</param>
    /// <returns>Segment, entries, exits.</returns>
    public Task<List<(int SegmentId, int Entered, int Left)>> ApplyAsync(
        SqlQuery words, bool few, IReadOnlyList<PlannedBit> bits, LeafMemory memory, int count, IReadOnlyDictionary<Guid, TransitionCause> causes, TransitionCause otherwise, DateTimeOffset at, CancellationToken cancel)
    {
        var (p, asked) = (words.Parameters.Count, memory.Asked.Select(l => (l.Word, l.Mask)).ToList());
        // Where every leaf is remembered, none can be another one than before.
        var leaves = asked.Count > 0 ? Merged("leaves", "old_leaves", memory.Words, asked) : "coalesce(n.old_leaves, '{}')";
        // Most segments nobody entered or left: they are put aside before every shopper who moved is compared with each.
        var text = $"""
            WITH changed AS MATERIALIZED (
                SELECT * FROM (
                    SELECT n.id, n.old, n.old_leaves, {(few ? "n.place, " : "")}{Merged("words", "old", count, [.. bits.Select(b => (b.Bit.Word, b.Bit.Mask))])} AS words, {leaves} AS leaves
                    FROM ({words.Text}) n OFFSET 0) merged
                WHERE words IS DISTINCT FROM old{(asked.Count > 0 ? " OR leaves IS DISTINCT FROM old_leaves" : "")}),
            {(few ? WrittenByPlace : WrittenById)},
            bits AS MATERIALIZED (
                SELECT c.id, w.n AS word, c.words[w.n] AS now, c.words[w.n] # coalesce(c.old[w.n], 0) AS moved
                FROM changed c CROSS JOIN generate_series(1, {count.ToString(CultureInfo.InvariantCulture)}) w (n) WHERE c.words[w.n] <> coalesce(c.old[w.n], 0)),
            named AS MATERIALIZED (
                SELECT k.* FROM unnest(${p + 1}::int[], ${p + 2}::int[], ${p + 3}::bigint[]) AS k (segment_id, word, mask)
                JOIN (SELECT word, bit_or(moved) AS moved FROM bits GROUP BY word) any_of ON any_of.word = k.word AND any_of.moved & k.mask <> 0),
            moved AS (
                INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at)
                SELECT b.id, k.segment_id, b.now & k.mask <> 0, coalesce(d.cause, ${p + 6}::smallint), ${p + 7}::timestamptz
                FROM bits b JOIN named k ON k.word = b.word AND b.moved & k.mask <> 0
                LEFT JOIN unnest(${p + 4}::uuid[], ${p + 5}::smallint[]) AS d (id, cause) ON d.id = b.id
                RETURNING segment_id, entered)
            SELECT segment_id, (count(*) FILTER (WHERE entered))::int, (count(*) FILTER (WHERE NOT entered))::int FROM moved GROUP BY segment_id
            """;
        object[] more =
        [
            bits.Select(b => b.SegmentId).ToArray(), bits.Select(b => b.Bit.Word + 1).ToArray(), bits.Select(b => b.Bit.Mask).ToArray(),
            causes.Keys.ToArray(), causes.Values.Select(c => (short)c).ToArray(), (short)otherwise, at.UtcDateTime,
        ];
        return ReadAsync(text, r => (r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), cancel, [.. words.Parameters, .. more]);
    }

    // The bits that were worked out take the place of the stored ones.
    private static string Merged(string fresh, string stored, int words, IReadOnlyList<(int Word, long Mask)> bits) =>
        $"ARRAY[{string.Join(", ", Enumerable.Range(0, words).Select(w => string.Create(CultureInfo.InvariantCulture,
            $"(coalesce(n.{stored}[{w + 1}], 0) & {~bits.Where(b => b.Word == w).Aggregate(0L, (all, b) => all | b.Mask)}::bigint) | n.{fresh}[{w + 1}]")))}]::bigint[]";

    /// <summary>Notes the rules and sizes of the bits, and the moment all of it is true for.</summary>
    public async Task NoteAsync(MembershipPlan plan, IReadOnlyDictionary<int, int> sizes, DateTimeOffset at, string? oldest, CancellationToken cancel)
    {
        var (live, gone) = (plan.Live, plan.Bits.Where(b => b.Segment is null).Select(b => b.SegmentId).ToArray());
        await ExecuteAsync("DELETE FROM segment_slots WHERE segment_id = ANY($1)", [gone], cancel);
        await ExecuteAsync("UPDATE segments SET member_count = 0, counted_at = $2 WHERE id = ANY($1)", [plan.Bits.Where(b => b.IsOutOfTime).Select(b => b.SegmentId).ToArray(), at.UtcDateTime], cancel);
        const string Slots = """
            INSERT INTO segment_slots (segment_id, slot, fingerprint, members, filled_at) SELECT i, s, f, m, $5 FROM unnest($1, $2, $3, $4) AS n (i, s, f, m)
            ON CONFLICT (segment_id) DO UPDATE SET fingerprint = excluded.fingerprint, members = excluded.members,
                filled_at = CASE WHEN segment_slots.fingerprint = excluded.fingerprint THEN segment_slots.filled_at ELSE excluded.filled_at END
            WHERE (segment_slots.fingerprint, segment_slots.members) IS DISTINCT FROM (excluded.fingerprint, excluded.members)
            """;
        var (ids, counts) = (live.Select(b => b.SegmentId).ToArray(), live.Select(b => sizes.GetValueOrDefault(b.SegmentId)).ToArray());
        await ExecuteAsync(Slots, [ids, live.Select(b => b.Slot).ToArray(), live.Select(b => b.Fingerprint).ToArray(), counts, at.UtcDateTime], cancel);
        await ExecuteAsync(
            "UPDATE segments s SET member_count = n.m, counted_at = $3 FROM unnest($1, $2) AS n (i, m) WHERE s.id = n.i AND (s.member_count IS DISTINCT FROM n.m OR s.counted_at < s.updated_at)",
            [ids, counts, at.UtcDateTime], cancel);
        if (plan.HasNewLeaves)
            await NoteLeavesAsync([.. plan.Leaves.Values], cancel);
        await ExecuteAsync(
            "INSERT INTO membership_states (id, as_of, oldest_partition) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET as_of = excluded.as_of, oldest_partition = excluded.oldest_partition",
            [at.UtcDateTime, oldest is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : oldest], cancel);
    }

    private async Task NoteLeavesAsync(IReadOnlyList<SegmentLeaf> leaves, CancellationToken cancel)
    {
        var slots = leaves.Select(l => l.Slot).ToArray();
        await ExecuteAsync("DELETE FROM segment_leaves WHERE slot <> ALL($1)", [slots], cancel);
        await ExecuteAsync("INSERT INTO segment_leaves (slot, leaf) SELECT s, l FROM unnest($1, $2) AS n (s, l) ON CONFLICT (slot) DO UPDATE SET leaf = excluded.leaf",
            [slots, leaves.Select(l => RuleJson.Write(l.Rule)).ToArray()], cancel);
    }

    public async Task ExecuteAsync(string sql, IReadOnlyList<object> values, CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel, IReadOnlyList<object>? values = null)
    {
        await using var command = Command(sql, values ?? []);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(row(reader));
        return rows;
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<object> values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        return command;
    }
}
