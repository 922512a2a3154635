using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Tracking;

public sealed class HousekeepingTests(TrackedShop shop) : IClassFixture<TrackedShop>
{
    [Fact]
    public async Task Old_events_go_coming_months_are_ready_and_the_job_log_says_so()
    {
        var server = await shop.ServerAsync();
        var month = await server.ScalarAsync<string>("SELECT 'events_' || to_char(now() - interval '16 months', 'YYYYMM')");
        await server.ScalarAsync<int>("SELECT ensure_event_partitions((now() - interval '16 months')::date, (now() - interval '16 months')::date)");
        await server.ScalarAsync<long>("""
            INSERT INTO events (id, occurred_at, type, visitor_id)
            SELECT gen_random_uuid(), at, 1, gen_random_uuid()
            FROM unnest(ARRAY[now() - interval '16 months', now() - interval '5 years', now() - interval '12 months', now()]) at RETURNING 1::bigint
            """);
        await server.ScalarAsync<long>("INSERT INTO dropped_events VALUES ((now() - interval '26 months')::date, 'old', 1), ((now() - interval '24 months')::date, 'kept', 1) RETURNING 1::bigint");

        var detail = await server.Services.GetServices<IHostedService>().OfType<EventHousekeeping>().Single().RunAsync(default);

        Assert.Equal(2, await server.ScalarAsync<long>("SELECT count(*) FROM events"));
        Assert.False(await server.ScalarAsync<bool>("SELECT to_regclass($1) IS NOT NULL", month));
        Assert.Contains($"partition {month}", detail);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM dropped_events WHERE reason = 'old'"));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM dropped_events WHERE reason = 'kept'"));
        Assert.True(await server.ScalarAsync<bool>("SELECT to_regclass('events_' || to_char(now() + interval '3 months', 'YYYYMM')) IS NOT NULL"));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE name = 'retention' AND succeeded AND finished_at IS NOT NULL AND detail = $1", detail!));
    }

    [Fact]
    public async Task A_run_that_fails_is_recorded_as_failed_and_the_next_one_may_run()
    {
        var server = await shop.ServerAsync();
        var housekeeping = server.Services.GetServices<IHostedService>().OfType<EventHousekeeping>().Single();
        await server.ExecuteAsync("ALTER TABLE dropped_events RENAME TO dropped_events_away");
        await Assert.ThrowsAnyAsync<Exception>(() => housekeeping.RunAsync(default));
        Assert.Equal("failed", await server.ScalarAsync<string>("SELECT CASE WHEN succeeded OR finished_at IS NULL OR detail NOT LIKE 'Failed: %dropped_events%' THEN detail ELSE 'failed' END FROM job_runs WHERE name = 'retention' ORDER BY id DESC LIMIT 1"));
        await server.ExecuteAsync("ALTER TABLE dropped_events_away RENAME TO dropped_events");
        Assert.NotNull(await housekeeping.RunAsync(default));
        Assert.True(await server.ScalarAsync<bool>("SELECT succeeded FROM job_runs WHERE name = 'retention' ORDER BY id DESC LIMIT 1"));
    }
}
