using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

/// <summary>The shop's pages as another sees them, now and then.</summary>
public sealed class PreviewFrameTests(CampaignShop shop) : IClassFixture<CampaignShop>
{
    [Fact]
    public async Task The_frame_shows_the_page_of_the_shopper_without_leaving_a_trace()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser", Staff);
        var before = await EventsAsync(server);
        var frame = await FrameAsync(staff, "shopper=maya@example.com");
        using var answer = await staff.Client.GetAsync(frame);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var policy = string.Join(";", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.All(new[] { "script-src 'none'", "form-action 'none'", "connect-src 'none'", "sandbox allow-same-origin" }, part => Assert.Contains(part, policy, StringComparison.Ordinal));
        var page = await staff.ParseAsync(answer);
        Assert.Contains("For Luna", page.QuerySelectorAll("main h2").Select(h => h.TextContent.Trim()));
        Assert.Null(page.QuerySelector("#beacon"));
        Assert.Equal("_blank", page.QuerySelector("base")!.GetAttribute("target"));
        Assert.Equal(before, await EventsAsync(server));
        Assert.DoesNotContain("petshop.visitor", staff.CookieNames);
    }

    [Fact]
    public async Task A_view_of_a_product_in_a_frame_is_no_event()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser", Staff);
        var slug = await server.WithDbAsync(db => db.Products.Where(p => p.IsActive && p.InStock).OrderBy(p => p.Id).Select(p => p.Slug).FirstAsync());
        var frame = await FrameAsync(staff, $"shopper=maya@example.com&look=/products/{slug}");
        Assert.StartsWith($"/products/{slug}?preview=", frame, StringComparison.Ordinal);
        var before = await EventsAsync(server);
        await staff.GetAsync(frame);
        // A view by somebody real comes through the same queue, after it.
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        await visitor.GetAsync($"/products/{slug}");
        var id = visitor.IdOf()!.Value;
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1 AND type = 1", id);
        Assert.Equal(before, await EventsAsync(server));
    }

    [Fact]
    public async Task A_token_is_good_for_its_member_of_staff_only()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser", Staff);
        var frame = await FrameAsync(staff, "shopper=maya@example.com");
        using var another = server.SignedIn("merchandiser");
        using var shopper = server.SignedIn("shopper", Staff);
        using var stranger = server.NewVisitor();
        foreach (var asker in new[] { another, shopper, stranger })
        {
            using var answer = await asker.Client.GetAsync(frame);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        using var forged = await staff.Client.GetAsync("/?preview=CfDJ8nonsense");
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/account")]
    [InlineData("GET", "/cart")]
    [InlineData("GET", "/checkout")]
    [InlineData("GET", "/admin")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/t")]
    public async Task A_frame_shows_nothing_of_an_account_and_takes_nothing(string method, string path)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser", Staff);
        var token = (await FrameAsync(staff, "shopper=maya@example.com")).Split('?')[1];
        using var request = new HttpRequestMessage(new(method), $"{path}?{token}");
        using var answer = await staff.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_past_is_shown_with_the_banner_and_the_rule_of_then()
    {
        var server = await shop.ServerAsync();
        var now = DateTimeOffset.FromUnixTimeSeconds(await server.ScalarAsync<long>("SELECT extract(epoch FROM now())::bigint"));
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"any":[]}""");
        await server.ExecuteAsync("INSERT INTO segment_versions VALUES ($1, 1, '{\"v\":1,\"all\":[]}', now() - interval '20 days', 'a'), ($1, 2, '{\"v\":1,\"any\":[]}', now() - interval '2 days', 'a')", segment.Id);
        var banner = await server.AddBannerAsync("Title of now", 5000, [segment.Id]);
        await server.ExecuteAsync("UPDATE banner_versions SET saved_at = now() - interval '15 days', content = content || '{\"title\":\"Title of then\"}' WHERE banner_id = $1", banner.Id);
        await server.ExecuteAsync("UPDATE banners SET title = 'Title of now, edited' WHERE id = $1", banner.Id);
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser", Staff);

        var week = await PageAsync(staff, now.AddDays(-7));
        Assert.Equal("Title of then", (await staff.GetAsync(FrameOf(week))).QuerySelector(".banner__title")!.TextContent);
        Assert.Contains("Nothing is recorded of them then", week.QuerySelector("[aria-labelledby=saw]")!.TextContent, StringComparison.Ordinal);
        var yesterday = await PageAsync(staff, now.AddDays(-1));
        Assert.DoesNotContain("Title of then", (await staff.GetAsync(FrameOf(yesterday))).Body!.TextContent, StringComparison.Ordinal);
        await server.ExecuteAsync("UPDATE segment_versions SET is_active = false WHERE segment_id = $1 AND version = 1", segment.Id);
        Assert.DoesNotContain("Title of then", (await staff.GetAsync(FrameOf(await PageAsync(staff, now.AddDays(-7))))).Body!.TextContent, StringComparison.Ordinal);
        await server.ExecuteAsync("UPDATE segment_versions SET is_active = true WHERE segment_id = $1 AND version = 1", segment.Id);
        var month = await PageAsync(staff, now.AddDays(-17));
        Assert.Contains("made later", month.QuerySelector("details.card--notes")!.TextContent, StringComparison.Ordinal);
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
        Assert.Equal("Title of then", (await staff.GetAsync(FrameOf(await PageAsync(staff, now.AddDays(-7))))).QuerySelector(".banner__title")!.TextContent);
        // Once its segment is deleted as well, nobody can tell who was in it: the banner is named, not passed over.
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteDeleteAsync());
        var gone = await PageAsync(staff, now.AddDays(-7));
        Assert.DoesNotContain("Title of then", (await staff.GetAsync(FrameOf(gone))).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("“Title of now” was for a segment that has been deleted since", gone.QuerySelector("details.card--notes")!.TextContent, StringComparison.Ordinal);
        await server.ExecuteAsync("DELETE FROM banner_versions WHERE banner_id = $1", banner.Id);
        await server.RefreshRulesAsync();
    }

    [Fact]
    public async Task A_rule_is_asked_of_the_past_by_events_before_it_alone_and_what_was_really_seen_is_told()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"event":"product_viewed","count":{"op":">=","value":1},"within":{"last":2,"unit":"day"}}""");
        await server.ExecuteAsync("INSERT INTO segment_versions SELECT id, 1, rule, now() - interval '60 days', 'a' FROM segments WHERE id = $1", segment.Id);
        var banner = await server.AddBannerAsync("For who looks", 5000, [segment.Id]);
        await server.ExecuteAsync("UPDATE banner_versions SET saved_at = now() - interval '60 days' WHERE banner_id = $1", banner.Id);
        await server.RefreshRulesAsync();
        var shopper = await server.AddShopperAsync();
        await server.ExecuteAsync("INSERT INTO visitor_links VALUES (gen_random_uuid(), $1, now())", shopper);
        var now = DateTimeOffset.FromUnixTimeSeconds(await server.ScalarAsync<long>("SELECT extract(epoch FROM now())::bigint"));
        await server.ExecuteAsync("""
            INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, product_id, banner_id, placement, strategy) VALUES
            (gen_random_uuid(), now() - interval '10 days', 1, $1, $1, (SELECT min(id) FROM products), NULL, NULL, NULL),
            (gen_random_uuid(), now() - interval '9 days', 10, $1, $1, NULL, $2, 'home-strip', '3:B')
            """, shopper, banner.Id);
        using var staff = server.SignedIn("merchandiser", Staff);
        Assert.DoesNotContain(segment.Slug, (await PageAsync(staff, now.AddDays(-11), shopper)).QuerySelectorAll("main .tag").Select(t => t.TextContent));
        var then = await PageAsync(staff, now.AddDays(-9), shopper);
        Assert.Contains(segment.Slug, then.QuerySelectorAll("main .tag").Select(t => t.TextContent));
        Assert.Contains("saw For who looks, look B,", then.QuerySelector(".saw")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(segment.Slug, (await PageAsync(staff, now.AddDays(-7), shopper)).QuerySelectorAll("main .tag").Select(t => t.TextContent));
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteDeleteAsync());
        await server.RefreshRulesAsync();
    }

    [Fact]
    public async Task The_past_is_asked_with_what_was_agreed_to_then()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"attr":"orders.count","op":">=","value":0}""");
        await server.ExecuteAsync("INSERT INTO segment_versions SELECT id, 1, rule, now() - interval '60 days', 'a' FROM segments WHERE id = $1", segment.Id);
        await server.RefreshRulesAsync();
        var shopper = await server.AddShopperAsync();
        await server.ExecuteAsync("INSERT INTO visitor_links VALUES (gen_random_uuid(), $1, now())", shopper);
        // Refused twenty days ago, agreed ten days ago, as the account still has it.
        await server.ExecuteAsync("""
            INSERT INTO consent_receipts (id, shopper_id, analytics, personalisation, email, prices, text_version, text_hash, language, dialog_variant, method, given_at)
            SELECT gen_random_uuid(), $1, agrees, agrees, agrees, agrees, '1', 'x', 'en', 'dialog-1', 'choose', now() - days * interval '1 day' FROM (VALUES (false, 20), (true, 10)) a (agrees, days)
            """, shopper);
        var now = DateTimeOffset.FromUnixTimeSeconds(await server.ScalarAsync<long>("SELECT extract(epoch FROM now())::bigint"));
        using var staff = server.SignedIn("merchandiser", Staff);
        async Task<(bool IsIn, string Notes)> AtAsync(int days)
        {
            var page = await PageAsync(staff, now.AddDays(-days), shopper);
            return (page.QuerySelectorAll("main .tag").Any(t => t.TextContent == segment.Slug), page.QuerySelector("details.card--notes")!.TextContent);
        }
        var (before, refused, agreed) = (await AtAsync(30), await AtAsync(15), await AtAsync(5));
        Assert.Equal((false, false, true), (before.IsIn, refused.IsIn, agreed.IsIn));
        Assert.Contains("had not answered about consent yet", before.Notes, StringComparison.Ordinal);
        Assert.Contains("Fields of the account", agreed.Notes, StringComparison.Ordinal);
        // Taken back today: of a week ago it is asked as they had agreed then.
        await server.ExecuteAsync("UPDATE shoppers SET consent_analytics = false, consent_personalisation = false, consent_email = false, consent_prices = false WHERE id = $1", shopper);
        var (isIn, notes) = await AtAsync(5);
        Assert.True(isIn);
        Assert.Contains("taken back since", notes, StringComparison.Ordinal);
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteDeleteAsync());
        await server.RefreshRulesAsync();
    }

    private static readonly Guid Staff = Guid.CreateVersion7();

    private static Task<long> EventsAsync(ShopServer server) => server.ScalarAsync<long>("SELECT count(*) FROM events WHERE shopper_id = ANY($1)", (object)new[] { Staff, server.ScalarAsync<Guid>("SELECT id FROM shoppers WHERE email = 'maya@example.com'").GetAwaiter().GetResult() });

    private static async Task<string> FrameAsync(TestVisitor staff, string query) => FrameOf(await staff.GetAsync($"/admin/preview?{query}"));

    private static string FrameOf(IDocument page) => page.QuerySelector("iframe.preview-frame")!.GetAttribute("src")!;

    private static Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(TestVisitor staff, DateTimeOffset at, Guid? shopper = null)
    {
        var wall = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        return staff.GetAsync($"/admin/preview?shopper={shopper?.ToString() ?? "maya@example.com"}&when={wall:yyyy-MM-ddTHH:mm}");
    }
}
