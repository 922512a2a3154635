using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

/// <summary>The demo shop with its segments and banners, and staff who sign in by header.</summary>
public sealed class CampaignShop : ShopFixture
{
    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.DemoAsync(), TargetedShop.Settings, TargetedShop.Configure);
}

public sealed class CampaignTests(CampaignShop shop) : IClassFixture<CampaignShop>
{
    [Fact]
    public async Task One_click_moves_a_visitor_into_an_interest_segment_at_the_next_request()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"event":"product_viewed","where":{"attr":"category","op":"in_tree","value":"fish"},"count":{"op":">=","value":1},"within":{"last":1,"unit":"day"}}""");
        var banner = await server.AddBannerAsync("For who looks at fish", 1000, [segment.Id]);
        await server.RefreshRulesAsync();
        var (ofFish, ofDogs) = (await PathAsync("fish"), await PathAsync("dog"));
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        using var another = server.NewVisitor();
        await another.AnswerAsync("refuse");
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        await visitor.GetAsync(ofDogs);
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        await visitor.GetAsync(ofFish);
        await another.GetAsync(ofFish);
        Assert.Equal(banner.Title, await visitor.BannerAsync());
        Assert.NotEqual(banner.Title, await another.BannerAsync());
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
        await server.RefreshRulesAsync();
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/", false)]
    [InlineData("/shop/dog", true)]
    [InlineData("/shop/dog/dog-food", true)]
    [InlineData("/cart", true)]
    public async Task A_warm_page_with_a_banner_takes_at_most_three_round_trips(string path, bool known)
    {
        var server = await shop.ServerAsync();
        if (path.Count(c => c == '/') > 2)
            await server.WithDbAsync(async db => await db.Banners.Where(b => b.Placement == "category-strip").ExecuteUpdateAsync(set => set.SetProperty(b => b.SegmentIds, Array.Empty<int>())));
        await server.RefreshRulesAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync(known ? "accept" : "refuse");
        if (known)
            await visitor.GetAsync(await PathAsync("dog"));
        Assert.NotEmpty((await visitor.GetAsync(path)).QuerySelectorAll("[data-track=banner]"));
        using var counter = new SqlCounter();
        await counter.GetAsync(visitor, path);
        var statements = await counter.GetAsync(visitor, path);
        Assert.True(statements.Count <= 3, $"{statements.Count}:\n{string.Join("\n--\n", statements)}");
    }

    [Fact]
    public async Task The_preview_shows_a_shoppers_banners_and_rails_and_records_nothing()
    {
        var server = await shop.ServerAsync();
        var before = await EventsAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/preview?shopper=maya@example.com");
        Assert.Contains("Maya", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("For Luna", page.QuerySelectorAll("#rails h3").Select(h => h.TextContent));
        var products = page.QuerySelectorAll("#rails [data-product]").Select(p => p.GetAttribute("data-product")).ToList();
        Assert.True(products.Count >= 8);
        Assert.Equal(products.Count, products.Distinct().Count());
        Assert.Empty(page.QuerySelectorAll("main [data-track=banner], main [data-track=rail]"));
        Assert.Equal(before, await EventsAsync());
        var stranger = await staff.GetAsync("/admin/preview");
        Assert.DoesNotContain("For Luna", stranger.QuerySelectorAll("#rails h3").Select(h => h.TextContent));
        Assert.NotEmpty(stranger.QuerySelectorAll("#rails [data-product]"));
    }

    [Theory]
    [InlineData("device=phone&when=2035-06-01T20:00", true)]
    [InlineData("device=phone&when=2035-06-01T17:00", false)]
    [InlineData("device=desktop&when=2035-06-01T20:00", false)]
    public async Task The_preview_looks_at_any_moment_and_device(string chosen, bool isEvening)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/preview?kind=agreed&{chosen}");
        Assert.Equal(isEvening, page.QuerySelectorAll("main .tag").Any(t => t.TextContent == "Evening phone browsers"));
        Assert.Contains("Friday", page.QuerySelector("main p.cluster")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<string> PathAsync(string department) => "/products/" + await (await shop.ServerAsync()).WithDbAsync(db =>
        db.Products.Where(p => p.IsActive && p.InStock && p.Department == department).OrderBy(p => p.Id).Select(p => p.Slug).FirstAsync());

    private async Task<long> EventsAsync() => await (await shop.ServerAsync()).ScalarAsync<long>("SELECT count(*) FROM events WHERE shopper_id = (SELECT id FROM shoppers WHERE email = 'maya@example.com')");
}
