using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Tracking;

public sealed class HistoryTests(TrackedShop shop) : IClassFixture<TrackedShop>
{
    [Fact]
    public async Task A_click_is_in_the_history_of_the_next_page_newest_first()
    {
        using var visitor = await (await shop.ServerAsync()).ConsentingVisitorAsync();
        await visitor.ViewAsync(6001);
        await Task.Delay(5);
        await visitor.ViewAsync(6002);
        Assert.Equal("6002,6001", await visitor.HistoryAsync());
    }

    [Fact]
    public async Task What_was_stored_before_is_read_once_and_not_doubled_by_what_is_in_memory()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        await visitor.ViewAsync(6003);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", visitor.IdOf()!);
        server.Services.GetRequiredService<LiveHistories>().Forget(visitor.IdOf()!.Value);
        await visitor.ViewAsync(6004);
        Assert.Equal("6004,6003", await visitor.HistoryAsync());
    }

    [Fact]
    public async Task What_another_replica_recorded_appears_after_the_refresh_time()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        await visitor.ViewAsync(6005);
        Assert.Equal("6005", await visitor.HistoryAsync());
        await server.ScalarAsync<long>("""
            INSERT INTO events (id, occurred_at, type, visitor_id, product_id) VALUES (gen_random_uuid(), now() - interval '1 minute', 1, $1, 6006) RETURNING 1::bigint
            """, visitor.IdOf()!);
        var history = "";
        for (var i = 0; i < 100 && history != "6005,6006"; i++, await Task.Delay(50))
            history = await visitor.HistoryAsync();
        Assert.Equal("6005,6006", history);
    }

    [Fact]
    public async Task Signing_in_joins_the_browsers_history_and_pets_and_parting_undoes_it()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var browser = visitor.IdOf()!.Value;
        await visitor.ViewAsync(6007);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", browser);
        var shopper = await server.AddShopperAsync();
        await server.ScalarAsync<long>("""
            INSERT INTO pets (id, visitor_id, name, species, allergies, created_at) VALUES (gen_random_uuid(), $1, 'Luna', 'cat', '{}', now()) RETURNING 1::bigint
            """, browser);
        var linking = server.Services.GetRequiredService<VisitorLinking>();
        Assert.True(await linking.JoinAsync(browser, shopper, default));
        visitor.Client.DefaultRequestHeaders.Add("X-Shopper", shopper.ToString());
        Assert.Equal("6007", await visitor.HistoryAsync());
        Assert.Equal(browser, visitor.IdOf());
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM pets WHERE shopper_id = $1 AND visitor_id IS NULL", shopper));

        await linking.UnlinkAsync(browser, shopper, default);
        Assert.Equal("", await visitor.HistoryAsync());
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE shopper_id = $1", shopper));
    }

    [Theory]
    [InlineData("consent_email = NOT consent_email", "6010")]
    [InlineData("consent_prices = false", "6010")]
    [InlineData("consent_analytics = false", "")]
    [InlineData("is_suppressed = true", "")]
    public async Task A_click_that_is_not_written_yet_outlives_a_change_of_ones_account_but_not_a_withdrawal(string change, string left)
    {
        var server = await shop.ServerAsync();
        var shopper = await server.AddShopperAsync();
        var visitor = new Visitor { Id = Guid.CreateVersion7(), ShopperId = shopper, Consent = Consent.Accepted };
        var histories = server.Services.GetRequiredService<LiveHistories>();
        Assert.Empty((await histories.GetAsync(visitor, default)).Events);
        histories.Append(visitor, new() { Id = Guid.CreateVersion7(), Type = EventType.ProductViewed, OccurredAt = TimeProvider.System.GetUtcNow(), ProductId = 6010 });
        var heard = new TaskCompletionSource();
        histories.Forgotten += id => { if (id == shopper) heard.TrySetResult(); };
        await server.ScalarAsync<long>($"UPDATE shoppers SET {change} WHERE id = $1 RETURNING 1::bigint", shopper);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(left, string.Join(',', (await histories.GetAsync(visitor, default)).Events.Select(e => e.ProductId)));
    }

    [Fact]
    public async Task A_click_that_is_not_written_yet_goes_on_with_the_shopper_who_signs_in()
    {
        var server = await shop.ServerAsync();
        using var browser = await server.ConsentingVisitorAsync();
        var (visitorId, shopper) = (browser.IdOf()!.Value, await server.AddShopperAsync());
        var histories = server.Services.GetRequiredService<LiveHistories>();
        var (before, after) = (new Visitor { Id = visitorId, Consent = Consent.Accepted }, new Visitor { Id = visitorId, ShopperId = shopper, Consent = Consent.Accepted });
        histories.Append(before, new() { Id = Guid.CreateVersion7(), Type = EventType.ProductViewed, OccurredAt = TimeProvider.System.GetUtcNow(), ProductId = 6011 });
        Assert.True(await server.Services.GetRequiredService<VisitorLinking>().JoinAsync(visitorId, shopper, default));
        Assert.Equal([6011], (await histories.GetAsync(after, default)).Events.Select(e => e.ProductId!.Value));
        Assert.Empty((await histories.GetAsync(before, default)).Events);
    }

    [Fact]
    public void Ids_of_one_millisecond_are_in_the_order_of_time()
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        for (var round = 0; round < 200; round++)
        {
            var (earlier, later) = (EventId.New(start.AddTicks(5 * round)), EventId.New(start.AddTicks(5 * round + 5)));
            Assert.True(earlier.CompareTo(later) < 0, $"{earlier} and {later}");
            Assert.Equal(7, earlier.Version);
            Assert.Equal(start.AddTicks(5 * round).ToUnixTimeMilliseconds(), Convert.ToInt64(earlier.ToString("N")[..12], 16));
        }
    }

    [Fact]
    public async Task A_history_read_again_is_in_the_order_in_which_things_were_done_within_a_millisecond_too()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var (browser, histories, queue) = (visitor.IdOf()!.Value, server.Services.GetRequiredService<LiveHistories>(), server.Services.GetRequiredService<EventQueue>());
        var (person, at) = (new Visitor { Id = browser, Consent = Consent.Accepted }, DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        var done = Enumerable.Range(6020, 20).Select((product, i) =>
        {
            var view = EventRecorder.New(person, EventType.ProductViewed, at.AddTicks(10 * i));
            view.ProductId = product;
            return view;
        }).ToArray();
        Assert.Equal(at, Assert.Single(done.Select(e => e.OccurredAt).Distinct()));
        foreach (var view in done)
        {
            histories.Append(person, view);
            queue.Add(view);
        }
        var expected = done.Select(e => e.ProductId!.Value).Reverse().ToArray();
        Assert.Equal(expected, (await histories.GetAsync(person, default)).Events.Select(e => e.ProductId!.Value));
        await server.EventuallyAsync(done.Length, "SELECT count(*) FROM events WHERE visitor_id = $1", browser);
        histories.Forget(browser);
        Assert.Equal(expected, (await histories.GetAsync(person, default)).Events.Select(e => e.ProductId!.Value));
    }

    [Fact]
    public void What_names_no_product_leaves_the_choices_of_a_history_as_they_are()
    {
        static HistoryEvent At(int second, int? product) => HistoryEvent.From(new()
        {
            Id = Guid.CreateVersion7(), Type = product is null ? EventType.CategoryViewed : EventType.ProductViewed, OccurredAt = DateTimeOffset.UnixEpoch.AddSeconds(second), ProductId = product,
        });
        var history = new VisitorHistory([At(2, 6013), At(1, null), At(0, 6012)]);
        Assert.Equal([6013, 6012], history.Choices.Select(e => e.ProductId!.Value));
        var browsed = history.With(At(3, null), 100).With([At(4, null), At(5, null)], 100);
        Assert.Same(history.Choices, browsed.Choices);
        Assert.Equal([6014, 6013, 6012], browsed.With(At(6, 6014), 100).Choices.Select(e => e.ProductId!.Value));
        Assert.Equal([6015, 6013, 6012], browsed.With([At(7, 6015)], 100).Choices.Select(e => e.ProductId!.Value));
    }

    [Fact]
    public async Task Histories_join_only_with_consent_on_both_sides()
    {
        var server = await shop.ServerAsync();
        var linking = server.Services.GetRequiredService<VisitorLinking>();
        using var agreed = await server.ConsentingVisitorAsync();
        var refuser = await server.AddShopperAsync(consents: false);
        await server.Services.GetRequiredService<ConsentLedger>().AddAsync(null, refuser, new(Consent.Refused, "refuse", "privacy-page"), default);
        Assert.False(await linking.JoinAsync(agreed.IdOf(), refuser, default));
        Assert.False(await linking.JoinAsync(null, await server.AddShopperAsync(), default));
        Assert.False(await linking.JoinAsync(Guid.CreateVersion7(), await server.AddShopperAsync(), default));
    }

    [Fact]
    public async Task A_new_account_takes_over_the_answer_of_its_browser()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var shopper = await server.AddShopperAsync(consents: false);
        Assert.True(await server.Services.GetRequiredService<VisitorLinking>().JoinAsync(visitor.IdOf(), shopper, default));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM shoppers s JOIN consent_receipts r ON r.shopper_id = s.id WHERE s.id = $1 AND s.consent_personalisation AND r.method = 'register'", shopper));
    }

    [Fact]
    public async Task On_a_shared_device_nobody_inherits_anothers_browsing()
    {
        var server = await shop.ServerAsync();
        var first = await server.AddShopperAsync();
        using var visitor = await server.ConsentingVisitorAsync(first);
        var firstId = visitor.IdOf();
        await visitor.ViewAsync(6008);
        visitor.Client.DefaultRequestHeaders.Remove("X-Shopper");
        Assert.Equal("", await visitor.HistoryAsync());
        Assert.NotEqual(firstId, visitor.IdOf());
    }

    [Fact]
    public async Task A_visit_ends_after_half_an_hour_of_silence()
    {
        var server = await shop.ServerAsync();
        using var visitor = await server.ConsentingVisitorAsync();
        var session = Session(visitor);
        foreach (var (silence, isSame) in new[] { (29, true), (31, false) })
        {
            visitor.Cookies.Add(visitor.Client.BaseAddress!, new System.Net.Cookie(VisitorCookies.Session,
                (session with { SeenAt = TimeProvider.System.GetUtcNow().AddMinutes(-silence) }).ToCookie(), "/"));
            await visitor.ViewAsync(6009);
            Assert.Equal(isSame, Session(visitor).Id == session.Id);
        }
        static SessionToken Session(TestVisitor v) => SessionToken.Parse(v.Cookies.GetCookies(v.Client.BaseAddress!)[VisitorCookies.Session]!.Value)!.Value;
    }

    [Fact]
    public void A_history_stays_sorted_short_and_free_of_doubles()
    {
        var at = DateTimeOffset.UnixEpoch;
        HistoryEvent Event(int minute) => new(Guid.CreateVersion7(), at.AddMinutes(minute), EventType.ProductViewed, minute, null, null, null, null, null, null, null, null, null);
        var late = Event(9);
        var history = VisitorHistory.Empty;
        foreach (var e in new[] { Event(5), late, Event(7), late, Event(1), Event(6) })
            history = history.With(e, maxLength: 3);
        Assert.Equal([9, 7, 6], history.Events.Select(e => e.ProductId!.Value));
    }
}
