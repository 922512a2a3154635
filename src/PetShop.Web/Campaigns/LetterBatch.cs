using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Campaigns;
using PetShop.Data.Mail;
using PetShop.Targeting.Messages;

namespace PetShop.Web.Campaigns;

/// <summary>One reader whose letter is due, as read for a batch.</summary>
internal sealed record DueLetter(LetterReader Reader, long Occasion, string RolloutKey, DateTimeOffset DueAt, LeaveOut Bar, DateTimeOffset? LastLetterAt);

/// <summary>What is decided of one of them.</summary>
/// <param name="Arm">Null where it is not drawn yet.</param>
/// <param name="Mail">Null where none is written.</param>
internal sealed record DecidedLetter(DueLetter Due, LetterState State, LeaveOut Reason, string? Arm, DateTimeOffset? NotBefore, OutgoingMail? Mail);

/// <summary>Reads and writes the letters of a batch within the transaction of its connection.</summary>
internal sealed class LetterBatch(NpgsqlConnection connection)
{
    private static readonly string Due = $"""
        SELECT r.shopper_id, r.occasion, r.due_at, {Readership.Bar("$2")}, coalesce(s.email, ''), s.first_name, s.last_name, s.consent_personalisation, s.rollout_key, {Readership.LastLetter}, {Readership.AgreedAt},
               ARRAY(SELECT p.name FROM pets p WHERE p.shopper_id = s.id AND p.died_on IS NULL ORDER BY p.created_at, p.id)
        FROM campaign_recipients r JOIN shoppers s ON s.id = r.shopper_id
        WHERE r.campaign_id = $1 AND r.state = 0 AND r.not_before <= $2 ORDER BY r.not_before, r.shopper_id LIMIT $3 FOR UPDATE OF r
        """;

    private const string Decide = """
        UPDATE campaign_recipients r SET state = d.state, reason = d.reason, arm = d.arm, not_before = coalesce(d.not_before, r.not_before), decided_at = CASE WHEN d.state = 0 THEN NULL ELSE $2 END
        FROM unnest($3, $4, $5, $6, $7, $8) AS d (shopper_id, occasion, state, reason, arm, not_before)
        WHERE r.campaign_id = $1 AND r.shopper_id = d.shopper_id AND r.occasion = d.occasion
        """;

    private const string Queue = """
        INSERT INTO outgoing_mails (to_address, to_name, subject, text, html, unsubscribe_url, created_at, next_try_at, attempts, campaign_id, shopper_id, occasion)
        SELECT q.to_address, q.to_name, q.subject, q.text, q.html, q.unsubscribe_url, $2, $2, 0, $1, k.shopper_id, k.occasion
        FROM unnest($3, $4, $5, $6, $7, $8) WITH ORDINALITY AS q (to_address, to_name, subject, text, html, unsubscribe_url, n)
        JOIN unnest($9, $10) WITH ORDINALITY AS k (shopper_id, occasion, n) USING (n)
        """;

    /// <summary>Takes the turn to write letters, held until the transaction ends; false when another replica has it.</summary>
    public async Task<bool> TakeTurnAsync(CancellationToken cancel)
    {
        await using var turn = Command("SELECT pg_try_advisory_xact_lock(hashtext('petshop.campaigns'))");
        return await turn.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Whether letters of the campaign may be written; nobody stops it before the transaction ends.</summary>
    public async Task<bool> IsOnAsync(int campaign, CancellationToken cancel)
    {
        await using var command = Command("SELECT state = 2 FROM campaigns WHERE id = $1 FOR SHARE", campaign);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    public async Task<int> WaitingForServerAsync(CancellationToken cancel)
    {
        await using var command = Command("SELECT count(*)::int FROM outgoing_mails WHERE campaign_id IS NOT NULL AND next_try_at IS NOT NULL");
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The letters that are due, locked.</summary>
    public async Task<List<DueLetter>> ReadAsync(int campaign, DateTimeOffset now, int size, CancellationToken cancel)
    {
        await using var command = Command(Due, campaign, now.UtcDateTime, size);
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<DueLetter> due = [];
        while (await row.ReadAsync(cancel))
        {
            var id = row.GetGuid(0);
            var reader = new LetterReader(id, row.GetString(4), row.GetString(5), row.GetString(6), row.GetBoolean(7), row.GetFieldValue<string[]>(11), Time(10));
            due.Add(new(reader, row.GetInt64(1), row.IsDBNull(8) ? id.ToString("N") : row.GetString(8), row.GetFieldValue<DateTimeOffset>(2), (LeaveOut)row.GetInt32(3), Time(9)));
        }
        return due;

        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>Notes what was decided and puts the letters into the queue, together or not at all.</summary>
    public async Task WriteAsync(int campaign, IReadOnlyList<DecidedLetter> decided, DateTimeOffset now, CancellationToken cancel)
    {
        await using (var note = Command(Decide, campaign, now.UtcDateTime, decided.Select(d => d.Due.Reader.Id).ToArray(), decided.Select(d => d.Due.Occasion).ToArray(),
            decided.Select(d => (short)d.State).ToArray(), decided.Select(d => (short)d.Reason).ToArray(), decided.Select(d => d.Arm).ToArray()))
        {
            note.Parameters.Add(new() { Value = decided.Select(d => d.NotBefore?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
            await note.ExecuteNonQueryAsync(cancel);
        }
        var letters = decided.Where(d => d.Mail is not null).ToList();
        if (letters.Count == 0)
            return;
        string[] All(Func<OutgoingMail, string> part) => [.. letters.Select(l => part(l.Mail!))];
        await using var queue = Command(Queue, campaign, now.UtcDateTime, All(m => m.ToAddress), All(m => m.ToName), All(m => m.Subject), All(m => m.Text), All(m => m.Html), All(m => m.UnsubscribeUrl!),
            letters.Select(l => l.Due.Reader.Id).ToArray(), letters.Select(l => l.Due.Occasion).ToArray());
        await queue.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
