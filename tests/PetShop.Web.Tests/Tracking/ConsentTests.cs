using System.Net;
using AngleSharp.Dom;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Tracking;

public sealed class ConsentTests(TrackedShop shop) : IClassFixture<TrackedShop>
{
    [Fact]
    public async Task A_fresh_visitor_gets_no_cookie_and_leaves_no_event()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        await visitor.ViewAsync(4001);
        Assert.Empty(visitor.CookieNames);
        await server.EventuallyAsync(1, "SELECT least(sum(count), 1)::bigint FROM dropped_events WHERE reason = 'no-consent'");
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE product_id = 4001"));
    }

    [Fact]
    public async Task A_refused_visitor_keeps_the_answer_and_nothing_else()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        const string Receipts = "SELECT count(*) FROM consent_receipts WHERE method = 'refuse' AND visitor_id IS NULL AND NOT analytics";
        var before = await server.ScalarAsync<long>(Receipts);
        await visitor.AnswerAsync("refuse");
        await visitor.ViewAsync(4002);
        Assert.Equal([VisitorCookies.Consent], visitor.CookieNames);
        var value = visitor.Cookies.GetCookies(visitor.Client.BaseAddress!)[VisitorCookies.Consent]!.Value;
        Assert.Equal($"{ConsentText.Version}~0000", value);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE product_id = 4002"));
        Assert.Equal(before + 1, await server.ScalarAsync<long>(Receipts));
    }

    [Fact]
    public async Task A_consenting_visitor_is_recorded_with_visit_device_and_origin()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        visitor.Client.DefaultRequestHeaders.Referrer = new("https://news.example/pets");
        (await visitor.Client.GetAsync("/test/view/4003?utm_campaign=spring%20clean")).Dispose();
        Assert.Equal([VisitorCookies.Consent, VisitorCookies.Session, VisitorCookies.Visitor], visitor.CookieNames.Order());
        await server.EventuallyAsync(1, """
            SELECT count(*) FROM events WHERE product_id = 4003 AND visitor_id = $1 AND session_id IS NOT NULL AND device = 'desktop'
              AND referrer_host = 'news.example' AND campaign = 'spring clean'
            """, visitor.IdOf()!);
    }

    [Fact]
    public async Task Another_campaign_begins_another_visit_and_the_same_one_goes_on()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        // The longest that a campaign may be, with characters that take most room in a cookie.
        var long60 = Uri.EscapeDataString(new string('\u6625', 60));
        foreach (var address in new[] { "4020?utm_campaign=spring", "4020", "4020?utm_campaign=spring", "4021?utm_campaign=autumn", "4021", $"4022?utm_campaign={long60}", "4022", $"4022?utm_campaign={long60}" })
            (await visitor.Client.GetAsync($"/test/view/{address}")).EnsureSuccess().Dispose();
        await server.EventuallyAsync(8, "SELECT count(*) FROM events WHERE visitor_id = $1 AND product_id BETWEEN 4020 AND 4022", visitor.IdOf()!);
        Assert.Equal("4020 spring 3, 4021 autumn 2, 4022 \u6625 3", await server.ScalarAsync<string>("""
            SELECT string_agg(product_id || ' ' || origin || ' ' || views, ', ' ORDER BY product_id) FROM (
                SELECT session_id, product_id, max(CASE WHEN length(campaign) = 60 THEN left(campaign, 1) ELSE campaign END) AS origin, count(*) AS views
                FROM events WHERE visitor_id = $1 AND product_id BETWEEN 4020 AND 4022 GROUP BY session_id, product_id) x
            """, visitor.IdOf()!));
    }

    [Fact]
    public async Task A_visit_remembers_the_page_that_led_to_the_question()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        using var response = await visitor.Client.PostAsync("/privacy/consent", new FormUrlEncodedContent(
            [new("answer", "accept"), new("from", "news.example"), new("returnUrl", "/privacy?utm_campaign=spring")]));
        await visitor.ViewAsync(4013);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE product_id = 4013 AND referrer_host = 'news.example' AND campaign = 'spring'");
    }

    [Fact]
    public async Task A_receipt_holds_the_answer_with_the_hash_of_the_words_and_is_never_changed()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("choose", "analytics", "prices");
        Assert.Equal(1, await server.ScalarAsync<long>("""
            SELECT count(*) FROM consent_receipts WHERE visitor_id = $1 AND analytics AND prices AND NOT personalisation AND NOT email
              AND text_version = $2 AND text_hash = $3 AND language = 'en' AND dialog_variant = 'dialog-1' AND method = 'choose'
            """, visitor.IdOf()!, ConsentText.Version, ConsentText.Hash));
        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            server.ScalarAsync<long>("UPDATE consent_receipts SET personalisation = true WHERE visitor_id = $1 RETURNING 1::bigint", visitor.IdOf()!));
        Assert.Contains("never changed", refused.MessageText);
    }

    [Fact]
    public async Task A_withdrawal_acts_on_the_next_request_and_removes_what_nobody_could_ask_for_later()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var id = visitor.IdOf()!;
        await visitor.ViewAsync(4004);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", id);
        Assert.Equal("4004", await visitor.HistoryAsync());

        await visitor.AnswerAsync("refuse");
        Assert.Equal("", await visitor.HistoryAsync());
        await visitor.ViewAsync(4005);
        Assert.Equal([VisitorCookies.Consent], visitor.CookieNames);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1 OR product_id = 4005", id));
    }

    [Fact]
    public async Task Withdrawing_personal_choice_alone_keeps_statistics_and_empties_the_history()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        await visitor.ViewAsync(4006);
        await visitor.AnswerAsync("choose", "analytics");
        await visitor.ViewAsync(4007);
        Assert.Equal("", await visitor.HistoryAsync());
        await server.EventuallyAsync(2, "SELECT count(*) FROM events WHERE visitor_id = $1", visitor.IdOf()!);
    }

    [Fact]
    public async Task The_privacy_signal_opts_out_before_anything_is_written()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var id = visitor.IdOf()!;
        await visitor.ViewAsync(4008);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", id);

        visitor.Client.DefaultRequestHeaders.Add("Sec-GPC", "1");
        await visitor.ViewAsync(4009);
        Assert.Equal([VisitorCookies.Consent], visitor.CookieNames);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1 OR product_id = 4009", id));
        visitor.Client.DefaultRequestHeaders.Remove("Sec-GPC");
        await visitor.ViewAsync(4009);
        Assert.Equal([VisitorCookies.Consent], visitor.CookieNames);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE product_id = 4009"));
        visitor.Client.DefaultRequestHeaders.Add("Sec-GPC", "1");
        await visitor.AnswerAsync("accept");
        await visitor.ViewAsync(4009);
        Assert.Null(visitor.IdOf());
        Assert.NotNull((await visitor.GetAsync("/privacy")).QuerySelector("#gpc"));
        Assert.Contains("\"gpc\":true", await visitor.Client.GetStringAsync("/.well-known/gpc.json"));
    }

    [Fact]
    public async Task The_privacy_signal_opts_the_signed_in_account_out_too()
    {
        var server = await shop.ServerAsync();
        var shopper = await server.AddShopperAsync();
        using var visitor = server.NewVisitor(c => { c.DefaultRequestHeaders.Add("Sec-GPC", "1"); c.DefaultRequestHeaders.Add("X-Shopper", shopper.ToString()); });
        await visitor.ViewAsync(4010);
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM shoppers WHERE id = $1 AND NOT (consent_analytics OR consent_personalisation OR consent_prices)", shopper));
        await visitor.ViewAsync(4010);
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM consent_receipts WHERE shopper_id = $1 AND method = 'gpc'", shopper));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot:declared")]
    [InlineData("curl/8.9.1", "bot:library")]
    public async Task A_robot_is_dropped_with_the_reason(string userAgent, string reason)
    {
        var server = await shop.ServerAsync();
        using var robot = server.NewVisitor(c => { c.DefaultRequestHeaders.UserAgent.Clear(); c.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent); });
        await robot.AnswerAsync("accept");
        await robot.ViewAsync(4011);
        Assert.Null(robot.IdOf());
        await server.EventuallyAsync(1, "SELECT count(*) FROM dropped_events WHERE reason = $1", reason);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE product_id = 4011"));
    }

    [Fact]
    public async Task A_minor_is_not_profiled()
    {
        var server = await shop.ServerAsync();
        var shopper = await server.AddShopperAsync();
        await server.ScalarAsync<long>("UPDATE shoppers SET birth_year = extract(year FROM now())::int - 17 WHERE id = $1 RETURNING 1::bigint", shopper);
        using var visitor = await server.ConsentingVisitorAsync(shopper);
        await visitor.ViewAsync(4012);
        Assert.Equal("", await visitor.HistoryAsync());
    }

    [Fact]
    public async Task An_answer_from_a_foreign_page_is_refused()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor(c => c.DefaultRequestHeaders.Add("Origin", "https://evil.example"));
        using var response = await visitor.Client.PostAsync("/privacy/consent", new FormUrlEncodedContent([new("answer", "accept")]));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(visitor.CookieNames);
    }

    [Fact]
    public void Only_an_answer_to_the_present_words_counts()
    {
        Assert.Equal(Consent.Accepted, Consent.FromCookie(Consent.Accepted.ToCookie("2"), "2"));
        foreach (var other in new[] { null, "", "1~1111", "2~111", "2~11112", "2~1112", "2~11111", "2x1111" })
            Assert.False(Consent.FromCookie(other, "2").IsAnswered, $"{other} counted as an answer");
    }
}
