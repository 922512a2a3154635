using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Targeting;

/// <summary>A shop in which things happen by chance, one after another, the same ones for the same seed.</summary>
internal sealed class MembershipHistory(ShopServer server, MovedClock clock, int seed)
{
    // Rules drawn by chance may all stand still under one of the causes; these two, which nobody edits, do not.
    private static readonly string[] Lively =
    [
        """{"v":1,"event":"product_viewed","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}}""",
        """{"v":1,"attr":"place.country","op":"is","value":"NL"}""",
    ];

    private readonly Random _chance = new(seed);
    private readonly NpgsqlDataSource _source = server.Services.GetRequiredService<NpgsqlDataSource>();
    private List<Guid> _shoppers = [];
    private List<VisitorFacts> _strangers = [];

    public async Task BeginAsync(int shoppers, int segments)
    {
        var people = FactsGen.Cases.Where(c => c.At.AsOf == new Moment(clock.Now, FactsGen.Zone).AsOf).Sample(shoppers + 20, 50)
            .Select((c, i) => c.Visitor with { ShopperId = i < 4 ? new Guid(i + 1, 0, 0, new byte[8]) : Guid.CreateVersion7(), BirthYear = Pick<int?>(null, 1984, 2000, 2007, 2008, 2009, 2010), Visit = VisitContext.None }).ToList();
        (_shoppers, _strangers) = ([.. people.Take(shoppers).Select(p => p.ShopperId!.Value)], people.Skip(shoppers).ToList());
        await _source.StoreAsync(people.Take(shoppers).ToList());
        foreach (var (rule, i) in RuleGen.Stored.Sample(segments, 50).Select((r, i) => (r, i)))
            await server.AddSegmentAsync($"s{i}", RuleJson.Write(i == 0 ? new NotRule(new SegmentRule("s1")) : rule));
        foreach (var (rule, i) in Lively.Select((r, i) => (r, i)))
            await server.AddSegmentAsync($"lively{i}", rule);
    }

    /// <summary>Lets something happen, and mostly some time go by.</summary>
    public async Task StepAsync()
    {
        clock.Now += Pick(TimeSpan.Zero, TimeSpan.FromMicroseconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(7), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(31), TimeSpan.FromDays(200), TimeSpan.FromHours(-3), TimeSpan.FromDays(-1));
        for (var n = _chance.Next(4); n > 0; n--)
            await ActAsync(_shoppers[_chance.Next(_shoppers.Count)]);
    }

    private Task ActAsync(Guid shopper) => _chance.Next(18) switch
    {
        0 or 1 or 2 or 3 => _source.StoreAsync(shopper, Event()),
        4 => _source.RunAsync("DELETE FROM events WHERE shopper_id = $1 AND type = $2", shopper, (short)_chance.Next(1, 8)),
        5 => _source.RunAsync("UPDATE pets SET died_on = CASE WHEN died_on IS NULL THEN '2026-01-01'::date END WHERE shopper_id = $1", shopper),
        6 => _source.StoreAsync(shopper, new PetFacts { Species = Pick("dog", "cat", "horse"), BornOn = DateOnly.FromDateTime(clock.Now.UtcDateTime).AddMonths(-_chance.Next(230)).AddDays(_chance.Next(40) - 20), AdultWeightG = Pick(24_999, 25_000) }),
        7 => _source.RunAsync("UPDATE shopper_features SET last_order_at = $2, orders_count = $3, sessions_30d = $3 WHERE shopper_id = $1", shopper, clock.Now.AddDays(-_chance.Next(200)).UtcDateTime, _chance.Next(5)),
        8 => _source.RunAsync("UPDATE shoppers SET consent_analytics = $2, consent_personalisation = $3, country = $4 WHERE id = $1", shopper, _chance.Next(3) > 0, _chance.Next(3) > 0, Pick("NL", "zz")),
        9 => EditAsync(),
        10 => SwitchAsync(),
        11 => _source.RunAsync("UPDATE products SET category_id = $2, brand_id = $3 WHERE id = $1", _chance.Next(117, 120), _chance.Next(1, 6), _chance.Next(1, 3)),
        12 => ArriveAsync(),
        13 => _source.RunAsync("WITH gone AS (DELETE FROM shopper_list_members WHERE shopper_id = $1 RETURNING 1) INSERT INTO shopper_list_members (list_id, shopper_id) SELECT 1, $1 WHERE NOT EXISTS (SELECT FROM gone)", shopper),
        14 => ScheduleAsync(),
        15 => _source.RunAsync("UPDATE shoppers SET is_suppressed = NOT is_suppressed, birth_year = $2 WHERE id = $1", shopper, Pick<int?>(null, 1984, clock.Now.Year - 19, clock.Now.Year - 18, clock.Now.Year - 17)),
        16 => _source.RunAsync("UPDATE shopper_interests SET categories = CASE WHEN categories = '{}' THEN '{dry-dog-food}'::text[] ELSE '{}' END, brands = array_append(brands[1:1], 'northpaw') WHERE shopper_id = $1", shopper),
        _ => LeaveAsync(shopper),
    };

    private BehaviourFacts Event() => new(
        (BehaviourType)_chance.Next(1, 8), clock.Now - Pick(TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromHours(2), TimeSpan.FromDays(3), TimeSpan.FromDays(-2)),
        Pick<int?>(null, 117, 118, 119), null, Pick<ValueList<string>?>(null, ["dog", "dog-food"], ["cat"]), Pick<int?>(null, 1, 2), Pick<long?>(null, 2500), Pick(null, "puppy food"));

    private async Task EditAsync()
    {
        var (rule, slug) = (RuleJson.Write(RuleGen.Stored.Sample(1, 50).First()), $"s{_chance.Next(1, 12)}");
        await server.WithDbAsync(db => db.Segments.Where(s => s.Slug == slug).ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, rule)));
    }

    private Task<int> SwitchAsync()
    {
        var slug = $"s{_chance.Next(12)}";
        return server.WithDbAsync(db => db.Segments.Where(s => s.Slug == slug).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsActive, s => !s.IsActive)));
    }

    private Task<int> ScheduleAsync()
    {
        var slug = $"s{_chance.Next(12)}";
        var (from, until) = (Pick<TimeSpan?>(null, TimeSpan.FromDays(-3), TimeSpan.FromHours(2), TimeSpan.FromDays(2)), Pick<TimeSpan?>(null, TimeSpan.FromDays(-1), TimeSpan.Zero, TimeSpan.FromDays(4), TimeSpan.FromDays(300)));
        var (starts, ends) = (clock.Now + from, from < until ? clock.Now + until : null);
        return server.WithDbAsync(db => db.Segments.Where(s => s.Slug == slug).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartsAt, starts).SetProperty(s => s.EndsAt, ends)));
    }

    private async Task ArriveAsync()
    {
        if (_strangers.Count == 0)
            return;
        await _source.StoreAsync(_strangers[^1]);
        _shoppers.Add(_strangers[^1].ShopperId!.Value);
        _strangers.RemoveAt(_strangers.Count - 1);
    }

    private async Task LeaveAsync(Guid shopper)
    {
        if (_shoppers.Count < 20)
            return;
        await _source.RunAsync("DELETE FROM events WHERE shopper_id = $1", shopper);
        await _source.RunAsync("DELETE FROM shoppers WHERE id = $1", shopper);
        _shoppers.Remove(shopper);
    }

    private T Pick<T>(params T[] from) => from[_chance.Next(from.Length)];
}
