using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>How and where a person answered.</summary>
/// <param name="Method">accept, refuse, choose, gpc, withdraw, register, carried (to a new id of the same browser).</param>
/// <param name="Variant">The form that asked: dialog-1, privacy-page, signal, cookie.</param>
/// <param name="CameFrom">Where the visit began, when the answer is the first the browser gives.</param>
public sealed record ConsentAnswer(Consent Consent, string Method, string Variant, VisitOrigin? CameFrom = null);

/// <summary>One answer with all that its receipt says.</summary>
/// <param name="Erases">The browser whose traces go with the answer; null where it keeps them.</param>
public sealed record GivenConsent(
    Guid Id, Guid? VisitorId, Guid? ShopperId, Consent Consent, string Method, string Variant, string TextVersion, string TextHash, DateTimeOffset At, Guid? Erases);

/// <summary>Writes one receipt for each answer, never changes one, and keeps the account's state equal to the newest.</summary>
public sealed class ConsentLedger(NpgsqlDataSource source, ShopperConsents shopperConsents, TimeProvider clock)
{
    private const string Receipt = """
        INSERT INTO consent_receipts (id, visitor_id, shopper_id, analytics, personalisation, email, prices, text_version, text_hash, language, dialog_variant, method, given_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
        """;

    private const string State = """
        UPDATE shoppers SET consent_analytics = $2, consent_personalisation = $3, consent_email = $4, consent_prices = $5
        WHERE id = $1 AND ($6 OR NOT EXISTS (SELECT FROM consent_receipts r WHERE r.shopper_id = $1 AND r.given_at > $7))
        """;

    /// <param name="visitorId">Null for a browser that agreed to nothing: its receipt names nobody.</param>
    public Task AddAsync(Guid? visitorId, Guid? shopperId, ConsentAnswer answer, CancellationToken cancel) =>
        WriteAsync(New(visitorId, shopperId, answer), isLate: false, cancel);

    /// <summary>An answer given now, to be written now or, when the database is away, later.</summary>
    public GivenConsent New(Guid? visitorId, Guid? shopperId, ConsentAnswer answer, Guid? erases = null)
    {
        var now = clock.GetUtcNow();
        return new(Guid.CreateVersion7(now), visitorId, shopperId, answer.Consent, answer.Method, answer.Variant, ConsentText.Version, ConsentText.Hash, now, erases);
    }

    /// <param name="isLate">It waited: an answer given since then stays.</param>
    public async Task WriteAsync(GivenConsent given, bool isLate, CancellationToken cancel)
    {
        var (c, shopperId) = (given.Consent, given.ShopperId);
        await using var batch = source.CreateBatch();
        Add(batch, Receipt, given.Id, given.VisitorId, shopperId, c.Analytics, c.Personalisation, c.Email, c.Prices,
            given.TextVersion, given.TextHash, ConsentText.Language, given.Variant, given.Method, given.At.UtcDateTime);
        if (shopperId is not null)
            Add(batch, State, shopperId, c.Analytics, c.Personalisation, c.Email, c.Prices, !isLate, given.At.UtcDateTime);
        await batch.ExecuteNonQueryAsync(cancel);
        if (shopperId is { } shopper)
            shopperConsents.Forget(shopper);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } : new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
