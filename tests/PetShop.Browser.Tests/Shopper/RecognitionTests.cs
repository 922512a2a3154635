using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using PetShop.Web.Recommendations.Serving;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

/// <summary>What a shopper does changes what the next page shows.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class RecognitionTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task Looking_at_products_changes_the_next_home_page() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: true);
        var before = await visit.ProductsInAsync(".rail");
        await visit.OpenAsync("/shop/fish");
        var seen = (await visit.ProductsInAsync(".product-grid"))[^4..];
        foreach (var id in seen)
            await visit.OpenAsync(PathOf(visit, id));

        await visit.OpenAsync("/");
        await Expect(visit.Rail("home-because-viewed").Locator("h2")).ToHaveTextAsync($"Because you looked at {Products(visit).Find(seen[^1])!.Name}");
        var after = await visit.ProductsInAsync(".rail");
        Assert.True(ShareOf(visit, after, "fish") > 2 * ShareOf(visit, before, "fish"),
            $"Fish were {ShareOf(visit, before, "fish"):P0} of the rails before four fish products were looked at, and {ShareOf(visit, after, "fish"):P0} after.");
        Assert.Equal(after.Length, after.Distinct().Count());
    });

    [SkippableFact]
    public Task A_refuser_sees_the_same_home_page_whatever_they_looked_at() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: false);
        var before = await visit.ProductsInAsync(".rail");
        Assert.NotEmpty(before);
        await visit.OpenAsync("/shop/fish");
        foreach (var id in (await visit.ProductsInAsync(".product-grid"))[..2])
            await visit.OpenAsync(PathOf(visit, id));
        await visit.OpenAsync("/");
        Assert.Equal(before, await visit.ProductsInAsync(".rail"));
    });

    [SkippableFact]
    public Task A_list_says_why_it_is_there_and_forgets_what_is_not_for_me() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await Expect(visit.Rail("home-pet").Locator("h2")).ToContainTextAsync("Luna");
        foreach (var why in await visit[".rail .rail__why"].AllInnerTextsAsync())
            Assert.True(why.Length > 8, $"A rail explains itself with \"{why}\".");

        var card = visit[".rail .product-card"].Filter(new() { Has = visit.Page.GetByText("Why this?") }).First;
        var id = int.Parse((await card.GetAttributeAsync("data-product"))!, System.Globalization.CultureInfo.InvariantCulture);
        await card.ScrollIntoViewIfNeededAsync();
        await card.GetByText("Why this?").ClickAsync();
        // The short answer gives way to the whole one, with every way to put it right.
        await Expect(card.GetByText("The whole answer")).ToBeVisibleAsync();
        await card.Locator(".card-why").GetByRole(AriaRole.Button, new() { Name = "Not for me", Exact = true }).ClickAsync();
        await Expect(visit[".toast"].Last).ToContainTextAsync("not suggest");
        // Pressed once more it is taken back, as a pressed button says, and once more it holds.
        var notForMe = card.Locator(".card-why").GetByRole(AriaRole.Button, new() { Name = "Not for me", Exact = true });
        await notForMe.ClickAsync();
        await Expect(visit[".toast"].Last).ToContainTextAsync("Taken back");
        await Expect(notForMe).ToHaveAttributeAsync("aria-pressed", "false");
        await notForMe.ClickAsync();
        await Expect(visit[".toast"].Last).ToContainTextAsync("not suggest");
        await notForMe.PressAsync("Escape");
        await Expect(card.GetByText("Why this?")).ToBeFocusedAsync();
        await visit.OpenAsync("/");
        Assert.DoesNotContain(id, await visit.ProductsInAsync(".rail"));
        await visit.OpenAsync("/taste");
        await Expect(visit["main"]).ToContainTextAsync("is not for you.");
    }, Look.Desktop with { As = "maya@example.com" });

    [SkippableFact]
    public Task Product_pages_show_what_goes_with_it_and_what_is_like_it() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        await Expect(visit.Rail("product-similar").Locator(".product-card").First).ToBeVisibleAsync();
        var page = await visit[".container[data-product-page]"].GetAttributeAsync("data-product-page");
        var shown = await visit.ProductsInAsync(".rail");
        Assert.DoesNotContain(int.Parse(page!, System.Globalization.CultureInfo.InvariantCulture), shown);
        Assert.Equal(shown.Length, shown.Distinct().Count());
        Assert.True(ShareOf(visit, shown, "dog") > 0.8, $"Only {ShareOf(visit, shown, "dog"):P0} of what is shown beside a dog food is for dogs.");
    });

    [SkippableFact]
    public Task The_buttons_of_a_rail_move_it() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        var rail = visit[".rail"].First;
        await rail.ScrollIntoViewIfNeededAsync();
        await Expect(rail.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true })).ToBeDisabledAsync();
        await rail.GetByRole(AriaRole.Button, new() { Name = "Further", Exact = true }).ClickAsync();
        await Expect(rail.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true })).ToBeEnabledAsync();
    });

    private static Catalogue Products(Visit visit) => visit.Shop.Services.GetRequiredService<ModelHolder>().Current.Catalogue;

    private static string PathOf(Visit visit, int id) => $"/products/{Products(visit).Find(id)!.Slug}";

    private static double ShareOf(Visit visit, int[] ids, string department) =>
        ids.Length == 0 ? 0 : ids.Count(id => Products(visit).Find(id)!.Department == department) / (double)ids.Length;
}
