using System.Collections.Concurrent;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Recommender.Ranking;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>One line of a past order.</summary>
public readonly record struct Purchase(int ProductId, DateTimeOffset At, int Quantity, int? PackGrams);

/// <summary>What the live history does not hold: orders, which are older than it and outlive it, and how often cards were shown in vain.</summary>
/// <param name="Purchases">Newest first.</param>
/// <param name="Shown">Views of each product's card within a week, and the last one within two.</param>
public sealed record ShopperRecord(IReadOnlyList<Purchase> Purchases, IReadOnlyDictionary<int, (int Views, DateTimeOffset Last)> Shown, DateTimeOffset ReadAt)
{
    public static ShopperRecord None { get; } = new([], new Dictionary<int, (int, DateTimeOffset)>(), default);
}

/// <summary>Reads shoppers' records in one round trip and keeps them until they buy again, or for ten minutes.</summary>
public sealed class ShopperRecords(NpgsqlDataSource source, TimeProvider clock, OutageCover cover)
{
    private const int Remembered = 20_000;
    private const string PurchasesSql =
        """
        SELECT n.product_id, o.placed_at, n.quantity, k.pack_grams
        FROM orders o JOIN order_lines n ON n.order_id = o.id JOIN skus k ON k.id = n.sku_id
        WHERE o.shopper_id = $1 AND o.status <> 5 AND o.placed_at > $2 ORDER BY o.placed_at DESC LIMIT 500
        """;
    private const string ShownSql =
        """
        SELECT product_id, count(*) FILTER (WHERE occurred_at > $2), max(occurred_at) FROM events
        WHERE visitor_id = $1 AND type = 8 AND occurred_at > $3 AND product_id IS NOT NULL GROUP BY product_id
        """;
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, ShopperRecord> _records = new();

    public void Forget(Guid key) => _records.TryRemove(key, out _);

    public ValueTask<ShopperRecord> GetAsync(Visitor visitor, VisitorHistory history, CancellationToken cancel)
    {
        if (visitor.HistoryKey is not { } key || visitor.Id is not { } browser)
            return ValueTask.FromResult(ShopperRecord.None);
        var fresh = _records.TryGetValue(key, out var record) && clock.GetUtcNow() - record.ReadAt < MaxAge && !BoughtSince(history, record.ReadAt);
        return fresh ? ValueTask.FromResult(record!) : new(ReadCoveredAsync(visitor.ShopperId, browser, key, cancel));
    }

    // The last record, or none: without it a list may repeat itself, and nothing worse.
    private Task<ShopperRecord> ReadCoveredAsync(Guid? shopper, Guid browser, Guid key, CancellationToken cancel) =>
        cover.ReadAsync(() => ReadAsync(shopper, browser, key, cancel), () => _records.GetValueOrDefault(key, ShopperRecord.None));

    private static bool BoughtSince(VisitorHistory history, DateTimeOffset moment)
    {
        foreach (var e in history.Events)
        {
            if (e.OccurredAt < moment)
                return false;
            if (e.Type == EventType.Purchased)
                return true;
        }
        return false;
    }

    private async Task<ShopperRecord> ReadAsync(Guid? shopper, Guid browser, Guid key, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(PurchasesSql, shopper ?? Guid.Empty, now.AddDays(-730)));
        batch.BatchCommands.Add(Command(ShownSql, browser, now - Fatigue.Window, now - Fatigue.Rest));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        List<Purchase> purchases = [];
        while (await reader.ReadAsync(cancel))
            purchases.Add(new(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetInt32(3)));
        await reader.NextResultAsync(cancel);
        Dictionary<int, (int, DateTimeOffset)> shown = [];
        while (await reader.ReadAsync(cancel))
            shown[reader.GetInt32(0)] = ((int)reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2));
        if (_records.Count >= Remembered)
            _records.Clear();
        return _records[key] = new(purchases, shown, now);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
