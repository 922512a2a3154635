using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>What happened counts after the next round of the jobs, however late the shop hears of it.</summary>
public sealed class FreshnessTests
{
    [Fact]
    public async Task An_event_is_in_stored_membership_after_one_round()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var (shopper, job) = (await server.AddShopperAsync(), Job<MembershipJob>(server));
        await server.AddSegmentAsync("searchers", """{"v":1,"event":"searched","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}}""");
        await job.RunAsync(CancellationToken.None);
        Assert.False(await IsMemberAsync(server, shopper, "searchers"));
        await WriteAsync(server, shopper, clock.Now.AddSeconds(-1));
        await job.RunAsync(CancellationToken.None);
        Assert.True(await IsMemberAsync(server, shopper, "searchers"));
    }

    [Fact]
    public async Task An_event_that_waited_in_the_spool_for_days_counts_at_once_in_the_features_too()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var (shopper, features, members) = (await server.AddShopperAsync(), Job<ShopperFeaturesJob>(server), Job<MembershipJob>(server));
        await server.AddSegmentAsync("seen", """{"v":1,"attr":"behaviour.days_since_visit","op":"<=","value":3}""");
        await features.RunAsync(CancellationToken.None);
        await members.RunAsync(CancellationToken.None);
        Assert.False(await IsMemberAsync(server, shopper, "seen"));
        await WriteAsync(server, shopper, clock.Now.AddDays(-2));
        await features.RunAsync(CancellationToken.None);
        await members.RunAsync(CancellationToken.None);
        Assert.True(await IsMemberAsync(server, shopper, "seen"));
        Assert.False(await server.WithDbAsync(db => db.FeatureMarks.AnyAsync()));
        Assert.Equal(1, await server.WithDbAsync(db => db.JobRuns.CountAsync(r => r.Name == ShopperFeaturesJob.JobName)));
    }

    [Fact]
    public async Task An_event_by_a_clock_that_runs_ahead_counts_as_soon_as_its_moment_has_come()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var (shopper, features) = (await server.AddShopperAsync(), Job<ShopperFeaturesJob>(server));
        await features.RunAsync(CancellationToken.None);
        await WriteAsync(server, shopper, clock.Now.AddSeconds(5));
        await features.RunAsync(CancellationToken.None);
        Assert.Null(await server.WithDbAsync(db => db.ShopperFeatures.Select(f => f.LastSeenAt).SingleAsync()));
        clock.Now = clock.Now.AddSeconds(30);
        await features.RunAsync(CancellationToken.None);
        Assert.NotNull(await server.WithDbAsync(db => db.ShopperFeatures.Select(f => f.LastSeenAt).SingleAsync()));
    }

    private static T Job<T>(ShopServer server)
        where T : IHostedService => server.Services.GetServices<IHostedService>().OfType<T>().Single();

    private static async Task WriteAsync(ShopServer server, Guid shopper, DateTimeOffset at)
    {
        await using var connection = await server.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await EventTable.InsertAsync(connection, [new() { Id = Guid.CreateVersion7(), Type = EventType.Searched, OccurredAt = at, VisitorId = shopper, ShopperId = shopper, Query = "hay" }], CancellationToken.None);
    }

    private static Task<bool> IsMemberAsync(ShopServer server, Guid shopper, string slug) => server.ScalarAsync<bool>(
        "SELECT coalesce(bool_or(m.words[1 + k.slot / 62] & (1::bigint << k.slot % 62) <> 0), false) FROM segment_members m, segment_slots k JOIN segments s ON s.id = k.segment_id WHERE m.shopper_id = $1 AND s.slug = $2", shopper, slug);
}
