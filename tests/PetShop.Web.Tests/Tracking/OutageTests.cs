using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.LocalPostgres;
using PetShop.TestHost;
using PetShop.Web.Database;
using PetShop.Web.Tracking;
using Xunit.Abstractions;

namespace PetShop.Web.Tests.Tracking;

/// <summary>Stops a PostgreSQL of its own under the shop.</summary>
public sealed class OutageTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>PETSHOP_OUTAGE_SECONDS=60 makes it as long as a real one.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("PETSHOP_OUTAGE_SECONDS"), out var seconds) ? seconds : 4);

    private readonly string _folder = Path.Combine(Repository.Root, ".data", $"outage-{Environment.ProcessId}");
    private LocalPostgresServer _postgres = null!;
    private string _connectionString = "";

    public async Task InitializeAsync()
    {
        _postgres = await LocalPostgresServer.StartAsync(new(Path.Combine(_folder, "postgres")) { FastForTests = true }, default);
        await _postgres.EnsureDatabaseAsync("outage", default);
        _connectionString = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString("outage")) { MaxPoolSize = 20 }.ConnectionString;
        await using var app = Build();
        await ShopDatabase.MigrateAsync(app.Services, default);
        Directory.CreateDirectory(SpoolFolder);
    }

    [Fact]
    public async Task With_PostgreSQL_stopped_under_load_pages_render_and_no_event_is_lost_or_doubled()
    {
        await using var app = Build();
        await app.StartAsync();
        var address = AddressOf(app);
        var counted = new ConcurrentDictionary<string, long>();
        using var meters = Listen(app, counted);
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentBag<Guid>();
        var viewed = new ConcurrentBag<int>();
        var load = Enumerable.Range(0, 6).Select(i => BrowseAsync(address, i, acknowledged, viewed, stop.Token)).ToArray();

        await Task.Delay(1500);
        await _postgres.StopAsync(default);
        var (viewsBefore, acknowledgedBefore) = (viewed.Count, acknowledged.Count);
        await Task.Delay(Outage);
        Assert.True(viewed.Count > viewsBefore + 100, $"Only {viewed.Count - viewsBefore} pages were served while PostgreSQL was away");
        Assert.InRange(acknowledged.Count, acknowledgedBefore, acknowledgedBefore + 6);
        Assert.NotEmpty(Directory.EnumerateFiles(SpoolFolder));
        var viewsDuring = viewed.Count - viewsBefore;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await _postgres.StartAgainAsync(default);
        await Task.Delay(4000);
        await stop.CancelAsync();
        await Task.WhenAll(load);
        await DrainedAsync(viewed.Count);
        await app.StopAsync();

        var rows = await ColumnAsync<int>("SELECT product_id FROM events WHERE type = 1");
        output.WriteLine($"PostgreSQL away for {Outage.TotalSeconds:0} s: {viewsDuring:N0} pages served meanwhile, {viewed.Count:N0} in all; their events: {rows.Count:N0} stored, "
            + $"{rows.Count - rows.Distinct().Count()} doubled, {viewed.Except(rows).Count()} lost; reports of the beacon: {acknowledged.Count:N0} acknowledged. All was drained {clock.Elapsed.TotalSeconds:0.0} s after the restart.");
        Assert.True(acknowledged.Count > acknowledgedBefore + 10, "Nothing was acknowledged after the outage");
        Assert.Equal(viewed.Order(), await ColumnAsync<int>("SELECT product_id FROM events WHERE type = 1 ORDER BY 1"));
        var stored = await ColumnAsync<Guid>("SELECT id FROM events WHERE type = 8");
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Empty(acknowledged.Except(stored));
        Assert.Empty(Directory.EnumerateFiles(SpoolFolder));
        // What the page sends again was not lost, so it does not count as dropped.
        Assert.Empty(await ColumnAsync<string>("SELECT reason FROM dropped_events"));
        Assert.False(counted.ContainsKey("petshop.events.dropped"));
        foreach (var name in new[] { "deferred", "spooled", "write_failures" })
            Assert.True(counted.GetValueOrDefault($"petshop.events.{name}") > 0, $"petshop.events.{name} counted nothing");
        Assert.True(counted["petshop.events.recorded"] >= viewed.Count + stored.Count);
        Assert.True(counted["petshop.events.written"] >= viewed.Count + stored.Count);
    }

    [Fact]
    public async Task What_a_process_could_not_write_before_it_stopped_is_written_by_the_next_also_behind_a_torn_line()
    {
        await using (var app = Build())
        {
            await app.StartAsync();
            using var visitor = await ConsentingAsync(AddressOf(app));
            await _postgres.StopAsync(default);
            foreach (var product in Enumerable.Range(9001, 20))
                await visitor.ViewAsync(product);
            await app.StopAsync();
        }
        var file = Assert.Single(Directory.GetFiles(SpoolFolder));
        await File.AppendAllTextAsync(file, "{\"Id\":\"0199");
        await _postgres.StartAgainAsync(default);
        await using (var app = Build())
        {
            await app.StartAsync();
            await DrainedAsync(20);
            await app.StopAsync();
        }
        Assert.Equal(Enumerable.Range(9001, 20), await ColumnAsync<int>("SELECT product_id FROM events ORDER BY 1"));
        Assert.Equal([1L], await ColumnAsync<long>("SELECT count FROM dropped_events WHERE reason = 'spool-damaged'"));
        Assert.Empty(Directory.EnumerateFiles(SpoolFolder));
    }

    [Fact]
    public async Task A_refusal_given_while_PostgreSQL_is_away_holds_at_once_and_is_written_down_when_it_is_back()
    {
        await using var app = Build();
        await app.StartAsync();
        var shopper = Guid.CreateVersion7();
        await ExecuteAsync($"INSERT INTO shoppers SELECT (jsonb_populate_record(NULL::shoppers, to_jsonb(b))).* FROM ({NewShopper(shopper)}) b");
        using var guest = await ConsentingAsync(AddressOf(app));
        using var account = new TestVisitor(AddressOf(app), c => c.DefaultRequestHeaders.Add("X-Shopper", shopper.ToString()));
        await account.AnswerAsync("accept");
        await guest.ViewAsync(9101);
        await account.ViewAsync(9102);
        Assert.Equal("9102", await account.HistoryAsync());
        var browser = guest.IdOf()!.Value;
        await DrainedAsync(2);
        await _postgres.StopAsync(default);

        await guest.AnswerAsync("refuse");
        await account.AnswerAsync("refuse");
        await guest.ViewAsync(9103);
        await account.ViewAsync(9104);
        Assert.Equal("", await account.HistoryAsync());
        // On another browser of the account, too, which has said yes itself.
        using var elsewhere = new TestVisitor(AddressOf(app), c => c.DefaultRequestHeaders.Add("X-Shopper", shopper.ToString()));
        elsewhere.Cookies.Add(AddressOf(app), new Cookie(VisitorCookies.Consent, Consent.Accepted.ToCookie(ConsentText.Version)));
        await elsewhere.ViewAsync(9105);

        await _postgres.StartAgainAsync(default);
        for (var i = 0; i < 200 && (await ColumnAsync<long>("SELECT count(*) FROM consent_receipts WHERE method = 'refuse'"))[0] < 2; i++)
            await Task.Delay(100);
        await Task.Delay(500);
        Assert.Equal([2L], await ColumnAsync<long>("SELECT count(*) FROM consent_receipts WHERE method = 'refuse'"));
        Assert.Equal([0L], await ColumnAsync<long>($"SELECT count(*) FROM events WHERE visitor_id = '{browser}'"));
        Assert.Equal([0L], await ColumnAsync<long>("SELECT count(*) FROM events WHERE product_id > 9102"));
        Assert.Equal([0L], await ColumnAsync<long>($"SELECT count(*) FROM shoppers WHERE id = '{shopper}' AND (consent_analytics OR consent_personalisation)"));
        Assert.Empty(Directory.EnumerateFiles(SpoolFolder, "consent-*"));
        await app.StopAsync();
    }

    [Fact]
    public async Task A_yes_that_cannot_be_written_down_agrees_to_nothing_and_an_erasure_is_not_promised()
    {
        await using var app = Build();
        await app.StartAsync();
        using var stranger = new TestVisitor(AddressOf(app));
        using var known = await ConsentingAsync(AddressOf(app));
        var form = (await known.GetAsync("/privacy")).QuerySelector("form[action*='handler=Erase']")!;
        await _postgres.StopAsync(default);
        await stranger.AnswerAsync("accept");
        Assert.Empty(stranger.CookieNames);
        Assert.Contains("Nothing has been erased", (await known.SubmitAsync(form, ("Form.Understood", "true"))).Body!.TextContent);
        Assert.NotNull(known.IdOf());
        await _postgres.StartAgainAsync(default);
        await app.StopAsync();
    }

    [Fact]
    public async Task Without_PostgreSQL_the_error_page_answers_every_way_of_asking_with_words_and_503()
    {
        await using var app = Build();
        await app.StartAsync();
        using var visitor = new TestVisitor(AddressOf(app));
        var form = (await visitor.GetAsync("/account/sign-in")).QuerySelector("main form")!;
        await _postgres.StopAsync(default);
        foreach (var htmx in new[] { false, true })
        {
            visitor.Client.DefaultRequestHeaders.Remove("HX-Request");
            if (htmx)
                visitor.Client.DefaultRequestHeaders.Add("HX-Request", "true");
            using var get = await visitor.Client.GetAsync("/checkout/thanks/0199aa00-0000-7000-8000-000000000000");
            using var post = await visitor.PostAsync(form, ("Input.Email", "ada@example.com"), ("Input.Password", "three brown otters"));
            foreach (var answer in new[] { get, post })
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
                Assert.NotNull(answer.Headers.RetryAfter);
                Assert.Contains("short break", await answer.Content.ReadAsStringAsync());
            }
        }
        await _postgres.StartAgainAsync(default);
        await app.StopAsync();
    }

    private static string NewShopper(Guid id) => $"""
        SELECT '{id}' AS id, '' AS first_name, '' AS last_name, ARRAY[]::text[] AS quiz_values, now() AS registered_at, true AS consent_analytics, true AS consent_personalisation,
               false AS consent_email, false AS consent_prices, false AS is_suppressed, false AS email_confirmed, false AS phone_number_confirmed, false AS two_factor_enabled,
               false AS lockout_enabled, 0 AS access_failed_count
        """;

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Adds up the counters of this shop alone.</summary>
    private static MeterListener Listen(WebApplication app, ConcurrentDictionary<string, long> counted)
    {
        var own = app.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument is Counter<long> && instrument.Meter.Scope == own) l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => counted.AddOrUpdate(instrument.Name, count, (_, had) => had + count));
        listener.Start();
        return listener;
    }

    private string SpoolFolder => Path.Combine(_folder, "spool");

    private WebApplication Build() => Shop.Build(
    [
        "--environment=Development", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}", "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Fatal",
        "--Tracking:FlushInterval=00:00:00.050", "--Tracking:LongestDelay=00:00:00.500", "--Tracking:LastFlush=00:00:01", "--Tracking:BeaconPatience=00:00:01",
        "--Tracking:BeaconBatchesPerMinute=10000", "--Tracking:QueueCapacity=100", "--Tracking:BatchSize=50", $"--Tracking:SpoolFolder={SpoolFolder}",
    ], _connectionString, TrackedShop.Configure);

    /// <summary>One visitor: views pages and reports impressions, which are sent again until they are acknowledged, as a browser does.</summary>
    private static async Task BrowseAsync(Uri address, int lane, ConcurrentBag<Guid> acknowledged, ConcurrentBag<int> viewed, CancellationToken stop)
    {
        using var visitor = await ConsentingAsync(address);
        List<Guid> waiting = [];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var product = (lane + 1) * 1_000_000 + i;
            await visitor.ViewAsync(product);
            viewed.Add(product);
            if (i % 10 == 0)
                waiting.Add(Guid.CreateVersion7());
            if (i % 10 == 0 && waiting[..Math.Min(waiting.Count, 50)] is var batch && await SendAsync(visitor, batch))
            {
                batch.ForEach(acknowledged.Add);
                waiting.RemoveRange(0, batch.Count);
            }
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task<bool> SendAsync(TestVisitor visitor, List<Guid> ids)
    {
        var events = ids.Select(id => new { id, kind = "impression", on = "rail", product = 1, placement = "home-for-you" });
        using var response = await visitor.Client.PostAsJsonAsync("/t", new { events });
        Assert.True(response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ServiceUnavailable, JsonSerializer.Serialize(response.StatusCode));
        return response.StatusCode == HttpStatusCode.NoContent;
    }

    private static async Task<TestVisitor> ConsentingAsync(Uri address)
    {
        var visitor = new TestVisitor(address);
        await visitor.AnswerAsync("accept");
        return visitor;
    }

    /// <summary>Waits until the backlog is in the database and the spool is empty.</summary>
    private async Task DrainedAsync(int views)
    {
        for (var i = 0; i < 150; i++, await Task.Delay(100))
        {
            if (!Directory.EnumerateFiles(SpoolFolder).Any() && (await ColumnAsync<long>("SELECT count(*) FROM events WHERE type = 1"))[0] >= views)
                return;
        }
    }

    private async Task<List<T>> ColumnAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> values = [];
        while (await reader.ReadAsync())
            values.Add((T)Convert.ChangeType(reader.GetValue(0), typeof(T), CultureInfo.InvariantCulture));
        return values;
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        await BrowsingOutageTests.DeleteAsync(_folder);
    }
}
