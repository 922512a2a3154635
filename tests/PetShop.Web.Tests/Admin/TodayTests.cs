using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Events;
using PetShop.Data.Orders;
using PetShop.TestHost;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

public sealed partial class TodayTests(ClockedShop shop) : IClassFixture<ClockedShop>
{
    /// <summary>The moment of asking, the midnight before it, and both a week earlier, by the clocks of Berlin: an ordinary day, one of 25 hours and one of 23.</summary>
    public static readonly TheoryData<string, string, string, string> Days = new()
    {
        { "2026-06-15T16:00Z", "2026-06-14T22:00Z", "2026-06-08T16:00Z", "2026-06-07T22:00Z" },
        { "2026-10-25T17:00Z", "2026-10-24T22:00Z", "2026-10-18T16:00Z", "2026-10-17T22:00Z" },
        { "2026-03-29T16:00Z", "2026-03-28T23:00Z", "2026-03-22T17:00Z", "2026-03-21T23:00Z" },
    };

    [Theory, MemberData(nameof(Days))]
    public async Task The_figures_of_today_and_of_last_week_count_what_happened_between_midnight_and_this_hour(string asked, string midnight, string lastWeek, string itsMidnight)
    {
        var server = await shop.ServerAsync();
        var (now, from, before, beforeFrom) = (DateTimeOffset.Parse(asked), DateTimeOffset.Parse(midnight), DateTimeOffset.Parse(lastWeek), DateTimeOffset.Parse(itsMidnight));
        var second = TimeSpan.FromSeconds(1);
        // Today: 4 visitors of whom 1 bought, 1 of 4 rails and 1 of 5 banners clicked; one order is cancelled.
        var day = new Happened().At(from).See(1).Order(1000)
            .At(now - second).Do(2, EventType.Purchased).Do(2, EventType.RailImpression, 4).Do(2, EventType.RailClicked).Do(3, EventType.BannerImpression, 5).Do(3, EventType.BannerClicked).See(4).See(4)
            .Order(2550).Order(99_999, OrderStatus.Cancelled)
            // On the other sides of midnight and of now.
            .At(from - second).Do(6, EventType.Purchased).Do(6, EventType.RailClicked).Order(777)
            .At(now + second).Do(5, EventType.Purchased).Do(5, EventType.BannerImpression).Order(4000)
            // A week ago: 2 visitors of whom 1 bought, 2 of 10 rails and 1 of 4 banners.
            .At(beforeFrom).Do(7, EventType.RailImpression, 10).Do(7, EventType.RailClicked, 2)
            .At(before - second).Do(8, EventType.Purchased).Do(8, EventType.BannerImpression, 4).Do(8, EventType.BannerClicked).Order(2000).Order(50, OrderStatus.Cancelled)
            .At(beforeFrom - second).See(9).Order(5).At(before + second).Do(10, EventType.Purchased).Order(4000);
        await server.WithDbAsync(db =>
        {
            db.Events.AddRange(day.Events);
            db.Orders.AddRange(day.Orders);
            return db.SaveChangesAsync();
        });
        shop.Clock.Set(now);

        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin");
        Assert.Equal(
        [
            "Visitors 4 ▲up by 100 % last week 2", "Orders 2 ▲up by 100 % last week 1", "Revenue €35.50 ▲up by 78 % last week €20.00", "Conversion 25.0 % ▼down by 50 % last week 50.0 %",
            "Rail clicks 25.0 % ▲up by 25 % last week 20.0 %", "Banner clicks 20.0 % ▼down by 20 % last week 25.0 %",
        ], page.QuerySelectorAll(".figures .figure").Select(f => Spaces().Replace(f.TextContent, " ").Trim()));
        var days = await server.Services.GetRequiredService<DailyFigures>().LastDaysAsync(8, CancellationToken.None);
        Assert.Equal(new DayFigures(days[^1].Day.AddDays(-1)) { Visitors = 1, Buyers = 1, RailsClicked = 1, Orders = 1, RevenueMinor = 777 }, days[^2]);
        // All of the day a week ago, its evening as well.
        Assert.Equal((3, 2, 6000L), (days[0].Visitors, days[0].Orders, days[0].RevenueMinor));
    }

    /// <summary>Rows at known moments.</summary>
    private sealed class Happened
    {
        private readonly Guid[] _visitors = [.. Enumerable.Range(0, 11).Select(_ => Guid.CreateVersion7())];
        private DateTimeOffset _at;

        public List<ShopEvent> Events { get; } = [];
        public List<Order> Orders { get; } = [];

        public Happened At(DateTimeOffset at)
        {
            _at = at;
            return this;
        }

        public Happened See(int visitor) => Do(visitor, EventType.ProductViewed);

        public Happened Do(int visitor, EventType type, int times = 1)
        {
            for (var i = 0; i < times; i++)
                Events.Add(new() { Id = Guid.CreateVersion7(_at), OccurredAt = _at, Type = type, VisitorId = _visitors[visitor] });
            return this;
        }

        public Happened Order(long totalMinor, OrderStatus status = OrderStatus.Placed)
        {
            Orders.Add(new()
            {
                Number = Guid.NewGuid().ToString("N"), CheckoutKey = Guid.NewGuid(), Email = "a@example.com", Status = status, PlacedAt = _at, GoodsMinor = totalMinor, TotalMinor = totalMinor,
                Currency = "EUR", DeliveryMethod = "standard", PaymentMethod = "invoice", FullName = "Ada", Line1 = "Way 1", Postcode = "10115", City = "Berlin", Country = "DE",
            });
            return this;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
