using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting.Insight;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Each day of a segment is that of its members at the day's first moment, whenever it is written.</summary>
public sealed class SegmentDaysTests
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_order_that_moves_its_buyer_out_counts_for_the_segment_they_left()
    {
        var clock = new MovedClock(Monday);
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, "Shop:TimeZone=Europe/Berlin"], b =>
        {
            b.Services.AddSingleton<TimeProvider>(clock);
            TargetedShop.Configure(b);
        });
        var (source, membership, days) = (server.Services.GetRequiredService<NpgsqlDataSource>(), server.Services.GetRequiredService<SegmentMembership>(), server.Services.GetRequiredService<SegmentDays>());
        var (buyer, idle) = (await server.AddShopperAsync(), await server.AddShopperAsync());
        var segment = await server.AddSegmentAsync("silent", """{"v":1,"event":"purchased","count":{"op":"<","value":1},"within":{"last":30,"unit":"day"}}""");
        await membership.RefreshAsync(CancellationToken.None);
        Assert.Equal(0, await days.CatchUpAsync(CancellationToken.None));

        clock.Now = Monday.AddDays(1);
        await source.StoreAsync(buyer, new BehaviourFacts(BehaviourType.Purchased, clock.Now.AddMinutes(-5)));
        await OrderAsync(source, buyer, clock.Now.AddMinutes(-5), 4200);
        await membership.RefreshAsync(CancellationToken.None);
        clock.Now = Monday.AddDays(3);
        await membership.RefreshAsync(CancellationToken.None);

        // Two nights were missed: both days are made up for. The first one had no known beginning.
        Assert.Equal(2, await days.CatchUpAsync(CancellationToken.None));
        Assert.Equal(0, await days.CatchUpAsync(CancellationToken.None));
        var written = await server.WithDbAsync(db => db.SegmentDays.AsNoTracking().OrderBy(d => d.Day).ThenBy(d => d.SegmentId).ToListAsync());
        Assert.Equal(
            [(0, 5, 2, 1, 1, 1, 0, 1, 4200L), (segment.Id, 5, 2, 1, 1, 1, 0, 1, 4200L), (0, 6, 2, 0, 0, 0, 0, 0, 0L), (segment.Id, 6, 1, 0, 0, 0, 0, 0, 0L)],
            written.Select(d => (d.SegmentId, d.Day.Day, d.Members, d.Visitors, d.BuyingVisitors, d.Buyers, d.RepeatBuyers, d.Orders, d.RevenueMinor)));

        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}/playbook");
        Assert.Equal(5, page.QuerySelectorAll("[aria-labelledby=days] figure").Length);
        Assert.Contains("something they did", page.QuerySelector("[aria-labelledby=moves]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No banner names it", page.QuerySelector("[aria-labelledby=banners]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("50.0\u00a0% of all shoppers", page.QuerySelector("[aria-labelledby=lately]")!.TextContent, StringComparison.Ordinal);

        // A banner kept from the members is shown to the rest; what a member met stands by itself.
        var banner = await server.AddBannerAsync("For all", 1, []);
        await server.ExecuteAsync("UPDATE banners SET excluded_segment_ids = ARRAY[$1::int]", segment.Id);
        await server.ExecuteAsync("""
            INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, banner_id)
            SELECT gen_random_uuid(), $4, t, gen_random_uuid(), s, $3 FROM (VALUES ($1::uuid, 10), ($2, 10), ($2, 10), ($2, 11), (NULL, 10)) e (s, t)
            """, idle, buyer, banner.Id, clock.Now.AddHours(-1).UtcDateTime);
        page = await staff.GetAsync($"/admin/segments/{segment.Id}/playbook");
        Assert.Equal(["1", "0, 0.0\u00a0%", "3", "1, 33.3\u00a0%"], page.QuerySelectorAll("[aria-labelledby=banners] tbody td.numeric").Select(c => c.TextContent));
    }

    private static Task OrderAsync(NpgsqlDataSource source, Guid shopper, DateTimeOffset at, long total) => source.RunAsync("""
        INSERT INTO orders (number, checkout_key, shopper_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
        VALUES (gen_random_uuid()::text, gen_random_uuid(), $1, 'a@example.com', 2, $2, 'EUR', $3, 0, $3, 'standard', 'invoice', 'Ada', 'Way 1', '10115', 'Berlin', 'DE')
        """, shopper, at.UtcDateTime, total);
}
