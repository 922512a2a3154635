using System.Security.Cryptography;
using Npgsql;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>Removes what a browser left that belongs to no account: when both purposes that need it are withdrawn, nobody could ask for it later.</summary>
public sealed class VisitorEraser(NpgsqlDataSource source, LiveHistories histories, ErasureJournal journal, TimeProvider clock)
{
    /// <summary>What stands in <c>erasures</c> for an id: a hash, from which the id cannot be found.</summary>
    public static string Tombstone(Guid id) => Convert.ToHexStringLower(SHA256.HashData(id.ToByteArray(bigEndian: true)));

    public async Task EraseAsync(Guid visitorId, CancellationToken cancel)
    {
        var mark = new ErasureMark(Tombstone(visitorId), clock.GetUtcNow(), WholePerson: false);
        await using var batch = source.CreateBatch();
        Add(batch, $"SELECT pg_advisory_xact_lock(hashtext('{EventTable.ErasureLock}'))");
        Add(batch, "INSERT INTO erasures (subject_hash, erased_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", mark.SubjectHash, mark.ErasedAt.UtcDateTime);
        Add(batch, "DELETE FROM events WHERE visitor_id = $1 AND shopper_id IS NULL", visitorId);
        Add(batch, "DELETE FROM pets WHERE visitor_id = $1", visitorId);
        Add(batch, "DELETE FROM taste_corrections WHERE visitor_id = $1", visitorId);
        Add(batch, $"SELECT pg_notify('{VisitorNews.Channel}', $1)", new VisitorNews(visitorId, Stays: false).Payload);
        await batch.ExecuteNonQueryAsync(cancel);
        journal.Append([mark]);
        histories.Forget(visitorId);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
