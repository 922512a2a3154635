using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting.Equality;
using Xunit.Abstractions;

namespace PetShop.Web.Tests.Targeting;

/// <summary>A segment's members in PostgreSQL are exactly those whom the pages take for members, and both are those whom the rule means.</summary>
/// <remarks>PETSHOP_RULE_TREES=5000 asks more random trees; PETSHOP_RULE_SEED repeats a run.</remarks>
public sealed class EqualityTests(ITestOutputHelper output)
{
    private const int People = 2000;
    private const int FewestWorlds = 4;
    private const int LazilyEvery = 7;
    private const int TreesAWorld = 250;
    private static readonly int Trees = Setting("PETSHOP_RULE_TREES") ?? 240;
    private static readonly int Seed = Setting("PETSHOP_RULE_SEED") ?? Random.Shared.Next(1_000_000_000);

    [Fact]
    public async Task A_rule_means_the_same_by_SQL_in_memory_and_to_a_judge_who_reads_the_raw_rows()
    {
        var clock = new MovedClock(FactsGen.Instants[0]);
        await using var shop = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, $"Shop:TimeZone={FactsGen.Zone.Id}"], b => b.Services.AddSingleton<TimeProvider>(clock));
        await shop.Services.GetRequiredService<NpgsqlDataSource>().RunAsync(RawCatalogue.Sql);
        var (worlds, coverage, started) = (Math.Max(FewestWorlds, Trees / TreesAWorld), new RuleCoverage(), Stopwatch.GetTimestamp());
        for (var w = 0; w < worlds; w++)
        {
            clock.Now = AsOf(w);
            await CompareAsync(shop, RawWorldGen.Make(Seed + w, clock.Now, People), new(Seed + 1000 * w, Trees / worlds, w, FewestWorlds), coverage);
        }
        output.WriteLine($"seed {Seed}: {coverage.Trees} rules ({Trees / worlds * worlds} random trees) over {People} shoppers at {worlds} moments, {coverage.Splits} told people apart; {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s\n{coverage}");
        Assert.Empty(coverage.Gaps());
        Assert.True(coverage.Splits > coverage.Trees / 3, $"Only {coverage.Splits} of {coverage.Trees} rules told people apart: the test has lost its bite.");
    }

    private static async Task CompareAsync(ShopServer shop, RawWorld world, RuleBatch batch, RuleCoverage coverage)
    {
        await shop.StoreAsync(world);
        await using var connection = await shop.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await new NpgsqlCommand("SET jit = off", connection).ExecuteNonQueryAsync();
        var readings = new ThreeReadings(shop, world, connection);
        await readings.ReadAsync();
        var sql = await readings.BySqlAsync(batch.Rules);
        var disputed = batch.Rules.AsParallel().WithDegreeOfParallelism(2)
            .Select((rule, i) => sql[i].SetEquals(readings.InMemory(rule)) && sql[i].SetEquals(readings.ByJudge(rule)) ? null : rule).FirstOrDefault(r => r is not null);
        if (disputed is not null)
            Assert.Fail(await readings.TellAsync(disputed));
        for (var i = 0; i < batch.Rules.Count; i++)
            coverage.Note(batch.Rules[i], i < batch.Singles.Count, sql[i].Count, readings.People.Count);
        Assert.All(batch.Laws, law => Assert.True(law.IsImplied ? sql[law.Left].IsSubsetOf(sql[law.Right]) : sql[law.Left].SetEquals(sql[law.Right]),
            $"seed {world.Seed}, as of {world.AsOf:O}: {law.Name} is broken by {RuleJson.Write(batch.Rules[law.Left])} and {RuleJson.Write(batch.Rules[law.Right])}"));
        await LookUpAsync(readings, batch, sql);
    }

    // The other ways in which the shop asks: a few shoppers by index, a sample figure by figure, and one visitor on a page.
    private static async Task LookUpAsync(ThreeReadings readings, RuleBatch batch, HashSet<Guid>[] members)
    {
        var few = readings.People.Where((_, i) => i % 20 == 0).ToList();
        var ids = few.Select(p => p.Row.Id).ToHashSet();
        var sql = await readings.BySqlAsync(batch.Rules, ids);
        for (var i = 0; i < batch.Rules.Count; i++)
            Assert.True(sql[i].SetEquals(members[i].Where(ids.Contains)), $"Looked up by index, {RuleJson.Write(batch.Rules[i])} holds others than in the scan of everyone.");
        for (var i = 0; i < batch.Rules.Count; i += LazilyEvery)
            Assert.True((await readings.LazilyAsync(batch.Rules[i])).SetEquals(members[i]), $"Figure by figure, {RuleJson.Write(batch.Rules[i])} holds others than in the scan of everyone.");
        var (young, suppressed) = (few.Find(p => p.Row.ConsentPersonalisation && !p.Agreed.HasFlag(ConsentPurposes.Personalisation))!, few.Find(p => p.Row is { ConsentEmail: true, IsSuppressed: true })!);
        foreach (var person in few.Take(28).Append(young).Append(suppressed))
        {
            var onPage = await readings.OnPageAsync(batch.Rules, person);
            var inPreview = await readings.InPreviewAsync(batch.Rules, person);
            for (var i = 0; i < batch.Rules.Count; i++)
                Assert.True(onPage[i] == members[i].Contains(person.Row.Id) && inPreview[i] == onPage[i], $"On a page, {RuleJson.Write(batch.Rules[i])} is {onPage[i]} of {person.Row}, in a preview {inPreview[i]}, by SQL {members[i].Contains(person.Row.Id)}.");
        }
    }

    /// <summary>Moments around clock changes and leap days first, then any to the microsecond.</summary>
    private static DateTimeOffset AsOf(int world)
    {
        var chance = new Random(Seed + world);
        if (chance.Next(3) > 0)
            return FactsGen.Instants[chance.Next(FactsGen.Instants.Length)].AddMinutes(15 * chance.Next(-8, 9));
        return new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(chance.Next(6 * 365 * 86_400)).AddMicroseconds(chance.Next(1_000_000));
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
