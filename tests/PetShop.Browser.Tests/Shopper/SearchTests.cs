using System.Text.RegularExpressions;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class SearchTests(ShopInBrowser shop)
{
    [SkippableTheory]
    [InlineData("salmn", "salmon")]
    [InlineData("aquarum", "aquarium")]
    public Task A_slip_of_the_finger_finds_what_was_meant(string typed, string meant) => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit["#search-field"].FillAsync(typed);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($@"/search\?q={typed}$"));
        await Expect(visit["h1"]).ToContainTextAsync(meant, new() { IgnoreCase = true });
        await Expect(visit[".notice"].First).ToContainTextAsync(typed);
        await Expect(visit[".product-card"].First).ToBeVisibleAsync();
    });

    [SkippableFact]
    public Task Suggestions_are_walked_with_the_keyboard() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit["#search-field"].ClickAsync();
        await visit.Page.Keyboard.TypeAsync("salmon", new() { Delay = 30 });
        await Expect(visit[".search__suggestions a"].First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visit[".search__suggestions a"].First).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(visit["#search-field"]).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit[".search__suggestions a"]).ToHaveCountAsync(0);

        await visit.Page.Keyboard.TypeAsync(" o", new() { Delay = 30 });
        var product = visit[".search__suggestions a[href^='/products/']"].First;
        await Expect(product).ToBeVisibleAsync();
        await product.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/products/"));
    });

    [SkippableFact]
    public Task Results_narrow_by_facet_and_keep_the_words() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/search?q=salmon");
        await visit["input[name=species]"].First.CheckAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"q=salmon&species="));
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(1);
        await Expect(visit["#search-field"]).ToHaveValueAsync("salmon");
    });

    [SkippableFact]
    public Task An_empty_result_offers_ways_on() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/search?q=zzzxxqqv");
        await Expect(visit["h1"]).ToContainTextAsync("zzzxxqqv");
        await visit[".empty__links a"].First.ClickAsync();
        await Expect(visit[".product-card"].First).ToBeVisibleAsync();
    });

    [SkippableFact]
    public Task Search_works_without_script() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit["#search-field"].FillAsync("salmn");
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(visit[".product-card"].First).ToBeVisibleAsync();
    }, Look.WithoutScript);
}
