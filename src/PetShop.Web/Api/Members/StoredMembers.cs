using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Api.Members;

/// <summary>Reads stored membership.</summary>
public sealed class StoredMembers(NpgsqlDataSource source)
{
    private const string LastMoves = """
        SELECT DISTINCT ON (t.segment_id) t.segment_id, t.entered, t.cause, t.at FROM segment_transitions t
        WHERE t.shopper_id = $1 AND ($2::int IS NULL OR t.segment_id = $2) ORDER BY t.segment_id, t.at DESC, t.id DESC
        """;

    /// <summary>How many a segment holds, and the bit that says so; null while it has none.</summary>
    public async Task<(int Members, SegmentBit Bit)?> SizeAsync(int segmentId, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT members, slot FROM segment_slots WHERE segment_id = $1");
        command.Parameters.Add(new() { Value = segmentId });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt32(0), new SegmentBit(row.GetInt32(1), null)) : null;
    }

    /// <summary>Those whose bit is set, in the order of their ids.</summary>
    public async Task<List<MemberResource>> ReadAsync(SegmentBit bit, Guid after, int limit, CancellationToken cancel)
    {
        var isIn = string.Create(CultureInfo.InvariantCulture, $"m.words[{bit.Word + 1}] & {bit.Mask} <> 0");
        await using var command = source.CreateCommand(
            $"SELECT m.shopper_id, s.consent_email AND NOT s.is_suppressed FROM segment_members m JOIN shoppers s ON s.id = m.shopper_id WHERE {isIn} AND m.shopper_id > $1 ORDER BY m.shopper_id LIMIT $2");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = limit });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var members = new List<MemberResource>();
        while (await row.ReadAsync(cancel))
            members.Add(new() { ShopperId = row.GetGuid(0), MayBeEmailed = row.GetBoolean(1) });
        return members;
    }

    /// <summary>The last entry or exit of a shopper, by segment.</summary>
    /// <param name="segmentId">The only one asked for; null for all.</param>
    public async Task<Dictionary<int, LastMove>> LastMovesAsync(Guid shopper, int? segmentId, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(LastMoves);
        command.Parameters.Add(new() { Value = shopper });
        command.Parameters.Add(new() { Value = (object?)segmentId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var moves = new Dictionary<int, LastMove>();
        while (await row.ReadAsync(cancel))
            moves.Add(row.GetInt32(0), new(row.GetBoolean(1), Transitions.Cause(row.GetInt16(2)), row.GetFieldValue<DateTimeOffset>(3)));
        return moves;
    }
}

/// <summary>The last time a shopper entered a segment or left it.</summary>
public sealed record LastMove(bool Entered, string Cause, DateTimeOffset At);
