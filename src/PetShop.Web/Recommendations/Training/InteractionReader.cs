using Npgsql;
using PetShop.Data.Events;
using PetShop.Data.Shoppers;
using PetShop.Recommender.Interactions;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Streams what people did into an <see cref="InteractionMatrixBuilder"/>; holds no more than one row at a time.</summary>
/// <remarks>
/// Purchases come from order lines alone: they are written with the order, know of cancellations and exist for imported histories, while a purchase event may
/// be missing or late; so the event is never read and nothing counts twice. A person is the shopper, also for what their browsers did before signing in; else the browser.
/// Left out: shoppers who do not agree to personalisation, browsers whose newest answer refuses it or that have none, people who are erased (no row), orders of guests without consent (no visitor id).
/// Their orders count in sales figures only, never in a profile.
/// </remarks>
public sealed class InteractionReader(NpgsqlDataSource source)
{
    private const string EventsSql =
        """
        WITH answers AS (
            SELECT DISTINCT ON (visitor_id) visitor_id, personalisation FROM consent_receipts WHERE visitor_id IS NOT NULL ORDER BY visitor_id, given_at DESC
        )
        SELECT coalesce(s.id, e.visitor_id), e.product_id, e.type, e.occurred_at, coalesce(e.quantity, 1), e.dwell_ms
        FROM events e
        LEFT JOIN visitor_links l ON l.visitor_id = e.visitor_id
        LEFT JOIN shoppers s ON s.id = coalesce(e.shopper_id, l.shopper_id)
        LEFT JOIN answers a ON a.visitor_id = e.visitor_id
        WHERE e.occurred_at >= $1 AND e.occurred_at < $2 AND e.product_id IS NOT NULL AND e.type IN (1, 4, 6, 12)
          AND CASE WHEN s.id IS NOT NULL THEN s.consent_personalisation WHEN e.shopper_id IS NOT NULL THEN false ELSE coalesce(a.personalisation, false) END
        """;

    private const string OrdersSql =
        """
        SELECT coalesce(o.shopper_id, l.shopper_id, o.visitor_id), n.product_id, o.placed_at, n.quantity
        FROM orders o JOIN order_lines n ON n.order_id = o.id
        LEFT JOIN visitor_links l ON l.visitor_id = o.visitor_id
        LEFT JOIN shoppers s ON s.id = coalesce(o.shopper_id, l.shopper_id)
        LEFT JOIN LATERAL (SELECT r.personalisation FROM consent_receipts r WHERE r.visitor_id = o.visitor_id ORDER BY r.given_at DESC LIMIT 1) a ON s.id IS NULL
        WHERE o.placed_at >= $1 AND o.placed_at < $2 AND o.status <> 5
          AND NOT EXISTS (SELECT FROM taste_corrections g WHERE g.kind = 3 AND g.product_id = n.product_id AND g.made_at >= o.placed_at
                          AND (g.shopper_id = coalesce(o.shopper_id, l.shopper_id) OR g.visitor_id = o.visitor_id))
          AND CASE WHEN s.id IS NOT NULL THEN s.consent_personalisation ELSE o.visitor_id IS NOT NULL AND coalesce(a.personalisation, false) END
        """;

    // "Not for me" and "not my pet"; taken back, their row is gone.
    private const string RefusalsSql =
        """
        SELECT coalesce(c.shopper_id, c.visitor_id), c.product_id, c.kind, c.made_at
        FROM taste_corrections c LEFT JOIN shoppers s ON s.id = c.shopper_id
        LEFT JOIN LATERAL (SELECT r.personalisation FROM consent_receipts r WHERE r.visitor_id = c.visitor_id ORDER BY r.given_at DESC LIMIT 1) a ON s.id IS NULL
        WHERE c.kind IN (1, 2) AND c.made_at >= $1 AND c.made_at < $2
          AND CASE WHEN s.id IS NOT NULL THEN s.consent_personalisation ELSE coalesce(a.personalisation, false) END
        """;

    /// <param name="take">Called for each interaction: person, product, kind, time, quantity.</param>
    /// <param name="from">Oldest moment read.</param>
    /// <param name="until">First moment not read any more: the data cut-off.</param>
    /// <param name="progress">Rows read so far, now and then.</param>
    public async Task ReadAsync(Action<Guid, int, InteractionKind, DateTimeOffset, float> take, DateTimeOffset from, DateTimeOffset until, IProgress<long>? progress, CancellationToken cancel)
    {
        long rows = 0;
        await StreamAsync(OrdersSql, row => take(row.GetGuid(0), row.GetInt32(1), InteractionKind.Purchase, row.GetFieldValue<DateTimeOffset>(2), row.GetInt32(3)));
        await StreamAsync(RefusalsSql, row => take(row.GetGuid(0), row.GetInt32(1), RefusalOf((CorrectionKind)row.GetInt16(2)), row.GetFieldValue<DateTimeOffset>(3), 1));
        await StreamAsync(EventsSql, row =>
        {
            var dwell = row.IsDBNull(5) ? (int?)null : row.GetInt32(5);
            if (KindOf((EventType)row.GetInt16(2), dwell) is { } kind)
                take(row.GetGuid(0), row.GetInt32(1), kind, row.GetFieldValue<DateTimeOffset>(3), row.GetInt32(4));
        });

        async Task StreamAsync(string sql, Action<NpgsqlDataReader> each)
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.Parameters.Add(new() { Value = from });
            command.Parameters.Add(new() { Value = until });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                each(reader);
                if (++rows % 50_000 == 0)
                    progress?.Report(rows);
            }
        }
    }

    /// <summary>What a correction says of liking.</summary>
    public static InteractionKind RefusalOf(CorrectionKind kind) => kind == CorrectionKind.NotMyPet ? InteractionKind.PetRefused : InteractionKind.Dislike;

    /// <summary>What an event says of liking; null when nothing. A look whose length is not known counts: browsers without script send none.</summary>
    public static InteractionKind? KindOf(EventType type, int? dwellMs) => type switch
    {
        EventType.ProductViewed when dwellMs is null || dwellMs >= InteractionWeights.MinimumDwell.TotalMilliseconds => InteractionKind.View,
        EventType.CartAdded => InteractionKind.CartAdd,
        EventType.WishListed => InteractionKind.Wishlist,
        EventType.SearchClicked => InteractionKind.SearchClick,
        _ => null,
    };
}
