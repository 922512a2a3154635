using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Api;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Api;

/// <summary>The limit of a key holds over all replicas of the shop.</summary>
public sealed class BudgetTests
{
    private static readonly string[] Settings = ["Api:RequestsPerMinute=100"];

    [Fact]
    public async Task Two_replicas_together_give_a_key_its_limit_a_minute_and_no_more_for_a_statement_each_portion()
    {
        var clock = new MovedClock(new DateTimeOffset(2026, 11, 20, 9, 0, 30, TimeSpan.Zero));
        await using var first = await ApiSteps.StartAsync(await TestDatabase.EmptyAsync(), clock, Settings);
        await using var second = await ApiSteps.StartAsync(first.Database, clock, Settings, ownsDatabase: false);
        var key = await first.WithAsync<ApiKeys, string>(k => k.MakeAsync("busy", ["segments:read"], null, "tests", CancellationToken.None));
        using var one = first.ProgramWith(key);
        using var other = second.ProgramWith(key);

        var answers = await Task.WhenAll(Enumerable.Range(0, 160).Select(i => (i % 2 == 0 ? one : other).GetReplyAsync("/api/v1/segments?limit=1")));
        var refused = answers.Where(a => (int)a.Status == 429).ToList();
        Assert.All(answers.Except(refused), a => a.Ok());
        // Each takes what it gives out in portions of five, so none is left over here.
        Assert.Equal(60, refused.Count);
        Assert.All(refused, a => Assert.Equal("30", a.Headers["Retry-After"]));
        var taken = await first.WithDbAsync(db => db.ApiBudgets.AsNoTracking().SingleAsync());
        Assert.InRange(taken.Taken, 100, 100 + 2 * 100 / SharedBudget.Portions);

        clock.Now += TimeSpan.FromSeconds(29);
        (await other.GetReplyAsync("/api/v1/segments")).Problem(429, "too_many");
        clock.Now += TimeSpan.FromSeconds(1);
        (await other.GetReplyAsync("/api/v1/segments")).Ok();
        clock.Now += TimeSpan.FromMinutes(2);
        (await one.GetReplyAsync("/api/v1/segments")).Ok();
        // Minutes that are over leave nothing behind.
        Assert.Equal(1, await first.WithDbAsync(db => db.ApiBudgets.CountAsync()));
    }

    [Fact]
    public async Task A_replica_that_stops_in_the_middle_takes_a_portion_with_it_at_most()
    {
        var clock = new MovedClock(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        await using var first = await ApiSteps.StartAsync(await TestDatabase.EmptyAsync(), clock, Settings);
        var key = await first.WithAsync<ApiKeys, string>(k => k.MakeAsync("busy", ["segments:read"], null, "tests", CancellationToken.None));
        await using (var second = await ApiSteps.StartAsync(first.Database, clock, Settings, ownsDatabase: false))
        using (var gone = second.ProgramWith(key))
            (await gone.GetReplyAsync("/api/v1/segments")).Ok();
        using var left = first.ProgramWith(key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 110).Select(_ => left.GetReplyAsync("/api/v1/segments?limit=1")));
        Assert.Equal(95, answers.Count(a => (int)a.Status == 200));
    }
}
