using Npgsql;
using PetShop.Data.Events;
using PetShop.Data.Segments;

namespace PetShop.Web.Tracking;

/// <summary>Joins what a browser did before a sign-in to the account, and parts them again.</summary>
public sealed class VisitorLinking(NpgsqlDataSource source, LiveHistories histories, ShopperConsents shopperConsents, ConsentLedger ledger, TimeProvider clock)
{
    // Both sides must have agreed: the browser by its newest receipt, the account by its state.
    private const string Consents = """
        SELECT s.consent_personalisation OR s.consent_analytics,
               EXISTS (SELECT FROM consent_receipts r WHERE r.shopper_id = s.id),
               s.consent_email, b.analytics, b.personalisation, b.email, b.prices
        FROM shoppers s
        LEFT JOIN LATERAL (SELECT * FROM consent_receipts r WHERE r.visitor_id = $1 ORDER BY given_at DESC, id DESC LIMIT 1) b ON true
        WHERE s.id = $2
        """;

    /// <summary>Links the browser to the account with its consented history and its pets; call it after a sign-in or a registration.</summary>
    /// <remarks>An account that has never answered takes over the answer of the browser it was made on.</remarks>
    /// <returns>False when either side has not agreed, or the browser's history belongs to another account.</returns>
    public Task<bool> JoinAsync(Guid? visitorId, Guid shopperId, CancellationToken cancel) => JoinAsync(visitorId, shopperId, Consent.Unanswered, cancel);

    /// <inheritdoc cref="JoinAsync(Guid?, Guid, CancellationToken)"/>
    /// <param name="cookie">The answer the browser keeps. A browser gets a new id when a person leaves it; the answer is the browser's and is carried over to an id without a receipt.</param>
    public async Task<bool> JoinAsync(Guid? visitorId, Guid shopperId, Consent cookie, CancellationToken cancel)
    {
        if (visitorId is not { } visitor || await ReadConsentsAsync(visitor, shopperId, cancel) is not { } sides)
            return false;
        if (sides.Browser is null && cookie.NeedsIdentity)
        {
            await ledger.AddAsync(visitor, null, new(cookie, "carried", "cookie"), cancel);
            sides = sides with { Browser = cookie };
        }
        if (!sides.Shopper && !sides.ShopperAnswered && sides.Browser is { } answer)
        {
            await ledger.AddAsync(visitor, shopperId, new(answer with { Email = answer.Email || sides.ShopperEmail }, "register", "dialog-1"), cancel);
            sides = sides with { Shopper = answer.NeedsIdentity };
        }
        return sides.Shopper && sides.Browser?.NeedsIdentity == true && await LinkAsync(visitor, shopperId, cancel);
    }

    /// <summary>Parts a browser from the account: what was done on it is no longer part of the account's history.</summary>
    public async Task UnlinkAsync(Guid visitorId, Guid shopperId, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        Add(batch, $"SELECT pg_advisory_xact_lock(hashtext('{EventTable.ErasureLock}'))", []);
        Add(batch, "DELETE FROM visitor_links WHERE visitor_id = $1 AND shopper_id = $2", [visitorId, shopperId]);
        Add(batch, "UPDATE events SET shopper_id = NULL WHERE visitor_id = $1 AND shopper_id = $2", [visitorId, shopperId]);
        await batch.ExecuteNonQueryAsync(cancel);
        await AnnounceAsync(visitorId, new(shopperId, Stays: false), cancel);
        histories.Forget(shopperId);
    }

    private async Task<Sides?> ReadConsentsAsync(Guid visitorId, Guid shopperId, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Consents);
        command.Parameters.Add(new() { Value = visitorId });
        command.Parameters.Add(new() { Value = shopperId });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return null;
        Consent? browser = row.IsDBNull(3) ? null : new Consent(row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6), IsAnswered: true);
        return new(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), browser);
    }

    private async Task<bool> LinkAsync(Guid visitorId, Guid shopperId, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var link = new NpgsqlCommand("""
            INSERT INTO visitor_links (visitor_id, shopper_id, linked_at) VALUES ($1, $2, $3)
            ON CONFLICT (visitor_id) DO UPDATE SET linked_at = excluded.linked_at WHERE visitor_links.shopper_id = excluded.shopper_id
            """, connection, transaction))
        {
            foreach (var value in (ReadOnlySpan<object>)[visitorId, shopperId, clock.GetUtcNow().UtcDateTime])
                link.Parameters.Add(new() { Value = value });
            if (await link.ExecuteNonQueryAsync(cancel) == 0)
                return false;
        }
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            Add(batch, TransitionCauses.Name(TransitionCause.Merge), []);
            Add(batch, "UPDATE events SET shopper_id = $2 WHERE visitor_id = $1 AND shopper_id IS NULL", [visitorId, shopperId]);
            Add(batch, """
                UPDATE shoppers s SET quiz_values = ARRAY(SELECT unnest(s.quiz_values) UNION SELECT unnest(p.quiz_values) FROM pets p WHERE p.visitor_id = $1 AND p.died_on IS NULL ORDER BY 1)
                WHERE s.id = $2
                """, [visitorId, shopperId]);
            Add(batch, "UPDATE pets SET shopper_id = $2, visitor_id = NULL WHERE visitor_id = $1", [visitorId, shopperId]);
            // What both said of a product already is said once.
            Add(batch, """
                DELETE FROM taste_corrections c USING taste_corrections known
                WHERE c.visitor_id = $1 AND known.shopper_id = $2 AND known.product_id = c.product_id AND known.kind = c.kind
                """, [visitorId, shopperId]);
            Add(batch, "UPDATE taste_corrections SET shopper_id = $2, visitor_id = NULL WHERE visitor_id = $1", [visitorId, shopperId]);
            Add(batch, "UPDATE shoppers SET rollout_key = $1 WHERE id = $2 AND rollout_key IS NULL", [visitorId.ToString("N"), shopperId]);
            await batch.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        histories.Join(visitorId, shopperId);
        await AnnounceAsync(visitorId, new(shopperId, Stays: true), cancel);
        return true;
    }

    private async Task AnnounceAsync(Guid visitorId, VisitorNews shopper, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        foreach (var news in (VisitorNews[])[new(visitorId, Stays: false), shopper])
            Add(batch, $"SELECT pg_notify('{VisitorNews.Channel}', $1)", [news.Payload]);
        await batch.ExecuteNonQueryAsync(cancel);
        shopperConsents.Forget(shopper.Id);
        histories.Forget(visitorId);
    }

    private static void Add(NpgsqlBatch batch, string sql, object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }

    private sealed record Sides(bool Shopper, bool ShopperAnswered, bool ShopperEmail, Consent? Browser);
}
