using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Web.Tracking;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>Events a second on their way into PostgreSQL: through the queue, and through the beacon that answers after the commit.</summary>
public static class EventBenchmark
{
    private const string Mark = "benchmark";
    private const int Queued = 200_000, PerReport = 20, Senders = 16;

    public static async Task RunAsync(Pace pace)
    {
        await using var shop = await BenchmarkShop.OpenAsync("benchmark");
        await using var app = shop.Build();
        await app.StartAsync();
        var table = new Table().AddColumns("way", "events", "events/s", "p50 ms", "p99 ms", "failed").Title("Events written");
        try
        {
            await WriteAsync(app.Services, 5_000);
            var events = pace.IsQuick ? Queued / 4 : Queued;
            var seconds = await WriteAsync(app.Services, events);
            table.AddRow("EventQueue to commit", $"{events:N0}", $"{events / seconds:N0}", "", "", "0");
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            await ReportAsync(address, pace.Round / 2);
            var (sent, took, latencies, failed) = await ReportAsync(address, pace.Round * pace.Rounds);
            table.AddRow($"POST /t, {PerReport} in a report, {Senders} at once, acknowledged after the commit", $"{sent:N0}", $"{sent / took:N0}",
                $"{latencies[latencies.Count / 2]:0}", $"{latencies[(int)(latencies.Count * .99)]:0}", $"{failed}");
        }
        finally
        {
            await using var clear = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"DELETE FROM events WHERE strategy = '{Mark}'");
            await clear.ExecuteNonQueryAsync();
            await app.StopAsync();
        }
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }

    /// <summary>Queues events as fast as the queue takes them; returns the seconds until the last is committed.</summary>
    private static async Task<double> WriteAsync(IServiceProvider services, int count)
    {
        var queue = services.GetRequiredService<EventQueue>();
        var started = Stopwatch.GetTimestamp();
        Queue<Task> open = [];
        for (var written = 0; written < count; written += 500)
        {
            var events = Enumerable.Range(written, 500).Select(EventOf).ToList();
            Task? committed;
            // A full queue takes the whole report or, at its edge, a part of it; the ids make the second try harmless.
            while ((committed = queue.AddAcknowledged(events)) is null)
                await (open.Count > 0 ? open.Dequeue() : Task.Delay(5));
            open.Enqueue(committed);
        }
        await Task.WhenAll(open);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static ShopEvent EventOf(int number)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return new()
        {
            Id = Guid.CreateVersion7(now), OccurredAt = now, Type = EventType.RailImpression, VisitorId = Guid.CreateVersion7(now), SessionId = Guid.CreateVersion7(now),
            ProductId = 1 + number % 430, Placement = "home-for-you", Position = (short)(number % 8), Strategy = Mark, RecommendationId = Guid.CreateVersion7(now), Device = "phone",
        };
    }

    private static async Task<(int Sent, double Seconds, List<double> LatenciesMs, int Failed)> ReportAsync(Uri address, TimeSpan length)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36");
        var started = Stopwatch.GetTimestamp();
        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            var (latencies, failed) = (new List<double>(), 0);
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var sentAt = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(Report());
                if (answer.StatusCode == HttpStatusCode.NoContent)
                    latencies.Add(Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
                else
                    failed++;
            }
            return (latencies, failed);
        })).ToList();
        var all = await Task.WhenAll(senders);
        var latencies = all.SelectMany(a => a.latencies).Order().ToList();
        if (latencies.Count == 0)
            throw new InvalidOperationException("POST /t acknowledged nothing.");
        return (latencies.Count * PerReport, Stopwatch.GetElapsedTime(started).TotalSeconds, latencies, all.Sum(a => a.failed));
    }

    // Each report is another visitor's, as the limit is by visitor.
    private static HttpRequestMessage Report()
    {
        var now = TimeProvider.System.GetUtcNow();
        var events = Enumerable.Range(0, PerReport).Select(i => new BeaconEvent(Guid.CreateVersion7(now), "impression", "rail", 1 + i, null, "home-for-you", i, Mark, null, null, null));
        var request = new HttpRequestMessage(HttpMethod.Post, "/t") { Content = JsonContent.Create(new BeaconBatch([.. events])) };
        request.Headers.Add("Cookie", $"{VisitorCookies.Consent}={Consent.Accepted.ToCookie(ConsentText.Version)}; {VisitorCookies.Visitor}={new VisitorToken(Guid.CreateVersion7(now), "").ToCookie()}");
        return request;
    }
}
