using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Tracking;

public sealed class BeaconTests(TrackedShop shop) : IClassFixture<TrackedShop>
{
    private static object Impression(Guid? id = null, int product = 5001) => new
    {
        id = id ?? Guid.CreateVersion7(), kind = "impression", on = "rail", product, placement = "home-for-you", position = 2, strategy = "als", model = 7, rec = Guid.CreateVersion7(),
    };

    private static Task<HttpResponseMessage> SendAsync(TestVisitor visitor, params object[] events) => visitor.Client.PostAsJsonAsync("/t", new { events });

    [Fact]
    public async Task An_acknowledged_batch_is_in_the_database_and_a_second_delivery_changes_nothing()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        object[] batch = [Impression(), Impression()];
        for (var delivery = 0; delivery < 2; delivery++)
        {
            using var response = await SendAsync(visitor, batch);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            Assert.Equal(2, await server.ScalarAsync<long>(
                "SELECT count(*) FROM events WHERE visitor_id = $1 AND type = 8 AND placement = 'home-for-you' AND position = 2 AND strategy = 'als' AND model_version = 7", visitor.IdOf()!));
        }
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_commit()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        await using var connection = await server.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using (var block = new NpgsqlCommand("LOCK TABLE events IN ACCESS EXCLUSIVE MODE", connection))
            await block.ExecuteNonQueryAsync();

        var batch = Impression();
        using (var early = await SendAsync(visitor, batch))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        await transaction.RollbackAsync();
        using (var again = await SendAsync(visitor, batch))
            Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1", visitor.IdOf()!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_dwell_time_joins_its_view_whichever_comes_first(bool viewFirst)
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var dwell = new { id = Guid.CreateVersion7(), kind = "dwell", product = 5002, dwellMs = 4200 };
        var longer = dwell with { dwellMs = 9000 };
        foreach (var report in viewFirst ? (object[])[dwell, longer, dwell] : [longer, dwell])
            (await SendAsync(visitor, report)).EnsureSuccess().Dispose();
        Assert.Equal(9000, await server.ScalarAsync<int>("SELECT sum(dwell_ms)::int FROM events WHERE visitor_id = $1 AND type = 1", visitor.IdOf()!));
    }

    [Fact]
    public async Task A_dwell_time_reaches_the_view_that_the_server_recorded()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        await visitor.ViewAsync(5003);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", visitor.IdOf()!);
        var view = await server.ScalarAsync<Guid>("SELECT id FROM events WHERE visitor_id = $1", visitor.IdOf()!);
        (await SendAsync(visitor, new { id = view, kind = "dwell", product = 5003, dwellMs = 1500 })).EnsureSuccess().Dispose();
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1 AND dwell_ms = 1500", visitor.IdOf()!));
    }

    [Theory]
    [InlineData("{}", "\"events\"")]
    [InlineData("{\"events\":[null]}", "events[0] is null")]
    [InlineData("{\"events\":[{\"id\":\"7b3f2a52-5f0a-4a4e-9d3c-0c8a4b9d7e11\",\"kind\":\"click\"}]}", "no UUIDv7")]
    [InlineData("{\"events\":[{\"id\":\"01000000-0000-7000-8000-000000000000\",\"kind\":\"click\"}]}", "outside of the last 24 hours")]
    [InlineData("{\"events\":[{\"id\":\"ffffffff-ffff-7fff-bfff-ffffffffffff\",\"kind\":\"click\"}]}", "outside of the last 24 hours")]
    [InlineData("{\"events\":\"x\"}", "line 1")]
    [InlineData("not json", "line 1")]
    public async Task A_malformed_batch_is_refused_with_the_reason(string body, string reason)
    {
        using var visitor = await (await shop.ServerAsync()).ConsentingVisitorAsync();
        using var response = await visitor.Client.PostAsync("/t", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains(reason, answer.RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_report_without_its_parts_is_refused_and_names_the_part()
    {
        using var visitor = await (await shop.ServerAsync()).ConsentingVisitorAsync();
        (object Report, string Names)[] reports =
        [
            (new { id = Guid.CreateVersion7(), kind = "hover" }, "kind"),
            (new { id = Guid.CreateVersion7(), kind = "click" }, "on"),
            (new { id = Guid.CreateVersion7(), kind = "click", on = "rail", placement = "p" }, "product"),
            (new { id = Guid.CreateVersion7(), kind = "click", on = "banner", placement = "p" }, "banner"),
            (new { id = Guid.CreateVersion7(), kind = "click", on = "rail", product = 1 }, "placement"),
            (new { id = Guid.CreateVersion7(), kind = "click", on = "rail", product = 1, placement = "p", position = -1 }, "position"),
            (new { id = Guid.CreateVersion7(), kind = "dwell", product = 1 }, "dwellMs"),
        ];
        foreach (var (report, names) in reports)
        {
            using var response = await SendAsync(visitor, Impression(), report);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains($"events[1] ", await response.Content.ReadAsStringAsync());
            Assert.Contains(names, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Too_much_too_often_and_from_elsewhere_is_refused()
    {
        var server = await shop.ServerAsync();
        using var stranger = server.NewVisitor();
        using (var refused = await SendAsync(stranger, Impression()))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var visitor = await server.ConsentingVisitorAsync();
        using (var large = await visitor.Client.PostAsync("/t", new StringContent(new string(' ', 40_000))))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using (var many = await SendAsync(visitor, [.. Enumerable.Range(0, 101).Select(i => (object)new { id = Guid.CreateVersion7() })]))
            Assert.Contains("at most 100", await many.Content.ReadAsStringAsync());
        HttpStatusCode last = 0;
        for (var i = 0; i < 45 && last != HttpStatusCode.TooManyRequests; i++)
        {
            using var response = await visitor.Client.PostAsJsonAsync("/t", new { events = Array.Empty<object>() });
            last = response.StatusCode;
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last);

        using var framed = await server.ConsentingVisitorAsync();
        framed.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using (var foreign = await SendAsync(framed, Impression()))
            Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        await server.EventuallyAsync(4, "SELECT count(*) FROM dropped_events WHERE reason IN ('no-consent', 'too-large', 'rate-limit', 'other-origin')");
    }
}
