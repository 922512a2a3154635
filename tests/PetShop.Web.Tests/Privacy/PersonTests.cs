using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Privacy;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Privacy;

public sealed class PersonTests(TrackedShop shop) : IClassFixture<TrackedShop>
{
    [Fact]
    public async Task The_download_holds_everything_as_JSON_and_as_CSV()
    {
        var server = await shop.ServerAsync();
        var (shopper, visitor) = await LivedAsync(server);
        using var _ = visitor;
        var form = (await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Download']")!;
        using var json = await visitor.PostAsync(form, ("format", "json"));
        using var document = JsonDocument.Parse(await json.EnsureSuccess().Content.ReadAsStringAsync());
        foreach (var (section, rows) in new[]
        {
            ("profile", 1), ("addresses", 1), ("pets", 1), ("corrections", 1), ("wish_list", 1), ("cart", 1), ("orders", 2), ("prices_shown", 0), ("prices_paid", 1), ("reviews", 1), ("events", 1),
            ("facts_for_segments", 1), ("liked_categories_and_brands", 1), ("linked_browsers", 1), ("segment_history", 1), ("letters", 1),
        })
            Assert.Equal(rows, document.RootElement.GetProperty(section).GetArrayLength());
        Assert.NotEqual(0, document.RootElement.GetProperty("consent_receipts").GetArrayLength());
        Assert.Equal(1500, document.RootElement.GetProperty("prices_paid")[0].GetProperty("paid_minor").GetInt64());
        Assert.StartsWith("Luna", document.RootElement.GetProperty("pets")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("password", document.RootElement.GetRawText(), StringComparison.OrdinalIgnoreCase);

        using var csv = await visitor.PostAsync(form, ("format", "csv"));
        using var zip = new ZipArchive(await csv.EnsureSuccess().Content.ReadAsStreamAsync());
        using var pets = new StreamReader(zip.GetEntry("pets.csv")!.Open());
        Assert.Contains("Luna", await pets.ReadToEndAsync());
        Assert.Equal(2, await server.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE actor = $1 AND action = 'exported own data'", shopper.ToString()));
    }

    [Fact]
    public async Task The_download_names_the_segments_with_their_reasons()
    {
        var server = await shop.ServerAsync();
        var (_, visitor) = await LivedAsync(server);
        using var __ = visitor;
        await server.Services.GetRequiredService<ActiveRules>().RefreshAsync(default);
        var form = (await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Download']")!;
        JsonElement segment = default;
        // What was kept of the shopper before the pet came is dropped when its announcement arrives.
        for (var i = 0; i < 100; i++, await Task.Delay(100))
        {
            using var json = await visitor.PostAsync(form, ("format", "json"));
            segment = JsonDocument.Parse(await json.EnsureSuccess().Content.ReadAsStringAsync()).RootElement.GetProperty("segments").EnumerateArray().Single(s => s.GetProperty("segment").GetString() == "Homes with a cat");
            if (segment.GetProperty("you_are_in_it").GetBoolean())
                break;
        }
        Assert.True(segment.GetProperty("you_are_in_it").GetBoolean());
        Assert.Contains("cat", segment.GetProperty("because").GetString());
    }

    [Fact]
    public async Task The_life_of_these_tests_leaves_a_row_in_every_table_that_can_name_a_person()
    {
        var server = await shop.ServerAsync();
        var (shopper, visitor) = await LivedAsync(server);
        using var _ = visitor;
        var source = server.Services.GetRequiredService<NpgsqlDataSource>();
        HashSet<string> naming = [];
        await using (var columns = source.CreateCommand("""
            SELECT DISTINCT table_name::text FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name !~ '^events_'
              AND (column_name ~ '(shopper|visitor|user)_id$|email|to_address|actor|_by$|full_name|last_name|rollout_key|phone|session_id')
            """))
        await using (var reader = await columns.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                naming.Add(reader.GetString(0));
        var touched = (await TablesWithAsync(server, shopper.ToString())).Concat(await TablesWithAsync(server, visitor.IdOf()!.Value.ToString()))
            .Select(t => t.StartsWith("events_", StringComparison.Ordinal) ? "events" : t).ToHashSet();
        Assert.Contains("outgoing_mails", naming);
        Assert.Empty(naming.Except(touched));
    }

    [Fact]
    public async Task After_an_erasure_nothing_in_the_database_names_the_person_and_kept_orders_are_listed()
    {
        var server = await shop.ServerAsync();
        var (shopper, visitor) = await LivedAsync(server);
        using var _ = visitor;
        var browser = visitor.IdOf()!.Value;
        var form = (await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Erase']")!;
        using (var unconfirmed = await visitor.PostAsync(form, ("Form.Email", "else@example.com")))
            Assert.Contains("not the e-mail address", await unconfirmed.Content.ReadAsStringAsync());
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM shoppers WHERE id = $1", shopper));

        // Still in the queue when the person goes: the writer must leave it out.
        await visitor.ViewAsync(7002);
        var erased = await visitor.SubmitAsync(form, ("Form.Understood", "true"), ("Form.Email", $"{shopper}@example.com"));
        Assert.Contains("Order P-7001", erased.Body!.TextContent);
        Assert.NotEqual(0, await server.ScalarAsync<long>("SELECT count(*) FROM outgoing_mails WHERE to_name = 'Grace'"));
        await Task.Delay(300);
        foreach (var trace in new[] { shopper.ToString(), shopper.ToString("N"), browser.ToString(), browser.ToString("N"), $"Luna {shopper.ToString()[^12..]}", $"Rosenweg {shopper.ToString()[^12..]}", $"Lovelace {shopper.ToString()[^12..]}" })
            Assert.Empty(await TablesWithAsync(server, trace));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE number = 'P-7001' AND full_name = 'Erased customer' AND total_minor = 1500"));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM reviews WHERE shopper_id IS NULL AND display_name = 'A former customer' AND title = 'Great'"));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM erasures WHERE subject_hash = $1", VisitorEraser.Tombstone(shopper)));
        Assert.Equal("", await visitor.HistoryAsync());
    }

    [Fact]
    public async Task What_was_ordered_as_a_guest_with_the_proven_address_is_exported_and_erased_like_the_rest()
    {
        var server = await shop.ServerAsync();
        var (proven, unproven) = (await server.AddShopperAsync(), await server.AddShopperAsync());
        await server.ScalarAsync<long>("UPDATE shoppers SET email_confirmed = true WHERE id = $1 RETURNING 1::bigint", proven);
        await OrderAsync(proven, "G-1");
        await OrderAsync(unproven, "G-2");
        using (var stranger = await server.ConsentingVisitorAsync(unproven))
            Assert.Equal(0, await ExportedOrdersAsync(stranger));
        using var visitor = await server.ConsentingVisitorAsync(proven);
        Assert.Equal(1, await ExportedOrdersAsync(visitor));

        // Another one since the download.
        await OrderAsync(proven, "G-3");
        var erased = await visitor.SubmitAsync((await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Erase']")!, ("Form.Understood", "true"), ("Form.Email", $"{proven}@example.com"));
        Assert.Contains("Order G-1", erased.Body!.TextContent);
        Assert.Contains("Order G-3", erased.Body!.TextContent);
        Assert.Empty(await TablesWithAsync(server, $"{proven}@example.com"));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM orders WHERE number = 'G-2' AND shopper_id IS NULL AND full_name = 'Ada'"));

        Task OrderAsync(Guid shopper, string number) => server.ScalarAsync<long>("""
            INSERT INTO orders (number, checkout_key, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
            VALUES ($2, gen_random_uuid(), $1, 1, now(), 'EUR', 0, 0, 0, 'standard', 'invoice', 'Ada', 'Way 1', '10115', 'Berlin', 'DE') RETURNING 1::bigint
            """, $"{shopper}@example.com", number);

        static async Task<int> ExportedOrdersAsync(TestVisitor visitor)
        {
            using var json = await visitor.PostAsync((await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Download']")!, ("format", "json"));
            using var document = JsonDocument.Parse(await json.EnsureSuccess().Content.ReadAsStringAsync());
            return document.RootElement.GetProperty("orders").GetArrayLength();
        }
    }

    [Fact]
    public async Task An_anonymous_visitor_can_be_erased_too()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var browser = visitor.IdOf()!.Value;
        await visitor.ViewAsync(7003);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", browser);
        var form = (await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Erase']")!;
        using (var unconfirmed = await visitor.PostAsync(form))
            Assert.Contains("cannot be undone", await unconfirmed.Content.ReadAsStringAsync());
        await visitor.SubmitAsync(form, ("Form.Understood", "true"));
        Assert.Empty(await TablesWithAsync(server, browser.ToString()));
        Assert.Null(visitor.IdOf());
    }

    [Fact]
    public async Task An_event_that_arrives_after_the_erasure_is_left_out()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var browser = visitor.IdOf()!.Value;
        await server.Services.GetRequiredService<VisitorEraser>().EraseAsync(browser, default);
        await visitor.ViewAsync(7004);
        await Task.Delay(300);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1", browser));
    }

    [Fact]
    public async Task One_switch_stops_profiling_and_leaves_the_rest()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        await visitor.ViewAsync(7005);
        Assert.Equal("7005", await visitor.HistoryAsync());
        await visitor.SubmitAsync((await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Object']")!);
        Assert.Equal("", await visitor.HistoryAsync());
        var page = await visitor.GetAsync("/privacy");
        Assert.Null(page.QuerySelector("form[action*='handler=Object']"));
        Assert.True(page.QuerySelector("input[name=analytics]")!.HasAttribute("checked"));
        Assert.False(page.QuerySelector("input[name=personalisation]")!.HasAttribute("checked"));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM consent_receipts WHERE visitor_id = $1 AND method = 'withdraw' AND dialog_variant = 'privacy-page'", visitor.IdOf()!));
    }

    [Fact]
    public async Task The_privacy_page_works_for_a_stranger_and_stores_nothing()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var page = await visitor.GetAsync("/privacy");
        Assert.Equal(4, page.QuerySelectorAll("form[action*='handler=Choose'] input[type=checkbox]").Length);
        Assert.Empty(page.QuerySelectorAll("form[action*='handler=Choose'] input[checked]"));
        Assert.DoesNotContain(VisitorCookies.Visitor, visitor.CookieNames);
        await visitor.SubmitAsync(page.QuerySelector("form[action*='handler=Choose']")!, ("personalisation", "on"));
        Assert.NotNull(visitor.IdOf());
    }

    [Fact]
    public async Task Refusing_is_as_easy_as_accepting()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var dialog = (await visitor.GetAsync("/search?q=hay")).QuerySelector("section.consent")!;
        var (accept, refuse) = (dialog.QuerySelector("[value=accept]")!, dialog.QuerySelector("[value=refuse]")!);
        Assert.Equal(accept.ClassName, refuse.ClassName);
        Assert.Equal(accept.ParentElement, refuse.ParentElement);
        Assert.Empty(dialog.QuerySelectorAll("input[checked]"));
        Assert.Equal("/search?q=hay", dialog.QuerySelector("[name=returnUrl]")!.GetAttribute("value"));
        using var answer = await visitor.PostAsync(dialog.QuerySelector("form")!, ("answer", "refuse"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Null((await visitor.GetAsync("/search?q=hay")).QuerySelector("section.consent"));
    }

    /// <summary>A shopper with a row in every table that can hold one.</summary>
    private static async Task<(Guid Shopper, TestVisitor Visitor)> LivedAsync(ShopServer server)
    {
        var shopper = await server.AddShopperAsync();
        var visitor = await server.ConsentingVisitorAsync(shopper);
        await visitor.ViewAsync(7001);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE shopper_id = $1", shopper);
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests", "PetShop.Web.Tests", "Privacy", "lived.sql")));
        command.Parameters.Add(new("shopper", shopper));
        command.Parameters.Add(new("visitor", visitor.IdOf()!.Value));
        await command.ExecuteNonQueryAsync();
        return (shopper, visitor);
    }

    /// <summary>Every table with a row whose text holds <paramref name="trace"/>.</summary>
    private static async Task<List<string>> TablesWithAsync(ShopServer server, string trace)
    {
        var source = server.Services.GetRequiredService<NpgsqlDataSource>();
        List<string> tables = [];
        await using (var list = source.CreateCommand("SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }
        List<string> found = [];
        foreach (var table in tables)
        {
            if (await server.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {table} t WHERE strpos(lower(t::text), lower($1)) > 0)", trace))
                found.Add(table);
        }
        return found;
    }
}
