using Npgsql;
using NpgsqlTypes;

namespace PetShop.Data.Events;

/// <summary>Writes events in bulk; a second delivery of the same event changes nothing, and events of erased people are left out.</summary>
public static class EventTable
{
    /// <summary>Name of the advisory lock that an erasure holds alone and writers share, so that no event slips in behind a deletion.</summary>
    public const string ErasureLock = "petshop.erasure";

    // The browser reports the dwell time of a view under the view's own id, before or after the server's row: the longer time stays.
    private const string Insert = """
        INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, session_id, product_id, sku_id, category_id, quantity, value_minor, dwell_ms,
            query, result_count, placement, position, strategy, model_version, recommendation_id, banner_id, device, referrer_host, campaign, offer_id, public_minor)
        SELECT e.* FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
            AS e (id, occurred_at, type, visitor_id, shopper_id, session_id, product_id, sku_id, category_id, quantity, value_minor, dwell_ms,
            query, result_count, placement, position, strategy, model_version, recommendation_id, banner_id, device, referrer_host, campaign, offer_id, public_minor)
        WHERE NOT EXISTS (SELECT FROM erasures x WHERE x.subject_hash = encode(sha256(uuid_send(e.visitor_id)), 'hex'))
          AND NOT EXISTS (SELECT FROM erasures x WHERE x.subject_hash = encode(sha256(uuid_send(e.shopper_id)), 'hex'))
        ON CONFLICT (id, occurred_at) DO UPDATE SET dwell_ms = excluded.dwell_ms
        WHERE events.visitor_id = excluded.visitor_id AND excluded.dwell_ms > coalesce(events.dwell_ms, 0)
        """;

    /// <summary>Inserts in one round trip and one transaction.</summary>
    /// <returns>Rows that were new.</returns>
    public static async Task<int> InsertAsync(NpgsqlConnection connection, IReadOnlyList<ShopEvent> events, CancellationToken cancel)
    {
        var rows = Distinct(events);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new($"SELECT pg_advisory_xact_lock_shared(hashtext('{ErasureLock}'))"));
        var insert = new NpgsqlBatchCommand(Insert);
        AddColumns(insert.Parameters, rows);
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancel);
        return (int)insert.RecordsAffected;
    }

    /// <summary>One statement may not touch a row twice: deliveries of the same event are merged first.</summary>
    private static List<ShopEvent> Distinct(IReadOnlyList<ShopEvent> events)
    {
        var byId = new Dictionary<Guid, ShopEvent>(events.Count);
        foreach (var shopEvent in events)
        {
            if (!byId.TryGetValue(shopEvent.Id, out var seen) || (shopEvent.DwellMs ?? 0) > (seen.DwellMs ?? 0))
                byId[shopEvent.Id] = shopEvent;
        }
        return [.. byId.Values];
    }

    private static void AddColumns(NpgsqlParameterCollection parameters, List<ShopEvent> rows)
    {
        Add(e => e.Id, NpgsqlDbType.Uuid);
        Add(e => e.OccurredAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(e => (short)e.Type, NpgsqlDbType.Smallint);
        Add(e => e.VisitorId, NpgsqlDbType.Uuid);
        Add(e => e.ShopperId, NpgsqlDbType.Uuid);
        Add(e => e.SessionId, NpgsqlDbType.Uuid);
        Add(e => e.ProductId, NpgsqlDbType.Integer);
        Add(e => e.SkuId, NpgsqlDbType.Integer);
        Add(e => e.CategoryId, NpgsqlDbType.Integer);
        Add(e => e.Quantity, NpgsqlDbType.Integer);
        Add(e => e.ValueMinor, NpgsqlDbType.Bigint);
        Add(e => e.DwellMs, NpgsqlDbType.Integer);
        Add(e => e.Query, NpgsqlDbType.Text);
        Add(e => e.ResultCount, NpgsqlDbType.Integer);
        Add(e => e.Placement, NpgsqlDbType.Text);
        Add(e => e.Position, NpgsqlDbType.Smallint);
        Add(e => e.Strategy, NpgsqlDbType.Text);
        Add(e => e.ModelVersion, NpgsqlDbType.Integer);
        Add(e => e.RecommendationId, NpgsqlDbType.Uuid);
        Add(e => e.BannerId, NpgsqlDbType.Integer);
        Add(e => e.Device, NpgsqlDbType.Text);
        Add(e => e.ReferrerHost, NpgsqlDbType.Text);
        Add(e => e.Campaign, NpgsqlDbType.Text);
        Add(e => e.OfferId, NpgsqlDbType.Integer);
        Add(e => e.PublicMinor, NpgsqlDbType.Bigint);

        void Add<T>(Func<ShopEvent, T> column, NpgsqlDbType type) =>
            parameters.Add(new NpgsqlParameter<T[]> { TypedValue = rows.ConvertAll(e => column(e)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
