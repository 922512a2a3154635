using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Browser.Tests.Browsing;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Tracking;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

/// <summary>What the page's own script reports of what was seen, followed and looked at.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class BeaconTests(ShopInBrowser shop)
{
    private const string Rail = "home-for-you";

    [SkippableFact]
    public Task What_stood_in_the_window_what_was_clicked_and_for_how_long_it_was_read_is_recorded() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        await visit.AnswerAsync(agree: true);
        await visit.OpenAsync(ShopPages.DogFood);
        await visit.OpenAsync("/");
        var before = await CardsAsync(visit, inWindow: true);
        await visit.Rail(Rail).EvaluateAsync("rail => rail.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var (seen, hidden) = (await CardsAsync(visit, inWindow: true), (await CardsAsync(visit, inWindow: false)).Except(before).ToArray());
        var recommendation = Guid.Parse((await visit.Rail(Rail).GetAttributeAsync("data-rec"))!);
        Assert.Contains(seen, c => c.StartsWith(recommendation.ToString(), StringComparison.Ordinal));
        Assert.NotEmpty(hidden);
        Assert.Matches(@"\|\d+$", seen.First(c => c.StartsWith(recommendation.ToString(), StringComparison.Ordinal)));
        List<string> impressions = [];
        await Eventually.UntilAsync(async () => seen.Except(impressions = await RowsAsync(visit, EventType.RailImpression, Recommendations([.. seen, .. hidden, .. before]))).Any() is false);
        Assert.Empty(hidden.Intersect(impressions));
        Assert.Equal(impressions.Count, impressions.Distinct().Count());

        var card = visit.Rail(Rail).Locator("[data-product]").First;
        var product = int.Parse((await card.GetAttributeAsync("data-product"))!);
        await card.Locator("h3 a").ClickAsync();
        await Expect(visit[".product__add"]).ToBeVisibleAsync();
        // Half a second counts as a look, from when the script runs: on a busy machine it comes late.
        await visit.Page.WaitForFunctionAsync("() => performance.now() > 2500");
        await visit.OpenAsync("/help");
        await Eventually.UntilAsync(async () => (await RowsAsync(visit, EventType.RailClicked, [recommendation])).Count > 0);
        Assert.Equal([seen.First(c => c.StartsWith($"{recommendation}|{product}|", StringComparison.Ordinal))], await RowsAsync(visit, EventType.RailClicked, [recommendation]));
        await Eventually.UntilAsync(() => AskAsync(visit, db => db.Events.AnyAsync(e => e.Type == EventType.ProductViewed && e.ProductId == product && e.DwellMs >= 500
            && db.Events.Any(c => c.Type == EventType.RailClicked && c.RecommendationId == recommendation && c.VisitorId == e.VisitorId))));
    });

    [SkippableFact]
    public Task A_banner_that_stood_in_the_window_and_was_followed_is_recorded_once_each() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: true);
        await visit.OpenAsync("/");
        var banner = visit["[data-track=banner]:has([data-banner])"].First;
        await banner.EvaluateAsync("banner => banner.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var expected = await banner.EvaluateAsync<string>("""
            banner => { const item = banner.querySelector('[data-banner]'); return [item.dataset.banner, banner.dataset.placement, item.dataset.position, banner.dataset.strategy ?? ''].join('|'); }
            """);
        var visitor = VisitorToken.Parse(Uri.UnescapeDataString((await visit.Page.Context.CookiesAsync()).Single(c => c.Name == VisitorCookies.Visitor).Value))!.Value.Id;
        await Eventually.UntilAsync(async () => (await BannerRowsAsync(visit, EventType.BannerImpression, visitor)).Contains(expected));
        Assert.Empty(await BannerRowsAsync(visit, EventType.BannerClicked, visitor));

        await banner.Locator("a[href^='/']").First.ClickAsync();
        await Eventually.UntilAsync(async () => (await BannerRowsAsync(visit, EventType.BannerClicked, visitor)).Count > 0);
        Assert.Equal([expected], await BannerRowsAsync(visit, EventType.BannerClicked, visitor));
        Assert.Single(await BannerRowsAsync(visit, EventType.BannerImpression, visitor), expected);
    });

    [SkippableFact]
    public Task Nothing_is_reported_of_who_refused() => shop.VisitAsync(async visit =>
    {
        List<string> reports = [];
        visit.Page.Request += (_, request) => reports.AddRange(new Uri(request.Url).AbsolutePath == "/t" ? [request.PostData ?? ""] : Array.Empty<string>());
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: false);
        await visit.OpenAsync("/");
        await visit.Rail(Rail).EvaluateAsync("rail => rail.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var recommendations = Recommendations(await CardsAsync(visit, inWindow: true));
        await Expect(visit["#beacon"]).ToHaveCountAsync(0);
        // Longer than a card has to be looked at to count.
        await visit.Page.WaitForFunctionAsync("start => performance.now() - start > 1200", await visit.Page.EvaluateAsync<double>("() => performance.now()"));
        await visit.Rail(Rail).Locator("[data-product] h3 a").First.ClickAsync();
        await Expect(visit[".product__add"]).ToBeVisibleAsync();
        await visit.OpenAsync("/help");
        Assert.Empty(reports);
        Assert.NotEmpty(recommendations);
        Assert.False(await AskAsync(visit, db => db.Events.AnyAsync(e => e.RecommendationId != null && recommendations.Contains(e.RecommendationId.Value))));
    });

    /// <summary>Cards of rails as "recommendation|product|placement|position|strategy|model": those of which at least half stands in the window, or those of which nothing does.</summary>
    private static Task<string[]> CardsAsync(Visit visit, bool inWindow) => visit.Page.EvaluateAsync<string[]>("""
        inWindow => [...document.querySelectorAll('[data-track=rail] [data-product]')].filter(card => {
          const box = card.getBoundingClientRect(), track = card.closest('.rail__track')?.getBoundingClientRect() ?? box;
          const wide = Math.min(box.right, track.right, innerWidth) - Math.max(box.left, track.left, 0), high = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
          const share = Math.max(0, wide) * Math.max(0, high) / (box.width * box.height);
          return inWindow ? share > 0.55 : share === 0;
        }).map(card => {
          const { rec, placement, strategy, model } = card.closest('[data-track]').dataset;
          return [rec, card.dataset.product, placement, card.dataset.position, card.dataset.strategy || strategy, model ?? ''].join('|');
        })
        """, inWindow);

    private static Guid[] Recommendations(string[] cards) => [.. cards.Select(c => Guid.Parse(c.Split('|')[0])).Distinct()];

    private static Task<List<string>> RowsAsync(Visit visit, EventType type, Guid[] recommendations) => AskAsync(visit, db => db.Events
        .Where(e => e.Type == type && e.RecommendationId != null && recommendations.Contains(e.RecommendationId.Value))
        .Select(e => $"{e.RecommendationId}|{e.ProductId}|{e.Placement}|{e.Position}|{e.Strategy}|{e.ModelVersion}").ToListAsync());

    /// <summary>What was recorded of banners as "banner|placement|position|mark".</summary>
    private static Task<List<string>> BannerRowsAsync(Visit visit, EventType type, Guid visitor) => AskAsync(visit, db => db.Events
        .Where(e => e.Type == type && e.VisitorId == visitor).Select(e => $"{e.BannerId}|{e.Placement}|{e.Position}|{e.Strategy}").ToListAsync());

    private static async Task<T> AskAsync<T>(Visit visit, Func<PetShopDb, Task<T>> ask)
    {
        await using var scope = visit.Shop.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PetShopDb>());
    }
}
