using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Privacy;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Privacy;

/// <summary>Brings back rows of an erased person, as restoring a backup from before the erasure does.</summary>
public sealed class RestoreTests
{
    // Parents before children.
    private static readonly string[] Tables = ["shoppers", "pets", "addresses", "visitor_links", "orders", "consent_receipts", "events", "carts"];

    [Fact]
    public async Task Whoever_was_erased_is_gone_again_after_a_backup_was_restored_and_nobody_else()
    {
        await using var database = await TestDatabase.EmptyAsync();
        Guid erased, other, browser;
        await using (var first = await ServeAsync(database))
        {
            (erased, other) = (await first.AddShopperAsync(), await first.AddShopperAsync());
            using var visitor = await first.ConsentingVisitorAsync(erased);
            browser = visitor.IdOf()!.Value;
            await visitor.ViewAsync(8001);
            await first.EventuallyAsync(1, "SELECT count(*) FROM events WHERE shopper_id = $1", erased);
            foreach (var shopper in new[] { erased, other })
                await LiveAsync(first, shopper, shopper == erased ? browser : Guid.CreateVersion7());
            await RunAsync(first, "CREATE SCHEMA backup; " + string.Join("; ", Tables.Select(t => $"CREATE TABLE backup.{t} AS SELECT * FROM {t}")));

            await using var scope = first.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Erasing>().EraseAsync(new(erased, [browser]), null, default);
            Assert.Equal(0, await CountAsync(first, erased, browser));
            await RestoreAsync(first);
            Assert.NotEqual(0, await CountAsync(first, erased, browser));
            // Another life of the same browser, after the erasure: no backup brought it.
            await RunAsync(first, $"INSERT INTO orders SELECT (o).* FROM (SELECT jsonb_populate_record(NULL::orders, to_jsonb(b) || jsonb_build_object('id', 99, 'number', 'P-NEW', 'checkout_key', gen_random_uuid(), 'shopper_id', NULL, 'visitor_id', '{Guid.CreateVersion7()}', 'placed_at', now())) AS o FROM backup.orders b LIMIT 1) x");
        }
        await using var second = await ServeAsync(database);
        await second.EventuallyAsync(0, "SELECT count(*) FROM shoppers WHERE id = $1", erased);
        Assert.Equal(0, await CountAsync(second, erased, browser));
        Assert.Equal(1, await second.ScalarAsync<long>("SELECT count(*) FROM shoppers WHERE id = $1", other));
        Assert.Equal(1, await second.ScalarAsync<long>("SELECT count(*) FROM orders WHERE shopper_id = $1 AND full_name = 'Ada Lovelace'", other));
        Assert.Equal(1, await second.ScalarAsync<long>("SELECT count(*) FROM orders WHERE number = 'P-NEW' AND full_name = 'Ada Lovelace'"));
        Assert.Equal(1, await second.ScalarAsync<long>("SELECT count(*) FROM orders WHERE full_name = 'Erased customer'"));
        Assert.Equal((0, 0), await second.Services.GetRequiredService<ErasureReplay>().RunAsync(default));
    }

    [Fact]
    public async Task A_browser_that_withdrew_loses_its_restored_events_and_keeps_its_order_and_receipts()
    {
        await using var database = await TestDatabase.EmptyAsync();
        await using var server = await ServeAsync(database);
        using var visitor = await server.ConsentingVisitorAsync();
        var browser = visitor.IdOf()!.Value;
        await visitor.ViewAsync(8002);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", browser);
        await RunAsync(server, $"CREATE SCHEMA backup; CREATE TABLE backup.events AS SELECT * FROM events; {Order(null, browser)}");
        await visitor.AnswerAsync("refuse");
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1", browser));

        await RunAsync(server, "DELETE FROM erasures; INSERT INTO events SELECT * FROM backup.events");
        Assert.Equal((0, 1), await server.Services.GetRequiredService<ErasureReplay>().RunAsync(default));
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1", browser));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM orders WHERE visitor_id = $1 AND full_name = 'Ada Lovelace'", browser));
        Assert.Equal(2, await server.ScalarAsync<long>("SELECT count(*) FROM consent_receipts WHERE visitor_id = $1", browser));
    }

    private static async Task<ShopServer> ServeAsync(TestDatabase database) => await ShopServer.StartAsync(database, TrackedShop.Settings, TrackedShop.Configure, ownsDatabase: false);

    private static Task LiveAsync(ShopServer server, Guid shopper, Guid visitor) => RunAsync(server, $"""
        INSERT INTO pets (id, shopper_id, name, species, allergies, created_at) VALUES (gen_random_uuid(), '{shopper}', 'Luna', 'cat', '[]', now());
        INSERT INTO addresses (shopper_id, full_name, line1, postcode, city, country, is_default) VALUES ('{shopper}', 'Ada Lovelace', 'Rosenweg 1', '10115', 'Berlin', 'DE', true);
        INSERT INTO carts (id, shopper_id, created_at, updated_at) VALUES (gen_random_uuid(), '{shopper}', now(), now());
        {Order(shopper, visitor)}
        """.Replace("'[]'", "'{}'", StringComparison.Ordinal));

    private static string Order(Guid? shopper, Guid visitor) => $"""
        INSERT INTO orders (number, checkout_key, shopper_id, visitor_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method,
            full_name, line1, postcode, city, country)
        VALUES ('P-' || left(md5('{visitor}'), 8), gen_random_uuid(), {(shopper is null ? "NULL" : $"'{shopper}'")}, '{visitor}', 'ada@example.com', 1, now(), 'EUR', 0, 0, 0, 'standard', 'invoice', 'Ada Lovelace', 'Rosenweg 1', '10115', 'Berlin', 'DE');
        """;

    private static Task RestoreAsync(ShopServer server) => RunAsync(server,
        "DELETE FROM erasures; DELETE FROM consent_receipts; DELETE FROM carts; DELETE FROM orders; DELETE FROM events; DELETE FROM shoppers; "
        + string.Join("; ", Tables.Select(t => $"INSERT INTO {t} SELECT * FROM backup.{t}")));

    private static async Task<long> CountAsync(ShopServer server, Guid shopper, Guid browser)
    {
        var count = 0L;
        foreach (var table in Tables)
            count += await server.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0", shopper.ToString(), browser.ToString());
        return count;
    }

    private static async Task RunAsync(ShopServer server, string sql)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
