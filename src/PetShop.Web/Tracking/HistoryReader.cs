using Npgsql;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>Reads one person's recent events: of the account with all browsers joined to it, or of a browser alone.</summary>
internal sealed class HistoryReader(NpgsqlDataSource source, TrackingOptions options)
{
    private const string Columns = "id, occurred_at, type, product_id, category_id, sku_id, quantity, value_minor, query, placement, banner_id, recommendation_id, session_id, offer_id";

    // Impressions of rails and page views stay out; those of banners and of personal prices matter for a day: for caps, and to be noted once.
    private const string Kept = "occurred_at > $2 AND type NOT IN (8, 14) AND (type NOT IN (10, 15, 16, 17) OR occurred_at > $4)";

    private const string OfBrowser = $"SELECT {Columns} FROM events WHERE visitor_id = $1 AND shopper_id IS NULL AND {Kept} ORDER BY occurred_at DESC, id DESC LIMIT $3";

    private static readonly string OfShopper = ShopperWhere(Kept);
    private static readonly string OfShopperBefore = ShopperWhere($"{Kept} AND occurred_at < $5");

    private static string ShopperWhere(string kept) => $"""
        (SELECT {Columns} FROM events WHERE shopper_id = $1 AND {kept} ORDER BY occurred_at DESC, id DESC LIMIT $3)
        UNION ALL
        (SELECT {Columns} FROM events
         WHERE visitor_id IN (SELECT visitor_id FROM visitor_links WHERE shopper_id = $1) AND shopper_id IS NULL AND {kept} ORDER BY occurred_at DESC, id DESC LIMIT $3)
        ORDER BY occurred_at DESC, id DESC LIMIT $3
        """;

    /// <summary>What would have been read of an account at a moment: nothing that happened later.</summary>
    public async Task<List<HistoryEvent>> ReadBeforeAsync(Visitor visitor, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(OfShopperBefore);
        foreach (var value in (ReadOnlySpan<object>)[visitor.HistoryKey!.Value, at.AddDays(-options.HistoryDays).UtcDateTime, options.HistoryLength, at.AddDays(-1).UtcDateTime, at.UtcDateTime])
            command.Parameters.Add(new() { Value = value });
        return await ReadAsync(command, cancel);
    }

    /// <param name="since">Nothing that happened before it; null for all that is kept at hand.</param>
    public async Task<List<HistoryEvent>> ReadAsync(Visitor visitor, DateTimeOffset now, DateTimeOffset? since, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(visitor.ShopperId is null ? OfBrowser : OfShopper);
        command.Parameters.Add(new() { Value = visitor.HistoryKey!.Value });
        command.Parameters.Add(new() { Value = (since ?? now.AddDays(-options.HistoryDays)).UtcDateTime });
        command.Parameters.Add(new() { Value = options.HistoryLength });
        command.Parameters.Add(new() { Value = now.AddDays(-1).UtcDateTime });
        return await ReadAsync(command, cancel);
    }

    private static async Task<List<HistoryEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<HistoryEvent> events = [];
        while (await reader.ReadAsync(cancel))
            events.Add(Read(reader));
        return events;
    }

    private static HistoryEvent Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), (EventType)row.GetInt16(2), Int(row, 3), Int(row, 4), Int(row, 5), Int(row, 6),
        row.IsDBNull(7) ? null : row.GetInt64(7), Text(row, 8), Text(row, 9), Int(row, 10), Id(row, 11), Id(row, 12)) { OfferId = Int(row, 13) };

    private static int? Int(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
