using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>What stands outside of rules, age, suppression and a schedule, gives one answer in stored members, on pages and in explanations.</summary>
public sealed class MembershipBoundsTests
{
    [Fact]
    public async Task Who_may_be_under_18_or_is_suppressed_is_kept_out_of_stored_members_pages_and_explanations_alike()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var (membership, source) = (server.Services.GetRequiredService<SegmentMembership>(), server.Services.GetRequiredService<NpgsqlDataSource>());
        await server.AddSegmentAsync("personal", """{"v":1,"attr":"orders.count","op":">=","value":0}""");
        await server.AddSegmentAsync("priced", """{"v":1,"attr":"consent.prices","op":"is","value":true}""");
        await server.AddSegmentAsync("mailed", """{"v":1,"attr":"consent.email","op":"is","value":true}""");
        var (adult, minor, suppressed) = (await server.AddShopperAsync(), await server.AddShopperAsync(), await server.AddShopperAsync());
        await source.RunAsync("UPDATE shoppers SET consent_email = true, consent_prices = true, is_suppressed = id = $3, birth_year = CASE WHEN id = $1 THEN 2007 WHEN id = $2 THEN 2008 END", adult, minor, suppressed);
        await server.RefreshRulesAsync();
        await membership.RefreshAsync(CancellationToken.None);
        await HoldAsync(server, (adult, ["mailed", "personal", "priced"]), (minor, ["mailed"]), (suppressed, ["personal"]));
        var told = RuleExplanation.Foreseen(server.Services.GetRequiredService<ActiveRules>().Current.Segments["personal"], new(new Dictionary<string, Rule>()), (await ExplainedAsync(server, minor)).Facts, new(clock.Now, FactsGen.Zone), Money.Figures);
        Assert.Equal("may be under 18", Assert.Single(told.Obstacles()).Actual);

