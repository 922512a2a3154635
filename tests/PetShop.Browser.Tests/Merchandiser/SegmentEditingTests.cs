using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Merchandiser;

/// <summary>A segment is made and changed by keyboard and by thumb, and the count follows by itself.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class SegmentEditingTests(ShopInBrowser shop)
{
    private const string Root = "#rule > .rule-group";

    [SkippableFact]
    public Task The_count_follows_what_is_typed_and_the_keyboard_stays_on_the_row_it_moves() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments/new");
        await PressAsync(visit, $"{Root} > .rule-add button:has-text('A fact')");
        // A new row has the keyboard.
        await Expect(visit[$"{Root} .rule-line select[aria-label=Fact]"]).ToBeFocusedAsync();
        await visit[$"{Root} .rule-line select[aria-label=Comparison]"].SelectOptionAsync(">=");
        await visit[$"{Root} .rule-line input[aria-label=Value]"].FillAsync("1");
        await Expect(visit[".preview__count"]).ToContainTextAsync("shoppers");
        await Expect(visit["#said"]).ToContainTextAsync(new Regex("[0-9,]+ of [0-9,]+ shoppers"));
        var before = await visit[".preview__count strong"].InnerTextAsync();
        await visit[$"{Root} .rule-line input[aria-label=Value]"].FillAsync("4");
        await Expect(visit[".preview__count strong"]).Not.ToHaveTextAsync(before);
        // In a shop of this size the closer look comes by itself, with a plot or bars.
        await Expect(visit["#closer #spread-trait"]).ToBeVisibleAsync();
        await visit["#spread-trait"].SelectOptionAsync("orders.count");
        await Expect(visit["#spread .chart__plot canvas"]).ToBeVisibleAsync();
        await PressAsync(visit, $"{Root} > .rule-add button:has-text('A group')");
        await visit[$"{Root} > .rule-inner > .rule-group > .rule-row select"].FocusAsync();
        await visit.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(visit[$"{Root} > .rule-inner > .rule-group:nth-child(1)"]).ToHaveCountAsync(1);
        await Expect(visit["#said"]).ToHaveTextAsync("Moved up.");
        // The only row left to it is the way down.
        await Expect(visit[$"{Root} > .rule-inner > .rule-group [data-move=down]"].First).ToBeFocusedAsync();
        await visit[$"{Root} > .rule-inner > .rule-line input[aria-label=Value]"].FocusAsync();
        await visit.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await Expect(visit[$"{Root} > .rule-inner > .rule-group > .rule-inner > .rule-line"]).ToHaveCountAsync(1);
        await Expect(visit[$"{Root} .rule-line [data-move=out]"]).ToBeFocusedAsync();
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task An_edit_on_a_phone_shows_what_changes_before_it_is_saved() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments");
        await visit.Link("Big baskets").ClickAsync();
        await Expect(visit[".preview__count"]).ToBeVisibleAsync();
        var value = visit[$"{Root} .rule-line input[aria-label=Value]"].First;
        await value.FillAsync("4");
        await visit["button[value=save]"].ClickAsync();
        await Expect(visit[".question"]).ToBeVisibleAsync();
        await Expect(visit[".difference ins"]).ToHaveTextAsync(new Regex("4"));
        Assert.False(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        await visit["button:has-text('Go on editing')"].ClickAsync();
        await Expect(visit[".question"]).ToHaveCountAsync(0);
        await visit["button[value=save]"].ClickAsync();
        await visit["button[value=confirm]"].ClickAsync();
        await Expect(visit[".notice--good"]).ToContainTextAsync("Saved as version");
        await visit[".tabs a:has-text('Versions')"].ClickAsync();
        await Expect(visit[".difference del"]).ToHaveTextAsync(new Regex("3"));
        await visit["button:has-text('Bring version 1 back')"].ClickAsync();
        await Expect(visit[".notice--good"]).ToContainTextAsync("Version 1 is back");
    }, Look.Phone with { As = ShopPages.Merchandiser });

    private static async Task PressAsync(Visit visit, string css) => await visit.Page.RunAndWaitForResponseAsync(() => visit[css].First.ClickAsync(), answer => answer.Request.Method == "POST");
}
