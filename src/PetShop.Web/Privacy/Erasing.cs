using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Events;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;
using PetShop.Web.Tracking;

namespace PetShop.Web.Privacy;

/// <summary>Erases a person: in one transaction every row that names them, then whatever memory holds; orders stay as the law demands, without the person.</summary>
public sealed class Erasing(
    NpgsqlDataSource source, LiveHistories histories, ShopperConsents shopperConsents, MailFolder mails, ErasureJournal journal, TimeProvider clock,
    IEnumerable<PersonalDataSource> others, IServiceProvider services)
{
    // A browser may be shared: what another account did on it is not this person's.
    private const string Mine = "(shopper_id = @shopper OR (visitor_id = ANY(@visitors) AND shopper_id IS NULL))";

    private static readonly string[] Steps =
    [
        "INSERT INTO erasures (subject_hash, erased_at, whole_person) SELECT h, @now, true FROM unnest(@hashes) h ON CONFLICT (subject_hash) DO UPDATE SET whole_person = true",
        $"DELETE FROM events WHERE {Mine}",
        "DELETE FROM taste_corrections WHERE shopper_id = @shopper OR visitor_id = ANY(@visitors)",
        "DELETE FROM pets WHERE shopper_id = @shopper OR visitor_id = ANY(@visitors)",
        "DELETE FROM carts WHERE shopper_id = @shopper OR id = @cart",
        "UPDATE reviews SET shopper_id = NULL, display_name = 'A former customer' WHERE shopper_id = @shopper",
        // Before the orders lose the address: mails about them to the person, the account's address or not.
        $"""
        DELETE FROM outgoing_mails m USING orders o
        WHERE o.id IN (SELECT id FROM orders WHERE {Mine}) AND lower(m.to_address) = lower(o.email) AND strpos(m.subject || m.text, o.number) > 0
        """,
        $"UPDATE order_lines SET recommendation_id = NULL WHERE order_id IN (SELECT id FROM orders WHERE {Mine})",
        // Tax law keeps the sale: number, day, goods and sums. The person goes.
        $"""
        UPDATE orders SET shopper_id = NULL, visitor_id = NULL, email = 'erased-' || number || '@invalid', full_name = 'Erased customer', line1 = 'erased', line2 = NULL,
            postcode = '', city = '', phone = NULL
        WHERE {Mine}
        """,
        "DELETE FROM outgoing_mails WHERE @email <> '' AND lower(to_address) = lower(@email)",
        // Figures of a campaign keep count of who is gone; letters that wait go even to an address of before.
        "UPDATE campaigns c SET erased = erased + 1 WHERE EXISTS (SELECT FROM campaign_recipients r WHERE r.campaign_id = c.id AND r.shopper_id = @shopper)",
        "DELETE FROM campaign_recipients WHERE shopper_id = @shopper",
        "DELETE FROM outgoing_mails WHERE shopper_id = @shopper",
        $"UPDATE consent_receipts SET visitor_id = NULL, shopper_id = NULL WHERE {Mine}",
        """
        UPDATE audit_entries SET actor = CASE WHEN actor IN (@shopper::text, @email) THEN 'erased' ELSE actor END,
            subject = replace(replace(subject, @shopper::text, 'erased'), coalesce(nullif(@email, ''), chr(1)), 'erased')
        WHERE @shopper IS NOT NULL AND (actor IN (@shopper::text, @email) OR subject LIKE '%' || @shopper::text || '%' OR (@email <> '' AND strpos(subject, @email) > 0))
        """,
        "UPDATE segments SET updated_by = 'erased' WHERE updated_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE segments SET owner = '' WHERE owner IN (@shopper::text, nullif(@email, ''))",
        "UPDATE banners SET updated_by = 'erased' WHERE updated_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE banner_versions SET saved_by = 'erased' WHERE saved_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE banner_experiments SET started_by = 'erased' WHERE started_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE banner_experiments SET ended_by = 'erased' WHERE ended_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE price_offers SET updated_by = 'erased' WHERE updated_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE price_offer_versions SET saved_by = 'erased' WHERE saved_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE shopper_lists SET updated_by = 'erased' WHERE updated_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE campaigns SET updated_by = 'erased' WHERE updated_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE campaigns SET confirmed_by = 'erased' WHERE confirmed_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE campaigns SET ended_by = 'erased' WHERE ended_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE campaigns SET owner = '' WHERE owner IN (@shopper::text, nullif(@email, ''))",
        "UPDATE segment_versions SET saved_by = 'erased' WHERE saved_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE api_keys SET created_by = 'erased' WHERE created_by IN (@shopper::text, nullif(@email, ''))",
        "UPDATE webhooks SET created_by = 'erased' WHERE created_by IN (@shopper::text, nullif(@email, ''))",
        "DELETE FROM shoppers WHERE id = @shopper",
        $"SELECT pg_notify('{VisitorNews.Channel}', id::text) FROM unnest(@visitors || @shopper) id WHERE id IS NOT NULL",
    ];

    /// <param name="cartId">The browser's cart when it belongs to no account.</param>
    /// <returns>Numbers of the orders that are kept by law, without the person.</returns>
    public async Task<IReadOnlyList<string>> EraseAsync(DataSubject subject, Guid? cartId, CancellationToken cancel)
    {
        foreach (var other in others)
        {
            if (other.EraseAsync is { } erase)
                await erase(services, subject, cancel);
        }
        var marks = Marks(subject, cartId);
        var (kept, email) = await EraseRowsAsync(subject, cartId, marks, cancel);
        journal.Append(marks);
        if (email.Length > 0 && mails.IsInUse)
        {
            foreach (var mail in mails.List(int.MaxValue, email))
                File.Delete(Path.Combine(mails.Path, mail.Id + ".eml"));
        }
        foreach (var visitor in subject.Visitors)
            histories.Forget(visitor);
        if (subject.ShopperId is { } shopper)
        {
            shopperConsents.Forget(shopper);
            histories.Forget(shopper);
        }
        return kept;
    }

    private async Task<(List<string> Kept, string Email)> EraseRowsAsync(DataSubject subject, Guid? cartId, List<ErasureMark> marks, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Writers of events wait outside until the tombstone is there to be seen.
        await using (var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock(hashtext('{EventTable.ErasureLock}'))", connection, transaction))
            await wait.ExecuteNonQueryAsync(cancel);
        if (subject.ShopperId is { } shopper)
            await GuestOrders.AdoptAsync(connection, shopper, cancel);
        var email = (await TextsAsync(connection, "SELECT coalesce(email, '') FROM shoppers WHERE id = @shopper", Ids(subject), cancel)).FirstOrDefault("");
        var kept = await TextsAsync(connection, $"SELECT number FROM orders WHERE {Mine} ORDER BY placed_at", Ids(subject), cancel);
        foreach (var step in Steps)
        {
            await using var command = new NpgsqlCommand(step, connection, transaction);
            command.Parameters.AddRange(Parameters(subject, cartId, email, marks));
            await command.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return (kept, email);
    }

    private NpgsqlParameter[] Parameters(DataSubject subject, Guid? cartId, string email, List<ErasureMark> marks) =>
    [
        .. Ids(subject),
        new("cart", NpgsqlDbType.Uuid) { Value = (object?)cartId ?? DBNull.Value },
        new("email", email),
        new("now", clock.GetUtcNow().UtcDateTime),
        new("hashes", marks.Select(m => m.SubjectHash).ToArray()),
    ];

    private List<ErasureMark> Marks(DataSubject subject, Guid? cartId) =>
        [.. ((Guid?[])[subject.ShopperId, cartId, .. subject.Visitors]).OfType<Guid>().Select(id => new ErasureMark(VisitorEraser.Tombstone(id), clock.GetUtcNow(), WholePerson: true))];

    private static NpgsqlParameter[] Ids(DataSubject subject) =>
    [
        new("shopper", NpgsqlDbType.Uuid) { Value = (object?)subject.ShopperId ?? DBNull.Value },
        new("visitors", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = subject.Visitors.ToArray() },
    ];

    private static async Task<List<string>> TextsAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<string> texts = [];
        while (await reader.ReadAsync(cancel))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
