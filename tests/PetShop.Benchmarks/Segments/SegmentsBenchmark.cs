using System.Globalization;
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
    private const int Rounds = 15;

    // By which the next run finds the events of this one.
    private const string Mine = "benchmark";

    // A shop that has just been started spends as much on compiling itself; one that runs has looked as often within minutes.
    private const int WarmingLooks = 60;
    private const int Warming = 4;

    // A server for a million shoppers is given more than the 128 MB that PostgreSQL comes with; a quarter of the memory is usual.
    private const int SharedMegabytes = 2048;

    public static async Task RunAsync(Pace pace)
    {
        var shoppers = pace.IsQuick ? 100_000 : 1_000_000;
        await using var shop = await BenchmarkShop.OpenAsync($"segments_{shoppers}", fill: app => MillionShoppers.FillAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), shoppers), sharedMegabytes: SharedMegabytes);
        await using var app = shop.Build("--Targeting:RunJobs=false");
        var table = new MarkTable($"Segments: 50 rules, {shoppers:N0} shoppers");
        var cpu = shop.CpuOfDatabase();
        bool Takes(string part) => pace.Only.Count == 0 || pace.Only.Contains(part);
        await MillionShoppers.RestoreAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), shoppers);
        await ResetAsync(shop);
        var membership = app.Services.GetRequiredService<SegmentMembership>();
        table.Add("first fill, CPU of the database and this process", (await cpu.OfAsync(() => membership.RefreshAsync(CancellationToken.None))).Cpu, "s");
        await SettleAsync(shop);
        if (Takes("dirty"))
            await DirtyAsync(shop, app.Services, cpu, table, shoppers);
        if (Takes("full"))
            await FullAsync(shop, app.Services, cpu, table);
        if (Takes("preview"))
            await PreviewAsync(app.Services, cpu, table);
        if (Takes("live"))
            Live(table);
        if (Takes("fresh"))
            await Freshness.MeasureAsync(shop, table);
        await SizesAsync(shop, table);
        table.Write();
        Console.WriteLine(await SamplePlanAsync(app.Services));
    }

    // The database's own housekeeping is done between the measurements, not in the middle of them.
    private static async Task SettleAsync(BenchmarkShop shop)
    {
        foreach (var kept in (string[])["segment_members", "segment_marks", "segment_transitions", "shopper_features", "segment_subjects", "feature_marks"])
        {
            await shop.ExecuteAsync($"ALTER TABLE {kept} SET (autovacuum_enabled = false)");
            await shop.ExecuteAsync($"VACUUM (ANALYZE) {kept}");
        }
        // What has just been written anew is read once, as a server that runs for days has it in memory.
        foreach (var looked in (string[])["segment_members", "segment_subjects"])
            await shop.ExecuteAsync($"SELECT max(shopper_id::text), count(*) FROM {looked}; SELECT count(*) FROM (SELECT shopper_id FROM {looked} ORDER BY shopper_id OFFSET 0) t");
        await shop.ExecuteAsync("CHECKPOINT");
    }

    // A pass before the pairs and one after them, as the machine may be slower at one time than at another.
    private static async Task FullAsync(BenchmarkShop shop, IServiceProvider services, CpuMeter cpu, MarkTable table)
    {
        await shop.ExecuteAsync(Competitor.Table);
        var before = await PassAsync(shop, services, cpu, 0);
        var pairs = (await cpu.OfAsync(() => Competitor.RunAsync(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<SegmentCounter>().Now()))).Cpu;
        var after = await PassAsync(shop, services, cpu, 1);
        table.Add("full refresh, one statement over one pass (mean of two)", (before.Cpu + after.Cpu) / 2, "CPU s", 10);
        table.Add("the same by the clock on the wall", (before.Wall + after.Wall) / 2, "s");
        table.Add("the same by fifty pairs of statements that add and remove, over the shop's own tables, between the two", pairs, "CPU s");
        table.Add("one pass in the time of the pairs", (before.Cpu + after.Cpu) / 2 / pairs, "of it", .1);
        await shop.ExecuteAsync("DROP TABLE competitor_members");
    }

    // One of a hundred shoppers has ordered since.
    private static async Task<Spent> PassAsync(BenchmarkShop shop, IServiceProvider services, CpuMeter cpu, int which)
    {
        await shop.ExecuteAsync("UPDATE shopper_features SET orders_count = orders_count + 1, last_order_at = now() WHERE abs(hashtext(shopper_id::text)) % 100 = $1", which);
        await SettleAsync(shop);
        return await cpu.OfAsync(() => services.GetRequiredService<SegmentMembership>().RefreshEveryoneAsync(CancellationToken.None));
    }

    private static async Task SizesAsync(BenchmarkShop shop, MarkTable table)
    {
        foreach (var row in await shop.ListAsync("""
            SELECT n || ' ' || pg_size_bytes_of FROM (
                SELECT n, CASE n WHEN 'events' THEN (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'events'::regclass) ELSE pg_total_relation_size(n::regclass) END::bigint AS pg_size_bytes_of
                FROM unnest('{shoppers,shopper_features,segment_subjects,segment_members,pets,events}'::text[]) n) t
            """))
            table.Add($"size of {row.Split(' ')[0]} with its indexes", long.Parse(row.Split(' ')[1], CultureInfo.InvariantCulture) / 1048576.0, "MB");
        table.Add("age of the scratch database, whose shoppers grow less active with each day", double.Parse((await shop.ListAsync("SELECT extract(epoch FROM now() - max(registered_at))::text FROM shoppers"))[0], CultureInfo.InvariantCulture) / 86400, "days");
        table.Add("memory of this process", Environment.WorkingSet / 1048576.0, "MB");
    }

    private static async Task ResetAsync(BenchmarkShop shop)
    {
        // What earlier runs left behind would be read along.
        await shop.ExecuteAsync($"DELETE FROM events WHERE device = '{Mine}'");
        await shop.ExecuteAsync("VACUUM (ANALYZE) events");
        await shop.ExecuteAsync("TRUNCATE segment_members, segment_transitions, segment_slots, segment_leaves, segment_marks, feature_marks, membership_states, segments CASCADE");
        foreach (var table in (string[])["shopper_features", "segment_subjects"])
            await shop.ExecuteAsync($"VACUUM (FULL, ANALYZE) {table}");
        var rules = FiftyRules.All.ToList();
        await shop.ExecuteAsync(
            "INSERT INTO segments (slug, name, description, rule, version, is_active, updated_at, updated_by) SELECT s, s, '', r::jsonb, 1, true, now(), '' FROM unnest($1, $2) AS n (s, r)",
            rules.Select(r => r.Key).ToArray(), rules.Select(r => RuleJson.Write(r.Value)).ToArray());
    }

    private static async Task DirtyAsync(BenchmarkShop shop, IServiceProvider services, CpuMeter cpu, MarkTable table, int shoppers)
    {
        var membership = services.GetRequiredService<SegmentMembership>();
        for (var look = 0; look < WarmingLooks; look++)
            await membership.RefreshAsync(CancellationToken.None);
        // Each round touches others; of those who come back a second time few move, as of most who are dirty.
        foreach (var (what, sql, first, mark) in ((string, string, int, double?)[])[("came back", Return, 0, .2), ("came back again", Return, 0, .2), ("ordered", Order, 1, .2), ("looked at a product", Look, 2, null)])
        {
            var round = first * (Warming + Rounds);
            var (least, middle, moves) = await MovedAsync(membership, cpu, () => shop.ExecuteAsync(sql, round++ * 13L, (long)shoppers, Dirty));
            table.Add($"{Dirty:N0} who {what}: found, asked, {moves} entries and exits stored (least of {Rounds})", least.Cpu, "CPU s", mark);
            table.Add("of it, in the shop's own process", least.Here, "CPU s");
            table.Add("the same by the clock on the wall", least.Wall, "s");
            table.Add($"the median of {Rounds}", middle.Cpu, "CPU s");
            await SettleAsync(shop);
        }
        List<double> idle = [], asked = [];
        for (var look = 0; look < Rounds; look++)
        {
            idle.Add((await cpu.OfAsync(() => membership.RefreshAsync(CancellationToken.None))).Cpu);
            asked.Add(await AskAsync(shop, services, cpu, look * 17L, shoppers));
        }
        table.Add($"{Dirty:N0} shoppers asked all rules, nothing of them remembered (one statement)", asked.Order().ElementAt(Rounds / 2), "CPU s");
        table.Add("a look when nothing happened", idle.Order().ElementAt(Rounds / 2), "CPU s");
    }

    // A machine whose host has others to serve is slower by half for seconds at a time: the least is what the work costs, the median what it cost here.
    private static async Task<(Spent Least, Spent Middle, string Moves)> MovedAsync(SegmentMembership membership, CpuMeter cpu, Func<Task> touch)
    {
        List<(Spent Spent, long Moves)> rounds = [];
        for (var round = 0; round < Warming + Rounds; round++)
        {
            await touch();
            MembershipTick? tick = null;
            var spent = await cpu.OfAsync(async () => tick = await membership.RefreshAsync(CancellationToken.None));
            if (round >= Warming)
                rounds.Add((spent, tick!.Entered + tick.Left));
        }
        rounds.Sort((one, other) => one.Spent.Cpu.CompareTo(other.Spent.Cpu));
        return (rounds[0].Spent, rounds[Rounds / 2].Spent, $"{rounds.Min(r => r.Moves):N0} to {rounds.Max(r => r.Moves):N0}");
    }

    private const string Touched = "SELECT md5('s' || 1 + (n * 97 + $1) % $2)::uuid FROM generate_series(1, $3) n";
    private const string Order = $"UPDATE shopper_features SET orders_count = orders_count + 1, last_order_at = now() WHERE shopper_id IN ({Touched})";
    private const string Return = $"UPDATE shopper_features SET sessions_30d = sessions_30d + 1, last_seen_at = now() WHERE shopper_id IN ({Touched})";
    private const string Look = $"""
        INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, product_id, device)
        SELECT gen_random_uuid(), now(), 1, t.id, t.id, 1 + abs(hashtext(t.id::text)) % 430, '{Mine}' FROM ({Touched}) t (id)
        """;

    private static async Task<double> AskAsync(BenchmarkShop shop, IServiceProvider services, CpuMeter cpu, long from, int shoppers)
    {
        var set = (await services.GetRequiredService<ActiveRules>().GetAsync(CancellationToken.None)).Segments;
        var ids = (await shop.ListAsync($"SELECT t.id::text FROM ({Touched}) t (id)", from, (long)shoppers, Dirty)).ConvertAll(Guid.Parse);
        var query = SegmentSql.Words([.. set.Segments.Select((s, i) => new SegmentBit(i, s))], 1, set, services.GetRequiredService<SegmentCounter>().Now(), ids);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"{SegmentMembership.ByIndex}; SET LOCAL jit = off", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"SELECT sum(w.words[1]) FROM ({query.Text}) w";
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        return (await cpu.OfAsync(() => command.ExecuteScalarAsync())).Cpu;
    }

    private static async Task PreviewAsync(IServiceProvider services, CpuMeter cpu, MarkTable table)
    {
        var (previewer, counter, rules) = (services.GetRequiredService<RulePreviewer>(), services.GetRequiredService<SegmentCounter>(), services.GetRequiredService<ActiveRules>());
        var set = (await rules.GetAsync(CancellationToken.None)).Segments;
        List<Spent> whole = [], rough = [];
        for (var round = 0; round < 5; round++)
        {
            whole.Add(await cpu.OfAsync(() => previewer.PreviewAsync(FiftyRules.Preview, null, CancellationToken.None)));
            rough.Add(await cpu.OfAsync(() => counter.EstimateAsync(set.Draft(FiftyRules.Preview), set, CancellationToken.None)));
        }
        var (exact, estimate) = (await counter.CountAsync(set.Draft(FiftyRules.Preview), set, CancellationToken.None), (await counter.EstimateAsync(set.Draft(FiftyRules.Preview), set, CancellationToken.None))?.Count);
        table.Add("preview: exact count, funnel of four clauses, sample members", whole.Select(r => r.Wall).Order().ElementAt(2), "s", 2);
        table.Add("the same in CPU time", whole.Select(r => r.Cpu).Order().ElementAt(2), "CPU s");
        table.Add($"estimate from a sample ({estimate:N0} for {exact:N0})", rough.Select(r => r.Wall).Order().ElementAt(2) * 1000, "ms", 150);
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
}
