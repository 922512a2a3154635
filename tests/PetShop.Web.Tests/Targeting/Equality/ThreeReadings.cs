using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>Asks rules of one stored world in three ways: by SQL, in memory over what the shop reads, and by the judge over the raw rows.</summary>
internal sealed class ThreeReadings(ShopServer shop, RawWorld world, NpgsqlConnection connection)
{
    private const int Portion = 500;
    private readonly Moment _at = new(world.AsOf, FactsGen.Zone);
    private readonly RawJudge _judge = new(world.AsOf, Props.Referred);
    private readonly Dictionary<Guid, VisitorFacts> _facts = [];

    public List<RawPerson> People { get; } = RawPerson.Of(world);

    /// <summary>Reads everyone as the nightly check does, in bulk.</summary>
    public async Task ReadAsync()
    {
        foreach (var portion in People.Select(p => p.Row.Id).Chunk(Portion))
            foreach (var facts in await SampleFacts.ReadAsync(new(connection), portion, world.AsOf, CancellationToken.None))
                _facts.Add(facts.ShopperId!.Value, facts);
    }

    /// <summary>The members of each rule, by SQL.</summary>
    /// <param name="only">Whom to look up by index; null to scan everyone.</param>
    public async Task<HashSet<Guid>[]> BySqlAsync(IReadOnlyList<Rule> rules, IReadOnlyCollection<Guid>? only = null)
    {
        var members = rules.Select(_ => new HashSet<Guid>()).ToArray();
        foreach (var chunk in rules.Select((rule, i) => (Segment: Props.Set.Draft(rule), Index: i)).Chunk(SegmentBit.PerWord))
        {
            var query = SegmentSql.Words([.. chunk.Select((c, slot) => new SegmentBit(slot, c.Segment))], 1, Props.Set, _at, only);
            foreach (var (shopper, words) in await new MembershipTables(connection).ReadAsync(query.Text, r => (r.GetGuid(0), r.GetFieldValue<long[]>(1)), CancellationToken.None, query.Parameters))
                for (var slot = 0; slot < chunk.Length; slot++)
                    if ((words[0] & 1L << slot) != 0)
                        members[chunk[slot].Index].Add(shopper);
        }
        return members;
    }

    /// <summary>The members of one rule, each figure looked up only where the answer is open, as samples and estimates are.</summary>
    public async Task<HashSet<Guid>> LazilyAsync(Rule rule)
    {
        var query = SegmentSql.Some(Props.Set.Draft(rule), Props.Set, _at, People.Count, null);
        return [.. await new MembershipTables(connection).ReadAsync(query.Text, r => r.GetGuid(0), CancellationToken.None, query.Parameters)];
    }

    public HashSet<Guid> InMemory(Rule rule)
    {
        var segment = Props.Set.Draft(rule);
        return [.. _facts.Values.Where(f => segment.Matches(f, _at)).Select(f => f.ShopperId!.Value)];
    }

    public HashSet<Guid> ByJudge(Rule rule) => [.. People.Where(p => _judge.IsMember(rule, p)).Select(p => p.Row.Id)];

    /// <summary>Whether pages would take a person for a member, by what they read of one visitor who is signed in.</summary>
    public async Task<bool[]> OnPageAsync(IReadOnlyList<Rule> rules, RawPerson person)
    {
        var id = person.Row.Id;
        // Some ids come again in every world.
        shop.Services.GetRequiredService<LiveHistories>().Forget(id);
        shop.Services.GetRequiredService<ShopperConsents>().Forget(id);
        var visitor = new Visitor { Id = id, ShopperId = id, Consent = await shop.Services.GetRequiredService<ShopperConsents>().GetAsync(id, CancellationToken.None) };
        var profile = await shop.Services.GetRequiredService<VisitorProfiles>().GetAsync(visitor, CancellationToken.None);
        return [.. rules.Select(r => Props.Set.Draft(r).Matches(profile.Facts, _at))];
    }

    /// <summary>Whether staff and programs are told that a person is a member.</summary>
    public async Task<bool[]> InPreviewAsync(IReadOnlyList<Rule> rules, RawPerson person)
    {
        var profile = (await shop.Services.GetRequiredService<ProfilePreview>().OfShopperAsync(person.Row.Id, "desktop", CancellationToken.None))!;
        return [.. rules.Select(r => Props.Set.Draft(r).Matches(profile.Facts, _at))];
    }

    /// <summary>A disagreement on the smallest part of the rule that shows it, with all there is to know of one of the people.</summary>
    public async Task<string> TellAsync(Rule rule)
    {
        foreach (var part in Parts(rule))
            if (await DisputedAsync(part) is not null)
                return await TellAsync(part);
        var (id, sql, memory, judge) = (await DisputedAsync(rule))!.Value;
        var person = People.Single(p => p.Row.Id == id);
        var rows = JsonSerializer.Serialize(new { person.Row, person.Events, Orders = world.Orders.Where(o => o.ShopperId == id), Pets = world.Pets.Where(p => p.ShopperId == id), person.Forecast, person.Lists });
        return $"seed {world.Seed}, as of {world.AsOf:O}: {RuleJson.Write(rule)} is {sql} by SQL, {memory} in memory and {judge} to the judge of {rows}";
    }

    private async Task<(Guid Id, bool Sql, bool Memory, bool Judge)?> DisputedAsync(Rule rule)
    {
        var (sql, memory, judge) = ((await BySqlAsync([rule]))[0], InMemory(rule), ByJudge(rule));
        foreach (var id in People.Select(p => p.Row.Id))
            if (sql.Contains(id) != judge.Contains(id) || memory.Contains(id) != judge.Contains(id))
                return (id, sql.Contains(id), memory.Contains(id), judge.Contains(id));
        return null;
    }

    private static ValueList<Rule> Parts(Rule rule) => rule switch
    {
        AllRule all => all.Parts,
        AnyRule any => any.Parts,
        NotRule not => [not.Part],
        _ => [],
    };
}
