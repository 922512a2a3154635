using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class ConsentTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task Nothing_is_stored_before_an_answer() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await Expect(visit[".consent"]).ToBeVisibleAsync();
        await visit.Link("Dogs").First.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/shop/dog$"));
        // The token that protects forms is essential and says nothing of the person.
        Assert.DoesNotContain((await visit.Page.Context.CookiesAsync()).Select(c => c.Name), name => !name.Contains("antiforgery", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, await StoredAsync(visit));
        await Expect(visit["#beacon"]).ToHaveCountAsync(0);
    });

    [SkippableFact]
    public Task Accepting_and_refusing_are_equally_easy() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        var accept = visit.Button("Yes, that’s fine");
        var refuse = visit.Button("No, thank you");
        var (yes, no) = (await accept.BoundingBoxAsync(), await refuse.BoundingBoxAsync());
        Assert.NotNull(yes);
        Assert.NotNull(no);
        Assert.Equal(yes.Height, no.Height, 1.0);
        Assert.InRange(no.Width / yes.Width, 0.75, 1.34);
        Assert.Equal(await StyleAsync(accept), await StyleAsync(refuse));
    });

    [SkippableFact]
    public Task A_refuser_shops_on_without_being_recognised_and_may_agree_later() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/cat");
        await visit.AnswerAsync(agree: false);
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/shop/cat$"));
        Assert.DoesNotContain(await CookieNamesAsync(visit), name => name is "petshop.visitor" or "petshop.session");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Privacy and what we record" }).ClickAsync();
        foreach (var purpose in new[] { "analytics", "personalisation" })
            await visit[$"input[name={purpose}]"].CheckAsync();
        await visit.Button("Save my choice").ClickAsync();
        await Expect(visit["input[name=personalisation]"]).ToBeCheckedAsync();
        await visit.OpenAsync("/");
        await Expect(visit[".consent"]).ToHaveCountAsync(0);
        Assert.Contains("petshop.visitor", await CookieNamesAsync(visit));
    });

    [SkippableFact]
    public Task The_question_can_be_answered_without_script() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit[".consent summary"].ClickAsync();
        await visit[".consent input[name=personalisation]"].CheckAsync();
        await visit.Button("Save my choice").ClickAsync();
        await Expect(visit[".consent"]).ToHaveCountAsync(0);
        await visit.OpenAsync("/privacy");
        await Expect(visit["input[name=personalisation]"]).ToBeCheckedAsync();
        await Expect(visit["input[name=email]"]).Not.ToBeCheckedAsync();
    }, Look.WithoutScript);

    private static async Task<IEnumerable<string>> CookieNamesAsync(Visit visit) => (await visit.Page.Context.CookiesAsync()).Select(c => c.Name);

    private static Task<int> StoredAsync(Visit visit) =>
        visit.Page.EvaluateAsync<int>("async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + (await caches.keys()).length");

    private static Task<string> StyleAsync(ILocator button) =>
        button.EvaluateAsync<string>("e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.fontSize, s.fontWeight, s.borderColor].join(' | '); }");
}
