using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Stored membership is what the rules say at the moment it is true for, whatever happened and however the clock moved.</summary>
public sealed class MembershipTests
{
    private const string Buyers = """{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}}""";

    /// <summary>PETSHOP_MEMBERSHIP_STEPS asks for a longer history.</summary>
    private static readonly int Steps = int.TryParse(Environment.GetEnvironmentVariable("PETSHOP_MEMBERSHIP_STEPS"), out var steps) ? steps : 60;

    [Fact]
    public async Task Asking_only_whom_something_moved_gives_what_asking_everyone_gives()
    {
        var (server, clock) = await StartAsync();
        await using var _ = server;
        var seed = Random.Shared.Next();
        var history = new MembershipHistory(server, clock, seed);
        await history.BeginAsync(shoppers: 60, segments: 40);
        var membership = server.Services.GetRequiredService<SegmentMembership>();
        // By chance a short history may go by without a move by one of the causes; it is then carried on.
        for (var step = 0; step < Steps || (step < 5 * Steps && !(await CausesAsync(server)).IsSupersetOf(Causes)); step++)
        {
            await membership.RefreshAsync(CancellationToken.None);
            await EqualAsync(server, clock, $"seed {seed}, step {step}");
            await history.StepAsync();
        }
        await membership.RefreshAsync(CancellationToken.None);
        Assert.Superset(Causes, await CausesAsync(server));
        // After an entry comes an exit and after an exit an entry: neither is ever told twice.
        Assert.Equal(0, await server.ScalarAsync<long>(
            "SELECT count(*) FROM (SELECT entered, lag(entered) OVER (PARTITION BY shopper_id, segment_id ORDER BY id) AS before FROM segment_transitions) t WHERE entered = before"));
        Assert.Equal(0, (await server.Services.GetRequiredService<MembershipCheck>().TryRunAsync(CancellationToken.None))!.Shoppers);
    }

