using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>A segment's members in PostgreSQL are exactly those whom the pages take for members.</summary>
public sealed class EqualityTests
{
    private const int Shoppers = 60;
    private static readonly DateTimeOffset Now = FactsGen.Instants[0];

    [Fact]
    public async Task Sql_and_live_evaluation_agree_on_random_rules_and_shoppers()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, $"Shop:TimeZone={FactsGen.Zone.Id}"],
            b => b.Services.AddSingleton<TimeProvider>(new FixedClock()));
        var cases = FactsGen.Cases.Where(c => c.At.AsOf == new Moment(Now, FactsGen.Zone).AsOf).Sample(Shoppers, 50).ToList();
        var people = cases.Select((c, i) => c.Visitor with { ShopperId = i < 4 ? new Guid(i + 1, 0, 0, new byte[8]) : Guid.CreateVersion7(), Visit = VisitContext.None }).ToList();
        await server.Services.GetRequiredService<NpgsqlDataSource>().StoreAsync(people);
        var profiles = server.Services.GetRequiredService<VisitorProfiles>();
        var facts = new List<VisitorFacts>();
        foreach (var p in people)
            facts.Add((await profiles.GetAsync(Visitor(p), CancellationToken.None)).Facts);
        var counter = server.Services.GetRequiredService<SegmentCounter>();
        var at = new Moment(Now, FactsGen.Zone);
        var met = 0;
        Props.Hold(RuleGen.Stored, rule =>
        {
            var draft = Props.Set.Draft(rule);
            var sql = counter.MembersAsync(draft, Props.Set, at, CancellationToken.None).GetAwaiter().GetResult();
            var live = facts.Where(f => draft.Matches(f, at)).Select(f => f.ShopperId!.Value).ToHashSet();
            met += live.Count is > 0 and < Shoppers ? 1 : 0;
            return sql.SetEquals(live);
        }, tests: 400);
        Assert.True(met > 50, $"Only {met} rules split the shoppers: the test has lost its bite.");
    }

    private static Visitor Visitor(VisitorFacts p) => new()
    {
        Id = p.ShopperId, ShopperId = p.ShopperId,
        Consent = new(p.Consents.HasFlag(ConsentPurposes.Analytics), p.Consents.HasFlag(ConsentPurposes.Personalisation), p.Consents.HasFlag(ConsentPurposes.Email), p.Consents.HasFlag(ConsentPurposes.Prices), true),
    };

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
