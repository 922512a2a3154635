using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Api;

namespace PetShop.Web.Api.Webhooks;

/// <summary>A message that this process has taken to send.</summary>
/// <param name="Attempts">With the one that begins now.</param>
public sealed record TakenDelivery(
    Guid Id, long[] Transitions, DateTimeOffset CreatedAt, int Attempts, int WebhookId, string Url, string Secret, string? FormerSecret, DateTimeOffset? FormerUntil, DateTimeOffset? FailingSince)
{
    public bool IsTest => Transitions.Length == 0;
}

/// <summary>Messages that wait: taken by one process at a time, and by another one when the first does not come back.</summary>
public sealed class WebhookQueue(NpgsqlDataSource source)
{
    private const string Due = "SELECT DISTINCT d.webhook_id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.state = 0 AND d.next_attempt_at <= $1 AND w.is_active";

    // Taking is a promise to send within a while, not a lock: who dies in between leaves a message that is sent again, under the same id.
    private const string Take = """
        UPDATE webhook_deliveries d SET attempts = d.attempts + 1, last_attempt_at = $1, next_attempt_at = $2
        FROM webhooks w
        WHERE w.id = d.webhook_id AND d.id = ({0})
        RETURNING d.id, d.transitions, d.created_at, d.attempts, w.id, w.url, w.secret, w.former_secret, w.former_until, w.failing_since
        """;

    private const string First = "SELECT q.id FROM webhook_deliveries q WHERE q.webhook_id = $3 AND q.state = 0 AND q.next_attempt_at <= $1 ORDER BY q.created_at, q.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED";
    private const string This = "SELECT q.id FROM webhook_deliveries q WHERE q.id = $3 AND q.state = 0 FOR UPDATE SKIP LOCKED";

    private const string Mark = "UPDATE webhook_deliveries SET state = $2, answer = $3, problem = $4, next_attempt_at = coalesce($5, next_attempt_at) WHERE id = $1 AND state = 0";

    /// <summary>Webhooks for which something is due.</summary>
    public async Task<List<int>> DueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = Command(Due, now.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var due = new List<int>();
        while (await row.ReadAsync(cancel))
            due.Add(row.GetInt32(0));
        return due;
    }

    /// <summary>Takes the oldest message of a webhook that is due; null when there is none, or another process has it.</summary>
    public Task<TakenDelivery?> TakeAsync(int webhook, DateTimeOffset now, TimeSpan takenFor, CancellationToken cancel) => TakeAsync(First, webhook, now, takenFor, cancel);

    /// <summary>Takes one message whenever it is due; null when it is done.</summary>
    public Task<TakenDelivery?> TakeAsync(Guid delivery, DateTimeOffset now, TimeSpan takenFor, CancellationToken cancel) => TakeAsync(This, delivery, now, takenFor, cancel);

    /// <summary>Notes what came of an attempt.</summary>
    /// <param name="next">When it is tried again; null for never.</param>
    public async Task MarkAsync(Guid delivery, DeliveryState state, WebhookAnswer answer, DateTimeOffset? next, CancellationToken cancel)
    {
        await using var command = Command(Mark, delivery, (short)state);
        command.Parameters.Add(new() { Value = answer.Status is { } status ? (short)status : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = (object?)answer.Problem ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = next is { } at ? at.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Notes that a webhook takes messages again.</summary>
    public Task WorksAsync(int webhook, CancellationToken cancel) => RunAsync("UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL", cancel, webhook);

    /// <summary>Notes that a webhook did not take a message.</summary>
    public Task FailsAsync(int webhook, DateTimeOffset now, CancellationToken cancel) => RunAsync("UPDATE webhooks SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL", cancel, webhook, now.UtcDateTime);

    /// <summary>Switches a webhook off, and says why.</summary>
    public Task DisableAsync(int webhook, string because, CancellationToken cancel) =>
        RunAsync("UPDATE webhooks SET is_active = false, disabled_because = $2 WHERE id = $1 AND is_active", cancel, webhook, because);

    /// <summary>Forgets what is older than the log goes back.</summary>
    public async Task ForgetAsync(DateTimeOffset deliveriesBefore, DateTimeOffset requestsBefore, CancellationToken cancel)
    {
        await RunAsync("DELETE FROM webhook_deliveries WHERE created_at < $1", cancel, deliveriesBefore.UtcDateTime);
        await RunAsync("DELETE FROM api_requests WHERE at < $1", cancel, requestsBefore.UtcDateTime);
    }

    private async Task<TakenDelivery?> TakeAsync(string which, object id, DateTimeOffset now, TimeSpan takenFor, CancellationToken cancel)
    {
        await using var command = Command(Take.Replace("{0}", which, StringComparison.Ordinal), now.UtcDateTime, (now + takenFor).UtcDateTime, id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.GetFieldValue<long[]>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
                row.IsDBNull(7) ? null : row.GetString(7), Time(row, 8), Time(row, 9)) : null;
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private async Task RunAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