    [Fact]
    public async Task Entries_and_exits_carry_their_cause_and_a_rule_edit_swaps_in_one_moment()
    {
        var (server, clock) = await StartAsync();
        await using var _ = server;
        var membership = server.Services.GetRequiredService<SegmentMembership>();
        var (shopper, segment) = (await server.AddShopperAsync(), await server.AddSegmentAsync("buyers", Buyers));
        await membership.RefreshAsync(CancellationToken.None);
        await server.Services.GetRequiredService<NpgsqlDataSource>().StoreAsync(shopper, new BehaviourFacts(BehaviourType.Purchased, clock.Now.AddMinutes(-1)));
        Assert.Equal((1, 1L), await AskedAsync(membership));
        clock.Now = clock.Now.AddDays(3);
        Assert.Equal((0, 0L), await AskedAsync(membership));
        clock.Now = clock.Now.AddDays(5);
        Assert.Equal((1, 0L), await AskedAsync(membership));
        await server.WithDbAsync(db => db.Segments.ExecuteUpdateAsync(s => s.SetProperty(x => x.Rule, """{"v":1,"not":{"attr":"orders.count","op":">","value":5}}""")));
        await membership.RefreshAsync(CancellationToken.None);
        var moves = await server.WithDbAsync(db => db.SegmentTransitions.OrderBy(t => t.Id).Select(t => new { t.ShopperId, t.SegmentId, t.Entered, t.Cause }).ToListAsync());
        Assert.All(moves, m => Assert.Equal((shopper, segment.Id), (m.ShopperId, m.SegmentId)));
        using var staff = server.SignedIn("merchandiser");
        Assert.Contains("time going by", (await staff.GetAsync($"/admin/shoppers/{shopper}")).QuerySelector("[aria-labelledby='moves']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([(true, TransitionCause.Event), (false, TransitionCause.Clock), (true, TransitionCause.Rule)], moves.Select(m => (m.Entered, m.Cause)));
    }

    [Fact]
    public async Task Nobody_ever_sees_a_segment_empty_while_an_edit_swaps_its_members()
    {
        var (server, _) = await StartAsync();
        await using var __ = server;
        var (membership, source) = (server.Services.GetRequiredService<SegmentMembership>(), server.Services.GetRequiredService<NpgsqlDataSource>());
        var segment = await server.AddSegmentAsync("buyers", """{"v":1,"attr":"orders.count","op":">=","value":0}""");
        for (var i = 0; i < 3; i++)
            await server.AddShopperAsync();
        await membership.RefreshAsync(CancellationToken.None);
        await server.WithDbAsync(db => db.Segments.ExecuteUpdateAsync(s => s.SetProperty(x => x.Rule, """{"v":1,"attr":"orders.count","op":"<","value":9}""")));
        // What the refresh writes last is held, so that it stands still with everything else written and nothing committed.
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await new NpgsqlCommand("SELECT FROM membership_states FOR UPDATE", holder).ExecuteNonQueryAsync();
        var refresh = membership.RefreshAsync(CancellationToken.None);
        await Eventually.UntilAsync(async () =>
        {
            Assert.Equal((3, 3L, 3), await SizesAsync(server, segment.Id));
            return await server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE 'INSERT INTO membership_states%'") == 1;
        });
        Assert.False(refresh.IsCompleted);
        Assert.Equal((3, 3L, 3), await SizesAsync(server, segment.Id));
        await held.RollbackAsync();
        Assert.Equal(1, (await refresh).RulesChanged);
        Assert.Equal((3, 3L, 3), await SizesAsync(server, segment.Id));
    }

    [Fact]
    public async Task What_a_sign_in_brings_along_and_what_a_score_changes_is_told_apart_from_what_somebody_did()
    {
        var (server, clock) = await StartAsync();
        await using var _ = server;
        var (membership, source, writer) = (server.Services.GetRequiredService<SegmentMembership>(), server.Services.GetRequiredService<NpgsqlDataSource>(), server.Services.GetRequiredService<ShopperFeaturesWriter>());
        var (shopper, browser) = (await server.AddShopperAsync(consents: true), Guid.CreateVersion7());
        await server.AddSegmentAsync("searchers", """{"v":1,"event":"searched","count":{"op":">=","value":1}}""");
        await server.AddSegmentAsync("visitors", """{"v":1,"attr":"behaviour.sessions_30d","op":">=","value":1}""");
        await server.AddSegmentAsync("scored", """{"v":1,"attr":"rfm.recency","op":"known"}""");
        await server.AddSegmentAsync("buyers", """{"v":1,"attr":"orders.count","op":">=","value":1}""");
        await writer.RefreshAllAsync(CancellationToken.None);
        await membership.RefreshAsync(CancellationToken.None);

        await source.RunAsync("INSERT INTO events (id, occurred_at, type, visitor_id, session_id, query) VALUES (gen_random_uuid(), $1, 3, $2, $2, 'hay')", clock.Now.AddMinutes(-1).UtcDateTime, browser);
        await server.Services.GetRequiredService<ConsentLedger>().AddAsync(browser, null, new(Consent.Accepted, "accept", "dialog-1"), CancellationToken.None);
        Assert.True(await server.Services.GetRequiredService<VisitorLinking>().JoinAsync(browser, shopper, CancellationToken.None));
        await membership.RefreshAsync(CancellationToken.None);
        Assert.Equal([TransitionCause.Merge], await FeatureLookTests.LookAsync(server, clock.Now));
        await membership.RefreshAsync(CancellationToken.None);
        await source.RunAsync(FeatureLookTests.AddOrder, shopper, clock.Now.AddMinutes(-1).UtcDateTime, 2500L);
        Assert.Equal([TransitionCause.Event], await FeatureLookTests.LookAsync(server, clock.Now));
        await membership.RefreshAsync(CancellationToken.None);
        await writer.ScoreAsync(CancellationToken.None);
        await membership.RefreshAsync(CancellationToken.None);

        var moves = await server.Services.GetRequiredService<SegmentTimeline>().OfAsync(shopper, 9, CancellationToken.None);
        Assert.Equal(
        [
            ("buyers", "something they did"), ("scored", "a new forecast or score"),
            ("searchers", "a sign-in that joined a browser to the account"), ("visitors", "a sign-in that joined a browser to the account"),
        ], moves.Select(m => (m.Segment, m.Because)).Order());
        Assert.All(moves, m => Assert.Equal(1, m.Version));
        using var staff = server.SignedIn("merchandiser");
        Assert.Contains("version 1", (await staff.GetAsync($"/admin/shoppers/{shopper}")).QuerySelector("[aria-labelledby='moves']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_remembered_of_events_is_looked_up_again_only_when_they_may_have_changed()
    {
        var (server, clock) = await StartAsync();
        await using var _ = server;
        var (membership, source) = (server.Services.GetRequiredService<SegmentMembership>(), server.Services.GetRequiredService<NpgsqlDataSource>());
        var shopper = await server.AddShopperAsync();
        await server.AddSegmentAsync("buyers", Buyers);
        await source.StoreAsync(shopper, new BehaviourFacts(BehaviourType.Purchased, clock.Now.AddMinutes(-1)));
        await membership.RefreshAsync(CancellationToken.None);
        await server.WithDbAsync(db => db.SegmentMembers.ExecuteUpdateAsync(s => s.SetProperty(m => m.Leaves, [0L])));
        await source.RunAsync("UPDATE shoppers SET city = 'Breda' WHERE id = $1", shopper);
        Assert.Equal(1, (await membership.RefreshAsync(CancellationToken.None)).Left);
        await source.StoreAsync(shopper, new BehaviourFacts(BehaviourType.ProductViewed, clock.Now.AddMinutes(-1)));
        Assert.Equal((1, 0L), await AskedAsync(membership));
        await source.StoreAsync(shopper, new BehaviourFacts(BehaviourType.Purchased, clock.Now.AddMinutes(-1)));
        Assert.Equal((1, 1L), await AskedAsync(membership));
    }

    [Fact]
    public async Task Only_one_process_at_a_time_writes_memberships()
    {
        var (server, _) = await StartAsync();
        await using var __ = server;
        var membership = server.Services.GetRequiredService<SegmentMembership>();
        await using (var held = await MembershipLock.TakeAsync(server.Services.GetRequiredService<NpgsqlDataSource>(), null, CancellationToken.None))
            Assert.Null(await membership.TryRefreshAsync(CancellationToken.None));
        Assert.NotNull(await membership.TryRefreshAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_check_finds_what_was_tampered_with_says_so_in_the_list_and_mends_it()
    {
        var (server, _) = await StartAsync();
        await using var __ = server;
        await server.AddShopperAsync();
        await server.AddSegmentAsync("all", """{"v":1,"all":[]}""");
        var (membership, check) = (server.Services.GetRequiredService<SegmentMembership>(), server.Services.GetRequiredService<MembershipCheck>());
        await membership.RefreshAsync(CancellationToken.None);
        Assert.Equal("drift: 0 of 1", $"{await check.TryRunAsync(CancellationToken.None)}");
        await server.WithDbAsync(db => db.SegmentMembers.ExecuteUpdateAsync(s => s.SetProperty(m => m.Words, [0L])));
        Assert.Equal("drift: 1 of 1", $"{await check.TryRunAsync(CancellationToken.None)}");
        using var staff = server.SignedIn("merchandiser");
        Assert.Contains("drift: 1 of 1", (await staff.GetAsync("/admin/segments")).Body!.TextContent, StringComparison.Ordinal);
        await membership.RefreshAsync(CancellationToken.None);
        Assert.Equal("drift: 0 of 1", $"{await check.TryRunAsync(CancellationToken.None)}");
    }

    [Fact]
    public async Task A_check_that_fails_is_recorded_as_failed_and_one_that_gets_no_turn_is_not_recorded()
    {
        var (server, _) = await StartAsync();
        await using var __ = server;
        await server.AddShopperAsync();
        await server.AddSegmentAsync("all", """{"v":1,"all":[]}""");
        var (source, check) = (server.Services.GetRequiredService<NpgsqlDataSource>(), server.Services.GetRequiredService<MembershipCheck>());
        await server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
        await using (await MembershipLock.TakeAsync(source, null, CancellationToken.None))
            Assert.Null(await check.TryRunAsync(CancellationToken.None));
        Assert.Equal(0, await server.WithDbAsync(db => db.JobRuns.CountAsync(r => r.Name == MembershipCheck.JobName)));
        await source.RunAsync("ALTER TABLE brands RENAME TO brands_away");
        await Assert.ThrowsAsync<PostgresException>(() => check.TryRunAsync(CancellationToken.None));
        var failed = await server.WithDbAsync(db => db.JobRuns.AsNoTracking().SingleAsync(r => r.Name == MembershipCheck.JobName));
        Assert.True(failed is { Succeeded: false, FinishedAt: not null } && failed.Detail.StartsWith("Failed: ", StringComparison.Ordinal), failed.Detail);
        await source.RunAsync("ALTER TABLE brands_away RENAME TO brands");
        Assert.Equal("drift: 0 of 1", $"{await check.TryRunAsync(CancellationToken.None)}");
    }

    [Fact]
    public async Task Who_is_gone_leaves_neither_membership_nor_history_nor_a_mark_and_no_longer_counts()
    {
        var (server, _) = await StartAsync();
        await using var __ = server;
        var shopper = await server.AddShopperAsync();
        await server.AddShopperAsync();
        var membership = server.Services.GetRequiredService<SegmentMembership>();
        await membership.RefreshAsync(CancellationToken.None);
        await server.AddSegmentAsync("all", """{"v":1,"all":[]}""");
        await membership.RefreshAsync(CancellationToken.None);
        var source = server.Services.GetRequiredService<NpgsqlDataSource>();
        await source.StoreAsync(shopper, new PetFacts { Species = "dog" });
        await source.StoreAsync(shopper, new BehaviourFacts(BehaviourType.Searched, DateTimeOffset.UnixEpoch.AddYears(50)));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM feature_marks WHERE shopper_id = $1", shopper));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM segment_transitions WHERE shopper_id = $1", shopper));
        await source.RunAsync("DELETE FROM shoppers WHERE id = $1", shopper);
        foreach (var table in (string[])["segment_members", "segment_transitions", "segment_marks", "segment_subjects", "feature_marks"])
            Assert.Equal(0, await server.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE shopper_id = $1", shopper));
        await membership.RefreshAsync(CancellationToken.None);
        Assert.Equal(1, await server.WithDbAsync(db => db.SegmentSlots.Select(s => s.Members).SingleAsync()));
    }

    private static async Task<(int Stored, long Bits, int? Shown)> SizesAsync(ShopServer server, int segment) => (
        await server.WithDbAsync(db => db.SegmentSlots.Where(k => k.SegmentId == segment).Select(k => k.Members).SingleAsync()),
        await server.ScalarAsync<long>("SELECT count(*) FROM segment_members m JOIN segment_slots k ON k.segment_id = $1 WHERE m.words[k.slot / 62 + 1] & (1::bigint << (k.slot % 62)) <> 0", segment),
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment).Select(s => s.MemberCount).SingleAsync()));

    private static readonly HashSet<TransitionCause> Causes = [TransitionCause.Clock, TransitionCause.Event, TransitionCause.Rule, TransitionCause.Profile];

    private static async Task<HashSet<TransitionCause>> CausesAsync(ShopServer server) => [.. await server.WithDbAsync(db => db.SegmentTransitions.Select(t => t.Cause).Distinct().ToListAsync())];

    private static async Task<(int? Asked, long Entered)> AskedAsync(SegmentMembership membership) =>
        await membership.RefreshAsync(CancellationToken.None) is var tick ? (tick.Asked, tick.Entered) : default;

    internal static async Task<(ShopServer Server, MovedClock Clock)> StartAsync()
    {
        var clock = new MovedClock(FactsGen.Instants[0]);
        return (await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, $"Shop:TimeZone={FactsGen.Zone.Id}"], b =>
        {
            b.Services.AddSingleton<TimeProvider>(clock);
            // By a clock that runs through years it would take old events away a minute after the start, between a refresh and the look at it.
            b.Services.Remove(b.Services.Single(s => s.ImplementationType == typeof(EventHousekeeping)));
            TargetedShop.Configure(b);
        }), clock);
    }

    // What rules are asked of is a copy; it must be one.
    private const string Strayed = """
        SELECT count(*) FROM segment_subjects t FULL JOIN (shoppers s LEFT JOIN shopper_features f ON f.shopper_id = s.id) ON s.id = t.shopper_id
        WHERE (t.shopper_id, t.consent_analytics, t.consent_personalisation, t.consent_email, t.consent_prices, t.birth_year, t.orders_count, t.sessions_30d, t.registered_at, t.last_order_at, t.last_seen_at,
               t.revenue_minor, t.value_year_minor, t.next_order_on, t.rfm_recency, t.rfm_frequency, t.rfm_monetary, t.churn_permille, t.country, t.city, t.postcode, t.language, t.organisation_kind,
               t.quiz_values, t.rollout_key, t.top_department, t.top_brand, t.top_category)
              IS DISTINCT FROM
              (s.id, s.consent_analytics, s.consent_personalisation, s.consent_email AND NOT s.is_suppressed, s.consent_prices AND NOT s.is_suppressed, s.birth_year, f.orders_count, f.sessions_30d, s.registered_at, f.last_order_at, f.last_seen_at,
               f.revenue_minor, f.value_year_minor, f.next_order_on, f.rfm_recency, f.rfm_frequency, f.rfm_monetary, f.churn_permille, s.country, s.city, s.postcode, s.language, s.organisation_kind,
               s.quiz_values, s.rollout_key, f.top_department, f.top_brand, f.top_category)
        """;

    /// <summary>What is stored is what asking everyone gives, for segments that are on and within their time.</summary>
    internal static async Task EqualAsync(ShopServer server, MovedClock clock, string when)
    {
        Assert.Equal(0, await server.ScalarAsync<long>(Strayed));
        await server.RefreshRulesAsync();
        var (book, counter, at) = (server.Services.GetRequiredService<ActiveRules>().Current, server.Services.GetRequiredService<SegmentCounter>(), new Moment(clock.Now, FactsGen.Zone));
        var slots = await server.WithDbAsync(db => db.SegmentSlots.AsNoTracking().ToDictionaryAsync(s => s.SegmentId));
        var members = await server.WithDbAsync(db => db.SegmentMembers.AsNoTracking().ToListAsync());
        var on = book.Active.Where(s => s.IsOn(at.AsOf)).ToList();
        Assert.Equal(on.Select(s => s.Id).Order(), slots.Keys.Order());
        foreach (var segment in on)
        {
            var bit = new SegmentBit(slots[segment.Id].Slot, segment.Compiled);
            var stored = members.Where(m => (m.Words[bit.Word] & bit.Mask) != 0).Select(m => m.ShopperId).ToHashSet();
            var full = await counter.MembersAsync(segment.Compiled, book.Segments, at, CancellationToken.None);
            Assert.True(stored.SetEquals(full), $"{when}, as of {at.AsOf:O}: {RuleJson.Write(segment.Compiled.Rule)} holds {full.Count}, stored are {stored.Count}; wrongly in {string.Join(", ", stored.Except(full))}, missing {string.Join(", ", full.Except(stored))}");
            Assert.Equal(full.Count, slots[segment.Id].Members);
        }
        var moves = await server.WithDbAsync(db => db.SegmentTransitions.AsNoTracking().OrderBy(t => t.Id).ToListAsync());
        foreach (var last in moves.GroupBy(t => (t.ShopperId, t.SegmentId)).Select(g => g.Last()).Where(t => slots.ContainsKey(t.SegmentId)))
            Assert.Equal(last.Entered, (members.Single(m => m.ShopperId == last.ShopperId).Words[slots[last.SegmentId].Slot / SegmentBit.PerWord] & 1L << slots[last.SegmentId].Slot % SegmentBit.PerWord) != 0);
    }
}
