using Npgsql;

namespace PetShop.Web.Recommendations;

/// <summary>How often the cards of a placement were seen, clicked and bought.</summary>
public sealed record RailFigure(string Placement, long Impressions, long Clicks, long Orders)
{
    /// <summary>Clicks per impression, from 0 to 1.</summary>
    public double ClickRate => Impressions == 0 ? 0 : (double)Clicks / Impressions;
}

/// <summary>Click rates of the rails, for the admin.</summary>
public sealed class RailFigures(NpgsqlDataSource source)
{
    private const string Sql =
        """
        SELECT e.placement, count(*) FILTER (WHERE e.type = 8), count(*) FILTER (WHERE e.type = 9),
               count(DISTINCT n.order_id) FILTER (WHERE e.type = 9)
        FROM events e LEFT JOIN order_lines n ON e.type = 9 AND n.product_id = e.product_id AND n.recommendation_id = e.recommendation_id
        WHERE e.type IN (8, 9) AND e.occurred_at >= $1 AND e.occurred_at < $2 AND e.placement IS NOT NULL
        GROUP BY e.placement ORDER BY 2 DESC, 1
        """;

    /// <summary>Figures by placement, the most seen first.</summary>
    public async Task<IReadOnlyList<RailFigure>> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = until });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<RailFigure> figures = [];
        while (await reader.ReadAsync(cancel))
            figures.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        return figures;
    }
}
