using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>How and where a person answered.</summary>
/// <param name="Method">accept, refuse, choose, gpc, withdraw, register.</param>
/// <param name="Variant">The form that asked: dialog-1, privacy-page, signal.</param>
/// <param name="CameFrom">Where the visit began, when the answer is the first the browser gives.</param>
public sealed record ConsentAnswer(Consent Consent, string Method, string Variant, VisitOrigin? CameFrom = null);

/// <summary>Writes one receipt for each answer, never changes one, and keeps the account's state equal to the newest.</summary>
public sealed class ConsentLedger(NpgsqlDataSource source, ShopperConsents shopperConsents, TimeProvider clock)
{
    private const string Receipt = """
        INSERT INTO consent_receipts (id, visitor_id, shopper_id, analytics, personalisation, email, prices, text_version, text_hash, language, dialog_variant, method, given_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    private const string State = """
        UPDATE shoppers SET consent_analytics = $2, consent_personalisation = $3, consent_email = $4, consent_prices = $5 WHERE id = $1
        """;

    /// <param name="visitorId">Null for a browser that agreed to nothing: its receipt names nobody.</param>
    public async Task AddAsync(Guid? visitorId, Guid? shopperId, ConsentAnswer answer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var c = answer.Consent;
        await using var batch = source.CreateBatch();
        Add(batch, Receipt, Guid.CreateVersion7(now), visitorId, shopperId, c.Analytics, c.Personalisation, c.Email, c.Prices,
            ConsentText.Version, ConsentText.Hash, ConsentText.Language, answer.Variant, answer.Method, now.UtcDateTime);
        if (shopperId is not null)
            Add(batch, State, shopperId, c.Analytics, c.Personalisation, c.Email, c.Prices);
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
