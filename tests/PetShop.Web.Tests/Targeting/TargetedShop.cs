using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Data.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;

namespace PetShop.Web.Tests.Targeting;

/// <summary>A shop without background jobs, whose visitors sign in by the headers X-Shopper and X-Role.</summary>
public sealed class TargetedShop : ShopFixture
{
    public static readonly string[] Settings = ["Targeting:RunJobs=false", "Tracking:FlushInterval=00:00:00.020", "Tracking:HeadlessIsBot=false"];

    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), Settings, Configure);

    public static void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter, HeaderSignIn>();

    private sealed class HeaderSignIn : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (http.Request.Headers["X-Shopper"].ToString() is { Length: > 0 } id)
                    http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Name, "staff@example.com"), new(ClaimTypes.Role, http.Request.Headers["X-Role"].ToString())], "test"));
                return rest(http);
            });
            next(app);
        };
    }
}

/// <summary>What these tests ask of a shop again and again.</summary>
public static class TargetedShopSteps
{
    public static TestVisitor SignedIn(this ShopServer shop, string role, Guid? shopper = null) => shop.NewVisitor(c =>
    {
        c.DefaultRequestHeaders.Add("X-Shopper", (shopper ?? Guid.CreateVersion7()).ToString());
        c.DefaultRequestHeaders.Add("X-Role", role);
    });

    public static async Task<T> WithDbAsync<T>(this ShopServer shop, Func<PetShopDb, Task<T>> work)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PetShopDb>());
    }

    /// <summary>A segment as if saved here: the next page of this shop knows it.</summary>
    public static async Task<Segment> AddSegmentAsync(this ShopServer shop, string slug, string rule)
    {
        var segment = await shop.StoreSegmentAsync(slug, rule);
        await shop.RefreshRulesAsync();
        return segment;
    }

    /// <summary>A segment as if saved by another replica: this shop hears of it some milliseconds later.</summary>
    public static Task<Segment> StoreSegmentAsync(this ShopServer shop, string slug, string rule) => shop.WithDbAsync(async db =>
    {
        var segment = db.Segments.Add(new() { Slug = slug, Name = slug, Rule = rule, IsActive = true }).Entity;
        await db.SaveChangesAsync();
        return segment;
    });

    public static Task<Banner> AddBannerAsync(this ShopServer shop, string title, int priority, int[] segments, short? cap = null) => shop.WithDbAsync(async db =>
    {
        var banner = db.Banners.Add(new() { Name = title, Title = title, LinkUrl = "/", LinkLabel = "Go", Placement = "home-strip", Priority = priority, SegmentIds = segments, DailyCap = cap }).Entity;
        await db.SaveChangesAsync();
        return banner;
    });

    public static async Task<string?> BannerAsync(this TestVisitor visitor) => (await visitor.GetAsync("/")).QuerySelector(".banner__title")?.TextContent;

    public static Task RefreshRulesAsync(this ShopServer shop) => shop.Services.GetRequiredService<ActiveRules>().RefreshAsync(CancellationToken.None);

    /// <summary>Asks until the banner is the one expected, for at most ten seconds.</summary>
    public static async Task BannerBecomesAsync(this TestVisitor visitor, string? expected)
    {
        var actual = await visitor.BannerAsync();
        for (var i = 0; i < 100 && actual != expected; i++, actual = await visitor.BannerAsync())
            await Task.Delay(100);
        Assert.Equal(expected, actual);
    }
}
