using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using PetShop.Benchmarks.Marks;
using PetShop.Data.Events;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;

namespace PetShop.Benchmarks.Segments;

/// <summary>How long it takes in a running shop, by the clock on the wall, from the commit of an event until it stands in stored membership.</summary>
internal static class Freshness
{
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly (string Slug, string Rule)[] Segments =
    [
        ("fresh-event", """{"v":1,"event":"searched","count":{"op":">=","value":1},"within":{"last":1,"unit":"hour"}}"""),
        ("fresh-feature", """{"v":1,"all":[{"attr":"behaviour.days_since_visit","op":"<","value":1},{"event":"searched","count":{"op":">=","value":1},"within":{"last":1,"unit":"hour"}}]}"""),
    ];

    public static async Task MeasureAsync(BenchmarkShop shop, MarkTable table)
    {
        foreach (var (slug, rule) in Segments)
            await shop.ExecuteAsync("INSERT INTO segments (slug, name, description, rule, version, is_active, updated_at, updated_by) VALUES ($1, $1, '', $2::jsonb, 1, true, now(), '') ON CONFLICT DO NOTHING", slug, rule);
        // The nightly rounds are not what is measured.
        foreach (var job in (string[])[ShopperFeaturesJob.JobName, ForecastJob.JobName, MembershipCheck.JobName])
            await shop.ExecuteAsync("INSERT INTO job_runs (name, started_at, finished_at, succeeded, detail) VALUES ($1, now(), now(), true, 'benchmark')", job);
        await using var app = shop.Build();
        await using (var quiet = shop.Build("--Targeting:RunJobs=false"))
        {
            await quiet.Services.GetRequiredService<ShopperFeaturesWriter>().ScoreAsync(CancellationToken.None);
            await quiet.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
        }
        await app.StartAsync();
        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        List<double> byEvent = [], byFeature = [];
        for (var round = 0; round < Rounds; round++)
        {
            var (shopper, started) = (await WriteAsync(source, round), Stopwatch.GetTimestamp());
            byEvent.Add(await WaitAsync(source, shopper, Segments[0].Slug, started));
            byFeature.Add(await WaitAsync(source, shopper, Segments[1].Slug, started));
        }
        await app.StopAsync();
        table.Add($"an event until it stands in stored membership, running shop, longest of {Rounds}", byEvent.Max(), "s", 60);
        table.Add("the same for a rule on a feature made from it (days since the last visit)", byFeature.Max(), "s", 60);
    }

    // Of those not seen for weeks (the events of the fill come a month apart); each round another.
    private static async Task<Guid> WriteAsync(NpgsqlDataSource source, int round)
    {
        await using var command = source.CreateCommand("SELECT shopper_id FROM segment_subjects WHERE last_seen_at < now() - interval '20 days' AND consent_analytics AND consent_personalisation ORDER BY shopper_id OFFSET $1 LIMIT 1");
        command.Parameters.Add(new() { Value = round + Random.Shared.Next(1000) });
        var shopper = (Guid)(await command.ExecuteScalarAsync())!;
        await using var connection = await source.OpenConnectionAsync();
        await EventTable.InsertAsync(connection, [new() { Id = Guid.CreateVersion7(), Type = EventType.Searched, OccurredAt = TimeProvider.System.GetUtcNow(), VisitorId = shopper, ShopperId = shopper, Query = "hay" }], CancellationToken.None);
        return shopper;
    }

    private static async Task<double> WaitAsync(NpgsqlDataSource source, Guid shopper, string slug, long started)
    {
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            await using var command = source.CreateCommand("SELECT m.words[1 + k.slot / 62] & (1::bigint << k.slot % 62) <> 0 FROM segment_members m, segment_slots k JOIN segments s ON s.id = k.segment_id WHERE m.shopper_id = $1 AND s.slug = $2");
            command.Parameters.Add(new() { Value = shopper });
            command.Parameters.Add(new() { Value = slug });
            if (await command.ExecuteScalarAsync() is true)
                break;
            await Task.Delay(50);
        }
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
