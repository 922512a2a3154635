using Npgsql;
using PetShop.Recommender.Sessions;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Streams visits out of the events, as products in the order they were looked at; whose visit it was is not read.</summary>
/// <remarks>The same people are left out as in <see cref="InteractionReader"/>: who does not agree to be learned from, or does not any more.</remarks>
public sealed class SessionReader(NpgsqlDataSource source)
{
    private const string Sql =
        """
        WITH answers AS (
            SELECT DISTINCT ON (visitor_id) visitor_id, personalisation FROM consent_receipts WHERE visitor_id IS NOT NULL ORDER BY visitor_id, given_at DESC
        )
        SELECT e.session_id, e.product_id, e.occurred_at
        FROM events e
        LEFT JOIN visitor_links l ON l.visitor_id = e.visitor_id
        LEFT JOIN shoppers s ON s.id = coalesce(e.shopper_id, l.shopper_id)
        LEFT JOIN answers a ON a.visitor_id = e.visitor_id
        WHERE e.occurred_at >= $1 AND e.occurred_at < $2 AND e.session_id IS NOT NULL AND e.product_id IS NOT NULL AND e.type IN (1, 4, 12)
          AND CASE WHEN s.id IS NOT NULL THEN s.consent_personalisation WHEN e.shopper_id IS NOT NULL THEN false ELSE coalesce(a.personalisation, false) END
        ORDER BY e.session_id, e.occurred_at, e.id
        """;

    // Older visits say little of what people look at next; the recommender fades them anyway.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(180);

    /// <summary>The visits of the half year before the cut-off, the latest ones when there are more than the options keep.</summary>
    public async Task<SessionLog> ReadAsync(DateTimeOffset until, SessionModelOptions options, CancellationToken cancel)
    {
        var builder = new SessionLogBuilder(options);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = until - Reach });
        command.Parameters.Add(new() { Value = until });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<int> clicks = [];
        var (session, ended) = (Guid.Empty, until);
        while (await reader.ReadAsync(cancel))
        {
            if (reader.GetGuid(0) != session)
                Finish(reader.GetGuid(0));
            // Putting what one looks at into the cart, or loading its page again, is no step further.
            if (clicks.Count == 0 || clicks[^1] != reader.GetInt32(1))
                clicks.Add(reader.GetInt32(1));
            ended = reader.GetFieldValue<DateTimeOffset>(2);
        }
        Finish(Guid.Empty);
        return builder.Build();

        void Finish(Guid next)
        {
            builder.Add(ended, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(clicks));
            clicks.Clear();
            session = next;
        }
    }
}