        clock.Now = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);
        Assert.Equal(0L, (await membership.RefreshAsync(CancellationToken.None)).Entered);
        clock.Now = clock.Now.AddSeconds(1);
        await membership.RefreshAsync(CancellationToken.None);
        await source.RunAsync("UPDATE shoppers SET is_suppressed = false WHERE id = $1", suppressed);
        await membership.RefreshAsync(CancellationToken.None);
        server.Services.GetRequiredService<ShopperConsents>().ForgetAll();
        await HoldAsync(server, (adult, ["mailed", "personal", "priced"]), (minor, ["mailed", "personal", "priced"]), (suppressed, ["mailed", "personal", "priced"]));
        var moves = await server.WithDbAsync(db => db.SegmentTransitions.OrderBy(t => t.Id).Select(t => new { t.ShopperId, t.SegmentId, t.Entered, t.Cause }).ToListAsync());
        Assert.Equal([(minor, TransitionCause.Clock), (minor, TransitionCause.Clock), (suppressed, TransitionCause.Consent), (suppressed, TransitionCause.Consent)], moves.Where(m => m.Entered).TakeLast(4).Select(m => (m.ShopperId, m.Cause)));
        Assert.Equal("drift: 0 of 3", $"{await server.Services.GetRequiredService<MembershipCheck>().TryRunAsync(CancellationToken.None)}");
    }

    [Fact]
    public async Task Outside_its_time_a_segment_has_no_members_anywhere_though_others_may_go_on_to_ask_its_rule()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var membership = server.Services.GetRequiredService<SegmentMembership>();
        var shopper = await server.AddShopperAsync();
        var (sale, leaning) = (await server.AddSegmentAsync("sale", """{"v":1,"attr":"orders.count","op":">=","value":0}"""), await server.AddSegmentAsync("leaning", """{"v":1,"segment":"sale"}"""));
        var (from, until) = (clock.Now.AddHours(1), clock.Now.AddHours(2));
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == sale.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.StartsAt, from).SetProperty(x => x.EndsAt, until)));
        await server.AddBannerAsync("Sale", 5, [sale.Id]);
        await StandsAsync([leaning.Id], 0);
        clock.Now = from.AddMicroseconds(-1);
        await StandsAsync([leaning.Id], 0);
        clock.Now = from;
        await StandsAsync([sale.Id, leaning.Id], 1);
        clock.Now = until.AddMicroseconds(-1);
        await StandsAsync([sale.Id, leaning.Id], 1);
        clock.Now = until;
        await StandsAsync([leaning.Id], 0);
        // An end that is moved is an edit.
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == sale.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndsAt, until.AddHours(9))));
        await StandsAsync([sale.Id, leaning.Id], 1);
        var moves = await server.WithDbAsync(db => db.SegmentTransitions.Where(t => t.SegmentId == sale.Id).OrderBy(t => t.Id).Select(t => new { t.ShopperId, t.Entered, t.Cause, t.At }).ToListAsync());
        Assert.All(moves, m => Assert.Equal(shopper, m.ShopperId));
        Assert.Equal([(true, TransitionCause.Schedule, from), (false, TransitionCause.Schedule, until), (true, TransitionCause.Rule, until)], moves.Select(m => (m.Entered, m.Cause, m.At)));

        // Stored bits, sizes, the board of collisions and the pages all say the same.
        async Task StandsAsync(int[] on, int size)
        {
            await membership.RefreshAsync(CancellationToken.None);
            await MembershipTests.EqualAsync(server, clock, $"{clock.Now:O}");
            Assert.Equal(on.Order(), await server.WithDbAsync(db => db.SegmentSlots.Where(k => k.Members == 1).Select(k => k.SegmentId).Order().ToListAsync()));
            await server.Services.GetRequiredService<SegmentCounter>().CountAndStoreAsync("sale", CancellationToken.None);
            Assert.Equal(size, await server.WithDbAsync(db => db.Segments.Where(s => s.Id == sale.Id).Select(s => s.MemberCount).SingleAsync()));
            var (boards, _, live) = await server.Services.GetRequiredService<BannerCollisions>().ReadAsync(CancellationToken.None);
            Assert.Equal((size, clock.Now < from), (boards.Single().Board.Reaches.Single().Shoppers, live.Contains("sale")));
            var profile = await ExplainedAsync(server, shopper);
            Assert.Equal((size == 1, true), (profile.IsIn("sale"), profile.IsIn("leaning")));
            Assert.Equal("drift: 0 of 1", $"{await server.Services.GetRequiredService<MembershipCheck>().TryRunAsync(CancellationToken.None)}");
        }
    }

    // As stored, as explained to staff, and as their own browser is met.
    private static async Task HoldAsync(ShopServer server, params (Guid Shopper, string[] Segments)[] expected)
    {
        var bits = await server.WithDbAsync(async db => (await db.SegmentSlots.ToListAsync()).Join(await db.Segments.ToListAsync(), k => k.SegmentId, s => s.Id, (k, s) => (s.Slug, k.Slot)).ToList());
        foreach (var (shopper, segments) in expected)
        {
            var words = await server.WithDbAsync(db => db.SegmentMembers.Where(m => m.ShopperId == shopper).Select(m => m.Words).SingleAsync());
            Assert.Equal(segments, bits.Where(b => (words[0] & 1L << b.Slot) != 0).Select(b => b.Slug).Order());
            Assert.Equal(segments, (await ExplainedAsync(server, shopper)).Memberships.Order());
            var visitor = new Visitor { Id = shopper, ShopperId = shopper, Consent = await server.Services.GetRequiredService<ShopperConsents>().GetAsync(shopper, CancellationToken.None) };
            Assert.Equal(segments, (await server.Services.GetRequiredService<VisitorProfiles>().GetAsync(visitor, CancellationToken.None)).Memberships.Order());
        }
    }

    private static async Task<VisitorProfile> ExplainedAsync(ShopServer server, Guid shopper) =>
        (await server.Services.GetRequiredService<ProfilePreview>().OfShopperAsync(shopper, "desktop", CancellationToken.None))!;
}
