using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Data.Events;
using PetShop.Data.Orders;
using PetShop.Data.Shoppers;
using PetShop.Demo.Simulation;

namespace PetShop.Web.Seeding;

/// <summary>Writes simulated histories as the rows a real shop would have: people, pets, consents, events, orders, reviews.</summary>
public sealed class HistorySeed(PetShopDb db, string currency, string? demoPassword)
{
    private readonly List<Shopper> _shoppers = [];
    private readonly List<VisitorLink> _links = [];
    private readonly List<Pet> _pets = [];
    private readonly List<Address> _addresses = [];
    private readonly List<ConsentReceipt> _receipts = [];
    private readonly List<WishListItem> _wishes = [];
    private readonly List<Order> _orders = [];
    private readonly List<OrderLine> _lines = [];
    private readonly List<Review> _reviews = [];
    private readonly HistoryRows _rows = new(currency);

    /// <summary>What was written.</summary>
    public sealed record Result(int Shoppers, int Pets, int Orders, ulong Events, int Reviews);

    /// <summary>Reads the histories once; events are copied as they come, the rest afterwards, all in the transaction that is open, else in one of its own.</summary>
    public async Task<Result> WriteAsync(IEnumerable<VisitorHistory> histories, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        await _rows.LoadCatalogueAsync(db, cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(cancel);
        await using var own = db.Database.CurrentTransaction is null ? await connection.BeginTransactionAsync(cancel) : null;
        await ExecuteAsync(connection, "SELECT ensure_event_partitions(@from::date, @until::date)", cancel, ("from", from.UtcDateTime), ("until", until.UtcDateTime.AddMonths(3)));
        var events = await db.BulkInsertAsync(connection, histories.SelectMany(EventsOf), cancel);
        await CopyRestAsync(connection, cancel);
        await ExecuteAsync(connection, "ANALYZE", cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
        return new(_shoppers.Count, _pets.Count, _orders.Count, events, _reviews.Count);
    }

    private IEnumerable<ShopEvent> EventsOf(VisitorHistory history)
    {
        if (history.Shopper is { } shopper)
            Add(history, shopper);
        else if (history.Sessions.Count > 0)
            _receipts.Add(HistoryRows.Receipt(history.VisitorId, history.Sessions.Min(session => session.Events.Min(e => e.At))));
        foreach (var session in history.Sessions)
            foreach (var happened in session.Events)
                yield return _rows.Event(session, happened);
    }

    private void Add(VisitorHistory history, SimulatedShopper shopper)
    {
        _shoppers.Add(HistoryRows.Shopper(shopper, history.VisitorId, shopper.DemoKey is null ? null : demoPassword));
        _receipts.Add(HistoryRows.Receipt(shopper, history.VisitorId));
        _addresses.Add(HistoryRows.Address(shopper));
        _pets.AddRange(shopper.Pets.Select(pet => HistoryRows.Pet(pet, shopper)));
        if (shopper.Consent.Analytics || shopper.Consent.Personalisation)
            _links.Add(new VisitorLink { VisitorId = history.VisitorId, ShopperId = shopper.Id, LinkedAt = shopper.JoinedAt });
        foreach (var order in history.Orders)
            _rows.AddOrder(order, shopper, history.VisitorId, _orders, _lines);
        _reviews.AddRange(history.Reviews.DistinctBy(r => r.ProductSlug).Select(review => _rows.Review(review, shopper)));
        _wishes.AddRange(history.Sessions.SelectMany(s => s.Events).Where(e => e.Kind == EventKind.Wishlisted && e.ProductSlug is not null)
            .DistinctBy(e => e.ProductSlug).Select(e => _rows.Wish(e, shopper)));
    }

    private async Task CopyRestAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await db.BulkInsertAsync(connection, _shoppers, cancel);
        await db.BulkInsertAsync(connection, _links, cancel);
        await db.BulkInsertAsync(connection, _pets, cancel);
        await db.BulkInsertAsync(connection, Numbered(_addresses, await NextIdAsync(connection, "addresses", cancel), (a, id) => a.Id = (int)id), cancel);
        await db.BulkInsertAsync(connection, _receipts, cancel);
        await db.BulkInsertAsync(connection, _wishes, cancel);
        await CopyOrdersAsync(connection, cancel);
        await db.BulkInsertAsync(connection, Numbered(_reviews, await NextIdAsync(connection, "reviews", cancel), (r, id) => r.Id = id), cancel);
        foreach (var table in new[] { "addresses", "orders", "order_lines", "reviews" })
            await ExecuteAsync(connection, $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1)) FROM {table}", cancel);
    }

    /// <summary>Orders are numbered by time, as a shop would; their lines hold the order's place in the list until then.</summary>
    private async Task CopyOrdersAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var first = await NextIdAsync(connection, "orders", cancel);
        var number = Convert.ToInt64(await ScalarAsync(connection, "SELECT nextval('order_numbers')", cancel), null);
        var order = Enumerable.Range(0, _orders.Count).OrderBy(i => _orders[i].PlacedAt).ToArray();
        for (var place = 0; place < order.Length; place++)
        {
            _orders[order[place]].Id = first + place;
            _orders[order[place]].Number = $"{number + place}";
        }
        foreach (var line in _lines)
            line.OrderId = _orders[(int)line.OrderId].Id;
        await db.BulkInsertAsync(connection, order.Select(i => _orders[i]), cancel);
        await db.BulkInsertAsync(connection, Numbered(_lines, await NextIdAsync(connection, "order_lines", cancel), (l, id) => l.Id = id), cancel);
        await ExecuteAsync(connection, $"SELECT setval('order_numbers', {number + _orders.Count})", cancel);
    }

    private static IEnumerable<T> Numbered<T>(IEnumerable<T> rows, long first, Action<T, long> set)
    {
        foreach (var row in rows)
        {
            set(row, first++);
            yield return row;
        }
    }

    private static async Task<long> NextIdAsync(NpgsqlConnection connection, string table, CancellationToken cancel) =>
        Convert.ToInt64(await ScalarAsync(connection, $"SELECT coalesce(max(id), 0) + 1 FROM {table}", cancel), null);

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
