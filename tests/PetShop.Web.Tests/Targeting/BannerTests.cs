using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting;

public sealed class BannerTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    private const string Everyone = """{"v":1,"all":[]}""";
    private const string Nobody = """{"v":1,"any":[]}""";

    [Fact]
    public async Task An_edit_of_a_segment_changes_the_banner_of_the_next_page_here_and_on_another_replica()
    {
        var here = await shop.ServerAsync();
        var segment = await here.AddSegmentAsync($"s-{Guid.NewGuid():N}", Nobody);
        var banner = await here.AddBannerAsync($"Edited {segment.Id}", 1000, [segment.Id]);
        await here.RefreshRulesAsync();
        var there = await ShopServer.StartAsync(here.Database, TargetedShop.Settings, TargetedShop.Configure);
        try
        {
            using var visitor = here.NewVisitor();
            using var other = there.NewVisitor();
            Assert.NotEqual(banner.Title, await visitor.BannerAsync());
            Assert.NotEqual(banner.Title, await other.BannerAsync());
            using var staff = here.SignedIn("merchandiser");
            var editor = await staff.GetAsync($"/admin/segments/{segment.Id}");
            var question = await staff.SubmitAsync(editor.QuerySelector("form#segment")!, ("Input.Mode", "json"), ("Input.Json", Everyone), ("action", "save"));
            await staff.SubmitAsync(question.QuerySelector("form#segment")!, ("action", "confirm"));
            Assert.Equal(banner.Title, await visitor.BannerAsync());
            await other.BannerBecomesAsync(banner.Title);
        }
        finally
        {
            await there.App.StopAsync();
            await there.App.DisposeAsync();
            await here.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
        }
    }

    [Fact]
    public async Task A_pet_makes_a_shopper_a_member_at_once_and_withdrawn_consent_ends_it()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"horse"}}""");
        var banner = await server.AddBannerAsync($"Horses {segment.Id}", 900, [segment.Id]);
        await server.RefreshRulesAsync();
        var shopper = await server.AddShopperAsync();
        using var visitor = server.SignedIn("shopper", shopper);
        await visitor.AnswerAsync("accept");
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        await server.ScalarAsync<long>("INSERT INTO pets (id, shopper_id, name, species, allergies, created_at) VALUES (gen_random_uuid(), $1, 'Juno', 'horse', '{}', now()) RETURNING 1::bigint", shopper);
        await visitor.BannerBecomesAsync(banner.Title);
        await visitor.AnswerAsync("refuse");
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
    }

    [Fact]
    public async Task A_link_of_a_campaign_on_another_site_brings_its_banner()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"all":[{"attr":"visit.campaign","op":"is","value":"spring puppies"},{"attr":"visit.referrer","op":"is","value":"news.example"},{"attr":"visit.device","op":"is","value":"desktop"},{"attr":"visit.country","op":"is","value":"NL"}]}""");
        var banner = await server.AddBannerAsync($"Puppies {segment.Id}", 950, [segment.Id]);
        await server.RefreshRulesAsync();
        async Task<string?> ArriveAsync(string path, string from)
        {
            using var visitor = server.NewVisitor(c => c.DefaultRequestHeaders.AcceptLanguage.ParseAdd("nl-NL"));
            await visitor.AnswerAsync("accept");
            visitor.Client.DefaultRequestHeaders.Referrer = new(from);
            await visitor.GetAsync(path);
            visitor.Client.DefaultRequestHeaders.Referrer = null;
            // The visit remembers where it came from.
            return await visitor.BannerAsync();
        }
        Assert.Equal(banner.Title, await ArriveAsync("/help?utm_campaign=spring%20puppies", "https://news.example/pets"));
        Assert.NotEqual(banner.Title, await ArriveAsync("/help?utm_campaign=autumn", "https://news.example/pets"));
        Assert.NotEqual(banner.Title, await ArriveAsync("/help?utm_campaign=spring%20puppies", "https://other.example/pets"));
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task The_page_a_campaign_leads_to_knows_it_before_any_answer_and_the_next_page_does_not()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"all":[{"attr":"visit.campaign","op":"is","value":"summer"},{"attr":"visit.referrer","op":"is","value":"news.example"}]}""");
        var banner = await server.AddBannerAsync($"Summer {segment.Id}", 960, [segment.Id]);
        await server.RefreshRulesAsync();
        using var visitor = server.NewVisitor();
        visitor.Client.DefaultRequestHeaders.Referrer = new("https://news.example/pets");
        Assert.Equal(banner.Title, (await visitor.GetAsync("/?utm_campaign=summer")).QuerySelector(".banner__title")?.TextContent);
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        visitor.Client.DefaultRequestHeaders.Referrer = null;
        await visitor.AnswerAsync("refuse");
        visitor.Client.DefaultRequestHeaders.Referrer = new("https://news.example/pets");
        Assert.Equal(banner.Title, (await visitor.GetAsync("/?utm_campaign=summer")).QuerySelector(".banner__title")?.TextContent);
        Assert.DoesNotContain(visitor.CookieNames, c => c is VisitorCookies.Visitor or VisitorCookies.Session);
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task A_banner_rests_once_it_was_seen_as_often_as_its_cap_allows()
    {
        var server = await shop.ServerAsync();
        var banner = await server.AddBannerAsync("Twice a day", 800, [], cap: 2);
        await server.RefreshRulesAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        for (var seen = 0; seen < 2; seen++)
        {
            Assert.Equal(banner.Title, await visitor.BannerAsync());
            using var answer = await visitor.Client.PostAsJsonAsync("/t", new { events = new[] { new { id = Guid.CreateVersion7(), kind = "impression", on = "banner", banner = banner.Id, placement = "home-strip", position = 0 } } });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        using var somebodyElse = server.NewVisitor();
        Assert.Equal(banner.Title, await somebodyElse.BannerAsync());
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task The_home_page_has_one_heading_and_a_hero_with_or_without_banners()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        Assert.Single((await visitor.GetAsync("/")).QuerySelectorAll("h1"));
    }
}
