using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Banners;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

public sealed class BannerVariantTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task A_visitor_who_agreed_keeps_the_variant_their_id_gives_and_what_they_see_is_counted_under_it()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server, "Looks", weightOfA: 0);
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        Assert.Equal("Looks, B", await visitor.BannerAsync());
        var spot = (await visitor.GetAsync("/")).QuerySelector(".banner[data-track=banner]")!;
        Assert.Equal($"{banner.Run}:B", spot.GetAttribute("data-strategy"));
        using var answer = await visitor.Client.PostAsJsonAsync("/t", new { events = new[] { new { id = Guid.CreateVersion7(), kind = "impression", on = "banner", banner = banner.Id, placement = "home-strip", position = 0, strategy = spot.GetAttribute("data-strategy") } } });
        Assert.Equal(1, await server.WithDbAsync(db => db.Events.CountAsync(e => e.BannerId == banner.Id && e.Type == EventType.BannerImpression && e.Strategy == "4:B")));
        var told = await BannerExperiments.Source.ReadAsync(server.Services, new(null, [visitor.IdOf()!.Value]), CancellationToken.None);
        Assert.Equal("B", Assert.Single(told)["variant"]);
        using var counter = new SqlCounter();
        var statements = await counter.GetAsync(visitor, "/");
        Assert.True(statements.Count <= 3, $"{statements.Count}:\n{string.Join("\n--\n", statements)}");
        await RemoveAsync(server, banner);
    }

    [Fact]
    public async Task Without_consent_everyone_sees_the_first_variant_and_nothing_is_counted()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server, "Plain", weightOfA: 0, holdout: 50);
        for (var i = 0; i < 4; i++)
        {
            using var visitor = server.NewVisitor();
            await visitor.AnswerAsync("refuse");
            Assert.Equal("Plain", await visitor.BannerAsync());
            Assert.Empty((await visitor.GetAsync("/")).QuerySelectorAll("[data-track=withheld]"));
        }
        await RemoveAsync(server, banner);
    }

    [Fact]
    public async Task The_share_that_is_held_out_sees_the_next_banner_and_is_counted_as_having_met_the_first()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server, "Kept from half", weightOfA: 50, holdout: 50);
        var next = await server.AddBannerAsync("The next", 2000, []);
        await server.RefreshRulesAsync();
        var (shown, withheld) = (0, 0);
        for (var i = 0; i < 30; i++)
        {
            using var visitor = server.NewVisitor();
            await visitor.AnswerAsync("accept");
            var page = await visitor.GetAsync("/");
            var title = page.QuerySelector(".banner__title")?.TextContent;
            if (page.QuerySelector("[data-track=withheld]") is { } mark)
            {
                Assert.Equal(("The next", $"{banner.Run}:holdout", $"{banner.Id}"), (title, mark.GetAttribute("data-strategy"), mark.GetAttribute("data-banner")));
                if (withheld++ == 0)
                    await MeetAsync(server, visitor, banner.Id, mark.GetAttribute("data-strategy")!);
            }
            else
            {
                Assert.StartsWith("Kept from half", title, StringComparison.Ordinal);
                shown++;
            }
        }
        Assert.True(shown >= 5 && withheld >= 5, $"{shown} saw it, {withheld} were held out");
        await RemoveAsync(server, banner);
        await RemoveAsync(server, next);
    }

    [Fact]
    public async Task A_variant_survives_the_sign_in_on_a_second_browser()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server, "Stays", weightOfA: 50);
        var shopper = await server.AddShopperAsync();
        var first = Guid.CreateVersion7().ToString("N");
        await server.ExecuteAsync("UPDATE shoppers SET rollout_key = $1 WHERE id = $2", first, shopper);
        var expected = BannerVariants.Experiment(banner)!.Assign(first).Name;
        for (var i = 0; i < 4; i++)
        {
            using var browser = server.SignedIn("shopper", shopper);
            await browser.AnswerAsync("accept");
            Assert.Equal(expected == "A" ? "Stays" : $"Stays, {expected}", await browser.BannerAsync());
        }
        await RemoveAsync(server, banner);
    }

    private static async Task MeetAsync(ShopServer server, TestVisitor visitor, int banner, string mark)
    {
        var met = new { id = Guid.CreateVersion7(), kind = "impression", on = "withheld", banner, placement = "home-strip", position = 0, strategy = mark };
        using var answer = await visitor.Client.PostAsJsonAsync("/t", new { events = new[] { met } });
        Assert.Equal(1, await server.WithDbAsync(db => db.Events.CountAsync(e => e.Id == met.id && e.Type == EventType.BannerWithheld && e.Strategy == mark)));
        using var click = await visitor.Client.PostAsJsonAsync("/t", new { events = new[] { met with { id = Guid.CreateVersion7(), kind = "click" } } });
        Assert.Equal(400, (int)click.StatusCode);
    }

    private static async Task<Banner> AddAsync(ShopServer server, string title, short weightOfA, short holdout = 0)
    {
        var banner = await server.WithDbAsync(async db =>
        {
            var added = db.Banners.Add(new()
            {
                Name = title, Title = title, LinkUrl = "/", LinkLabel = "Go", Placement = "home-strip", Priority = 3000, Weight = weightOfA, HoldoutPercent = holdout, Run = 4,
                Variants = BannerVariants.Write([new("B", 50, $"{title}, B", "", "parcel", 75, "Go")]),
            }).Entity;
            await db.SaveChangesAsync();
            return added;
        });
        await server.RefreshRulesAsync();
        return banner;
    }

    private static async Task RemoveAsync(ShopServer server, Banner banner)
    {
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
        await server.RefreshRulesAsync();
    }
}
