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
    public Task The_key_follows_the_name_until_somebody_types_another() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments/new");
        await visit["#Input_Name"].PressSequentiallyAsync("Große Hunde");
        await Expect(visit["#Input_Slug"]).ToHaveValueAsync("grosse-hunde");
        await visit["#Input_Slug"].FillAsync("large-dogs");
        await visit["#Input_Name"].PressSequentiallyAsync(" & co");
        await Expect(visit["#Input_Slug"]).ToHaveValueAsync("large-dogs");
        await visit["#Input_Slug"].FillAsync("");
        await visit["#Input_Name"].FillAsync("Newcomers");
        // The shop has such a segment already.
        await Expect(visit["#Input_Slug"]).ToHaveValueAsync("newcomers-2");
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task What_could_not_be_saved_is_where_the_keyboard_goes() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments/new");
        await PressAsync(visit, $"{Root} > .rule-add button:has-text('A segment')");
        await PressAsync(visit, "#segment > .actions button[value=save]");
        await Expect(visit["#Input_Name"]).ToBeFocusedAsync();
        await Expect(visit["#Input_Name"]).ToBeInViewportAsync();
        await visit["#Input_Name"].FillAsync("Of another");
        await visit["#Input_Slug"].FillAsync("of-another");
        await PressAsync(visit, "#segment > .actions button[value=save]");
        await Expect(visit[$"{Root} .rule-line select[aria-label=Segment]"]).ToBeFocusedAsync();
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task A_group_within_a_group_is_built_and_saved_with_tab_enter_and_typing_alone() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments/new");
        foreach (var (field, text) in new[] { ("Input_Name", "Typed by hand"), ("Input_Slug", "typed-by-hand") })
        {
            await visit.TabToAsync($"#{field}");
            await visit.Page.Keyboard.TypeAsync(text);
        }
        // Each new row has the keyboard, so the way goes on from there.
        var group = Root;
        for (var depth = 0; depth < 2; depth++, group += " > .rule-inner > .rule-group")
        {
            await EnterAsync($"{group} > .rule-add button[value^='add:all:']");
            await Expect(visit[$"{group} > .rule-inner > .rule-group > .rule-row select"]).ToBeFocusedAsync();
            await visit.Page.Keyboard.TypeAsync("At least");
        }
        await EnterAsync($"{group} > .rule-add button[value^='add:trait:']");
        await Expect(visit[$"{group} .rule-line select[aria-label=Fact]"]).ToBeFocusedAsync();
        await visit.TabToAsync($"{group} .rule-line input[aria-label=Value]");
        await visit.Page.Keyboard.TypeAsync("3");
        await EnterAsync("#segment > .actions button[value=save]");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/admin/segments/\d+$"));
        await Expect(visit[$"{Root} [data-row]"]).ToHaveCountAsync(3);
        await Expect(visit[$"{group} > .rule-inner > .rule-line input[aria-label=Value]"]).ToHaveValueAsync("3");
        await Expect(visit[$"{group} > .rule-row select"]).ToHaveValueAsync("any");

        async Task EnterAsync(string button)
        {
            await visit.TabToAsync(button);
            await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.Keyboard.PressAsync("Enter"), answer => answer.Request.Method == "POST");
        }
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task Put_into_the_cart_then_bought_nothing_is_built_with_the_keyboard_alone() => shop.VisitAsync(async visit =>
    {
        const string Sequence = $"{Root} > .rule-inner > .rule-sequence";
        await visit.OpenAsync("/admin/segments/new");
        foreach (var (field, text) in new[] { ("Input_Name", "Left in the cart"), ("Input_Slug", "left-in-the-cart") })
        {
            await visit.TabToAsync($"#{field}");
            await visit.Page.Keyboard.TypeAsync(text);
        }
        await EnterAsync($"{Root} > .rule-add button[value^='add:sequence:']");
        await Expect(visit[$"{Sequence} select[aria-label='First step']"]).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("put into");
        await EnterAsync($"{Sequence} .rule-step:first-child .rule-add button[value^='add:trait:']");
        await visit.TabToAsync($"{Sequence} .rule-line input[aria-label=Value]");
        await visit.Page.Keyboard.TypeAsync("dog-food");
        await visit.TabToAsync($"{Sequence} select[aria-label='What follows']");
        await visit.Page.Keyboard.TypeAsync("and then not");
        await TypeAsync($"{Sequence} input[aria-label='Time between the steps']", "soon");
        await Expect(visit[".preview__sentence"]).ToHaveCountAsync(0);
        await EnterAsync("#segment > .actions button[value=save]");
        await Expect(visit[$"{Sequence} > .error"]).ToContainTextAsync("“soon” is no length of time.");
        await TypeAsync($"{Sequence} input[aria-label='Time between the steps']", "24");
        await visit.TabToAsync($"{Sequence} select[aria-label='Unit of the time between']");
        await visit.Page.Keyboard.TypeAsync("hours");
        await visit.TabToAsync($"{Sequence} select[aria-label='Second step']");
        await visit.Page.Keyboard.TypeAsync("bought");
        await Expect(visit[".preview__sentence"]).ToHaveTextAsync("Visitors who put something in the cart whose category is Food & treats (Dogs) in the last 30 days and in the 24 hours after that bought nothing.");
        await EnterAsync("#segment > .actions button[value=save]");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/admin/segments/\d+$"));
        await Expect(visit[$"{Sequence} > .rule-steps > .rule-step"]).ToHaveCountAsync(2);
        await Expect(visit[$"{Sequence} textarea"]).ToHaveCountAsync(0);
        await Expect(visit[".preview__count"]).ToContainTextAsync("shoppers");

        async Task TypeAsync(string field, string text)
        {
            await visit.TabToAsync(field);
            await visit.Page.Keyboard.PressAsync("Control+A");
            await visit.Page.Keyboard.TypeAsync(text);
        }

        async Task EnterAsync(string button)
        {
            await visit.TabToAsync(button);
            await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.Keyboard.PressAsync("Enter"), answer => answer.Request.Method == "POST");
        }
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task A_row_is_dragged_with_the_mouse_to_where_the_line_shows_and_escape_leaves_it() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments/new");
        await ThreeRowsAsync(visit);
        var (grip, group) = (visit[$"{Root} > .rule-inner > .rule-line [data-grip]"].First, visit[$"{Root} > .rule-inner > .rule-group"]);
        var (from, to) = ((await grip.BoundingBoxAsync())!, (await group.Locator("> .rule-inner").BoundingBoxAsync())!);
        await HoldAsync();
        await Expect(visit[".rule-drop"]).ToBeVisibleAsync();
        await Expect(visit[".rule-group.is-target"]).ToHaveCountAsync(1);
        await Expect(visit[".rule-ghost"]).ToHaveTextAsync(new Regex("number of orders", RegexOptions.IgnoreCase));
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit[".rule-drop"]).ToHaveCountAsync(0);
        await visit.Page.Mouse.UpAsync();
        await Expect(visit[$"{Root} > .rule-inner > .rule-line"]).ToHaveCountAsync(2);
        await HoldAsync();
        await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.Mouse.UpAsync(), answer => answer.Request.Method == "POST");
        await Expect(visit[$"{Root} > .rule-inner > .rule-group > .rule-inner > .rule-line"]).ToHaveCountAsync(1);
        await Expect(visit["#said"]).ToHaveTextAsync("Moved.");

        async Task HoldAsync()
        {
            await visit.Page.Mouse.MoveAsync(from.X + from.Width / 2, from.Y + from.Height / 2);
            await visit.Page.Mouse.DownAsync();
            await visit.Page.Mouse.MoveAsync(to.X + 30, to.Y + 2, new() { Steps = 8 });
        }
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task A_row_is_dragged_with_a_finger() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments/new");
        await ThreeRowsAsync(visit);
        var (grip, group) = (visit[$"{Root} > .rule-inner > .rule-line [data-grip]"].First, visit[$"{Root} > .rule-inner > .rule-group"]);
        await grip.ScrollIntoViewIfNeededAsync();
        var (from, to) = ((await grip.BoundingBoxAsync())!, (await group.Locator("> .rule-inner").BoundingBoxAsync())!);
        var finger = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await TouchAsync("touchStart", from.X + from.Width / 2, from.Y + from.Height / 2);
        for (var step = 1; step <= 8; step++)
            await TouchAsync("touchMove", from.X + 20, from.Y + (to.Y + 2 - from.Y) * step / 8);
        await Expect(visit[".rule-drop"]).ToBeVisibleAsync();
        await visit.Page.RunAndWaitForResponseAsync(() => finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() }), answer => answer.Request.Method == "POST");
        await Expect(visit[$"{Root} > .rule-inner > .rule-group > .rule-inner > .rule-line"]).ToHaveCountAsync(1);

        Task TouchAsync(string type, float x, float y) => finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new Dictionary<string, object> { ["x"] = x, ["y"] = y } } });
    }, Look.Phone with { As = ShopPages.Merchandiser });

    private static async Task ThreeRowsAsync(Visit visit)
    {
        foreach (var kind in (string[])["A fact", "A segment", "A group"])
            await PressAsync(visit, $"{Root} > .rule-add button:has-text('{kind}')");
        await Expect(visit[$"{Root} > .rule-inner > .rule-group"]).ToHaveCountAsync(1);
    }

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
