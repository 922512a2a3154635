using System.Diagnostics;
using Npgsql;
using PetShop.Benchmarks.Load;
using PetShop.Benchmarks.Marks;
using PetShop.Targeting.Segments;
using PetShop.Web.Areas.Admin;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;

namespace PetShop.Benchmarks.Segments;

/// <summary>The marks of segments: fifty rules over a million shoppers at once and a few at a time, the preview, and one live visitor.</summary>
public static class SegmentsBenchmark
{
    private const int Dirty = 10_000;

    public static async Task RunAsync(Pace pace)
    {
        var shoppers = pace == Pace.Quick ? 100_000 : 1_000_000;
        await using var shop = await BenchmarkShop.OpenAsync($"segments_{shoppers}", fill: app => MillionShoppers.FillAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), shoppers));
        await using var app = shop.Build("--Targeting:RunJobs=false");
        var table = new MarkTable($"Segments: 50 rules, {shoppers:N0} shoppers");
        var cpu = shop.CpuOfDatabase();
        await ResetAsync(shop);
        var membership = app.Services.GetRequiredService<SegmentMembership>();
        table.Add("first fill, CPU of the database and this process", (await CpuAsync(cpu, () => membership.RefreshAsync(CancellationToken.None))).Cpu, "s");
        // The database's own housekeeping is done between the measurements, not in the middle of them.
        foreach (var kept in (string[])["segment_members", "segment_marks", "segment_transitions", "shopper_features"])
        {
            await shop.ExecuteAsync($"ALTER TABLE {kept} SET (autovacuum_enabled = false)");
            await shop.ExecuteAsync($"VACUUM (ANALYZE) {kept}");
        }
        await shop.ExecuteAsync("CHECKPOINT");
        await DirtyAsync(shop, membership, cpu, table, shoppers);
        await shop.ExecuteAsync(Competitor.Table);
        await shop.ExecuteAsync("UPDATE shopper_features SET orders_count = orders_count + 1, last_order_at = now() WHERE abs(hashtext(shopper_id::text)) % 100 = 0");
        await shop.ExecuteAsync("VACUUM (ANALYZE) shopper_features");
        var full = (await CpuAsync(cpu, () => membership.RefreshEveryoneAsync(CancellationToken.None))).Cpu;
        table.Add("full refresh, one statement over one pass", full, "CPU s", 10);
        var pairs = (await CpuAsync(cpu, () => Competitor.RunAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), app.Services.GetRequiredService<SegmentCounter>().Now()))).Cpu;
        table.Add("the same by fifty pairs of statements that add and remove", pairs, "CPU s");
        table.Add("one pass in the time of the pairs", full / pairs, "of it", .1);
        await PreviewAsync(app.Services, table);
        Live(table);
        table.Write();
        Console.WriteLine(await SamplePlanAsync(app.Services));
    }

    private static async Task ResetAsync(BenchmarkShop shop)
    {
        await shop.ExecuteAsync("TRUNCATE segment_members, segment_transitions, segment_slots, segment_marks, membership_states, segments CASCADE");
        var rules = FiftyRules.All.ToList();
        await shop.ExecuteAsync(
            "INSERT INTO segments (slug, name, description, rule, version, is_active, updated_at, updated_by) SELECT s, s, '', r::jsonb, 1, true, now(), '' FROM unnest($1, $2) AS n (s, r)",
            rules.Select(r => r.Key).ToArray(), rules.Select(r => RuleJson.Write(r.Value)).ToArray());
    }

    // Each round touches other shoppers, as their own events and edits would.
    private static async Task DirtyAsync(BenchmarkShop shop, SegmentMembership membership, CpuMeter cpu, MarkTable table, int shoppers)
    {
        List<(double Cpu, double Wall)> rounds = [];
        for (var round = 0; round < 7; round++)
        {
            await shop.ExecuteAsync("UPDATE shopper_features SET orders_count = orders_count + 1, last_order_at = now() WHERE shopper_id IN (SELECT md5('s' || 1 + (n * 97 + $1) % $2)::uuid FROM generate_series(1, $3) n)", round * 13L, (long)shoppers, Dirty);
            rounds.Add(await CpuAsync(cpu, () => membership.RefreshAsync(CancellationToken.None)));
        }
        var middle = rounds.OrderBy(r => r.Cpu).ElementAt(rounds.Count / 2);
        table.Add($"{Dirty:N0} dirty shoppers, found, asked and stored (median of {rounds.Count})", middle.Cpu, "CPU s", .2);
        table.Add("the same by the clock on the wall", middle.Wall, "s");
        for (var idle = rounds.Count; idle > 0; idle--)
            rounds.Add(await CpuAsync(cpu, () => membership.RefreshAsync(CancellationToken.None)));
        table.Add("a look when nothing happened", rounds.Skip(7).Select(r => r.Cpu).Order().ElementAt(3), "CPU s");
    }

    private static async Task PreviewAsync(IServiceProvider services, MarkTable table)
    {
        var (previewer, counter, rules) = (services.GetRequiredService<RulePreviewer>(), services.GetRequiredService<SegmentCounter>(), services.GetRequiredService<ActiveRules>());
        var set = (await rules.GetAsync(CancellationToken.None)).Segments;
        List<double> whole = [], rough = [];
        for (var round = 0; round < 5; round++)
        {
            whole.Add(await WallAsync(() => previewer.PreviewAsync(FiftyRules.Preview, null, CancellationToken.None)));
            rough.Add(await WallAsync(() => counter.EstimateAsync(set.Draft(FiftyRules.Preview), set, CancellationToken.None)));
        }
        table.Add("preview: exact count, funnel of four clauses, sample members", whole.Order().ElementAt(2), "s", 2);
        table.Add("estimate from a sample", rough.Order().ElementAt(2) * 1000, "ms", 150);
        var (exact, estimate) = (await counter.CountAsync(set.Draft(FiftyRules.Preview), set, CancellationToken.None), await counter.EstimateAsync(set.Draft(FiftyRules.Preview), set, CancellationToken.None));
        Console.WriteLine($"the preview's rule holds {exact:N0}, the estimate says {estimate:N0}");
    }

    private static void Live(MarkTable table)
    {
        var set = new SegmentSet(FiftyRules.All);
        var at = new Moment(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Utc);
        var visitor = new VisitorFacts
        {
            ShopperId = Guid.CreateVersion7(), RolloutKey = "v1", Consents = (ConsentPurposes)15, Country = "NL", BirthYear = 1984, RegisteredAt = at.AsOf.AddDays(-500), OrdersCount = 4, RevenueMinor = 24_000,
            LastOrderAt = at.AsOf.AddDays(-50), LastSeenAt = at.AsOf.AddDays(-1), Sessions30d = 4, TopDepartment = "dog", TopBrand = "brand-3", RfmRecency = 2, RfmFrequency = 4, RfmMonetary = 5, QuizValues = ["sustainability"],
            Pets = [new() { Species = "dog", BornOn = at.Today.AddMonths(-100), AdultWeightG = 30_000 }, new() { Species = "rabbit", BornOn = at.Today.AddMonths(-8) }],
            Events = [.. Enumerable.Range(0, 100).Select(i => new BehaviourFacts((BehaviourType)((int[])[1, 1, 1, 2, 4, 7])[i % 6], at.AsOf.AddHours(-7 * i), 1 + i % 30, "brand-3", ["c1", $"c{i % 5}"], 1, 1000 + i))],
        };
        var live = Repeated.Of(() => set.MembershipsOf(visitor, at));
        table.Add("live: 50 rules for one visitor with 100 events, median", live.Median, "us", 50);
        table.Add("live: bytes allocated", live.AllocatedBytes, "bytes");
    }

    private static async Task<string> SamplePlanAsync(IServiceProvider services)
    {
        var set = (await services.GetRequiredService<ActiveRules>().GetAsync(CancellationToken.None)).Segments;
        var query = SegmentSql.Words([.. set.Segments.Select((s, i) => new SegmentBit(i, s))], 1, set, services.GetRequiredService<SegmentCounter>().Now());
        return await Competitor.ExplainAsync(services.GetRequiredService<NpgsqlDataSource>(), query);
    }

    private static async Task<double> WallAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<(double Cpu, double Wall)> CpuAsync(CpuMeter cpu, Func<Task> work)
    {
        var before = cpu.Seconds().All;
        var wall = await WallAsync(work);
        return (cpu.Seconds().All - before, wall);
    }
}
