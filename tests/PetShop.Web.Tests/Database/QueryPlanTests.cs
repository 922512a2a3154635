using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Demo.Simulation;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Seeding;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Database;

/// <summary>Every statement of every page, as it would be planned with reading whole tables forbidden: where PostgreSQL does it all the same, an index is missing.</summary>
public sealed partial class QueryPlanTests(DemoShopFixture fixture) : IClassFixture<DemoShopFixture>
{
    /// <summary>Tables that stay small however large the shop grows; a look at all of their rows costs nothing.</summary>
    private static readonly HashSet<string> Small =
    [
        "brands", "categories", "roles",
        "segments", "segment_versions", "segment_members", "segment_marks", "segment_leaves", "segment_slots", "membership_states", "shopper_lists",
        "banners", "banner_versions", "banner_experiments", "banner_trials", "price_offers", "price_offer_versions", "campaigns", "merchandising_rules",
        "recommender_models", "tuning_runs", "lifetime_fits", "api_keys", "api_budgets", "webhooks",
    ];

    [Fact]
    public async Task No_page_reads_a_whole_table_that_grows()
    {
        var shop = await fixture.ServerAsync();
        using var newcomer = shop.NewVisitor();
        using var shopper = await SignedInAsync(shop, DemoPersons.Maya.Email);
        using var staff = await SignedInAsync(shop, DemoStaff.Administrator);
        var statements = new Dictionary<string, string>();
        using var counter = new SqlCounter();
        foreach (var (visitor, page) in (await ShopPagesAsync(shop)).SelectMany(p => new[] { (newcomer, p), (shopper, p) }).Concat(OwnPages.Select(p => (shopper, p))).Concat((await StaffPagesAsync(shop)).Select(p => (staff, p))))
        {
            shop.Services.GetRequiredService<ProductCache>().Clear();
            // A batch is told as one text.
            foreach (var statement in (await counter.GetAsync(visitor, page)).SelectMany(s => s.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
                statements.TryAdd(statement, page);
        }
        Assert.True(statements.Count > 100, $"Only {statements.Count} statements were seen.");
        var faults = new List<string>();
        // A connection of its own: what it prepares goes with it.
        await using var connection = new NpgsqlConnection(shop.Database.ConnectionString + ";Pooling=false;Options=-c enable_seqscan=off -c plan_cache_mode=force_generic_plan");
        foreach (var (statement, page) in statements)
            if (await FaultAsync(connection, statement) is { } fault)
                faults.Add($"{page}: {fault}\n{statement}\n");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static readonly string[] OwnPages =
        ["/account", "/account/orders", "/account/wish-list", "/account/pets", "/account/addresses", "/account/details", "/privacy", "/privacy/facts", "/taste"];

    private static Task<List<string>> ShopPagesAsync(ShopServer shop) => PathsAsync(shop, """
        SELECT unnest(ARRAY['/', '/search?q=salmon', '/search?q=slamon+diner', '/cart', '/help'])
        UNION ALL (SELECT unnest(ARRAY['/shop/' || c.department, '/shop/' || c.department || '/' || c.slug, '/products/' || p.slug]) FROM products p JOIN categories c ON c.id = p.category_id WHERE p.in_stock ORDER BY p.id LIMIT 3)
        """);

    private static Task<List<string>> StaffPagesAsync(ShopServer shop) => PathsAsync(shop, """
        SELECT '/admin' || unnest(ARRAY['', '/api', '/banners', '/banners/collisions', '/campaigns', '/jobs', '/merchandising', '/models', '/offers', '/orders', '/orders?q=Maya&status=Placed', '/orders?status=Paid',
            '/products', '/products?q=salmon', '/products?show=low', '/products?show=sold-out&sort=-stock', '/products?department=dog&sort=price', '/reviews', '/segments', '/segments/lists',
            '/shoppers', '/shoppers?q=maya+berlin'])
        UNION ALL SELECT '/admin/orders/' || max(id) FROM orders
        UNION ALL SELECT '/admin/products/' || min(id) FROM products
        UNION ALL (SELECT '/admin/shoppers/' || shopper_id FROM orders WHERE shopper_id IS NOT NULL ORDER BY id LIMIT 1)
        UNION ALL SELECT '/admin/segments/' || min(id) || unnest(ARRAY['', '/versions', '/playbook', '/why?q=maya']) FROM segments
        UNION ALL SELECT '/admin/banners/' || min(id) || unnest(ARRAY['', '/test']) FROM banners
        UNION ALL SELECT '/admin/offers/' || min(id) || unnest(ARRAY['', '/results']) FROM price_offers
        UNION ALL SELECT '/admin/campaigns/' || min(id) FROM campaigns
        """);

    private static async Task<List<string>> PathsAsync(ShopServer shop, string sql)
    {
        await using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> paths = [];
        while (await reader.ReadAsync())
            paths.Add(reader.GetString(0));
        return paths;
    }

    private static async Task<TestVisitor> SignedInAsync(ShopServer shop, string email)
    {
        var visitor = shop.NewVisitor();
        await visitor.SubmitAsync((await visitor.GetAsync("/")).QuerySelector("form[action$='/privacy/consent']")!, ("answer", "accept"));
        await BuyingShop.SignInAsync(visitor, email, TestDatabase.DemoPassword);
        Assert.Contains("petshop.account", visitor.CookieNames);
        return visitor;
    }

    /// <summary>The tables that a statement reads whole, or why it cannot be planned; null when all is well.</summary>
    private static async Task<string?> FaultAsync(NpgsqlConnection connection, string statement)
    {
        try
        {
            if (connection.State != ConnectionState.Open)
                await connection.OpenAsync();
            var scanned = new HashSet<string>();
            foreach (var line in await PlanAsync(connection, statement))
                if (Scan().Match(line) is { Success: true } scan && MonthOfEvents().Replace(scan.Groups[1].Value, "events") is var table && !Small.Contains(table))
                    scanned.Add(table);
            return scanned.Count == 0 ? null : $"reads all of {string.Join(", ", scanned)}";
        }
        catch (PostgresException e)
        {
            await connection.CloseAsync();
            return $"cannot be planned: {e.MessageText}";
        }
    }

    /// <summary>The plan for values that are not known, as a connection that remembers its statements uses it.</summary>
    private static async Task<List<string>> PlanAsync(NpgsqlConnection connection, string statement)
    {
        List<string> names = [];
        var numbered = Parameter().Replace(statement, m =>
        {
            if (!names.Contains(m.Groups[1].Value))
                names.Add(m.Groups[1].Value);
            return $"${names.IndexOf(m.Groups[1].Value) + 1}";
        });
        var count = Math.Max(names.Count, Number().Matches(numbered).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max());
        var name = $"of_page_{Guid.NewGuid():N}";
        await RunAsync(connection, $"PREPARE {name} AS {numbered}");
        await using var explain = new NpgsqlCommand($"EXPLAIN (COSTS OFF) EXECUTE {name}{(count == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", count))})")}", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"Seq Scan on (\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex("^events_[0-9a-z]+$")]
    private static partial Regex MonthOfEvents();

    [GeneratedRegex(@"(?<![@\w])@(\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Number();
}
