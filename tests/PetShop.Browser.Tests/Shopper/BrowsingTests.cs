using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class BrowsingTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task A_facet_narrows_the_list_in_place_and_stands_in_the_address() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit[".department-tiles a"].Filter(new() { HasText = "Dogs" }).ClickAsync();
        await visit[".groups a"].Filter(new() { HasText = "Dry food" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Dry food", Level = 1 })).ToBeVisibleAsync();
        var all = await CountAsync(visit);
        await visit.Page.EvaluateAsync("() => { window.sameDocument = true; }");

        await FirstOf(visit, "brand").CheckAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?brand=[a-z-]+$"));
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(1);
        var some = await CountAsync(visit);
        Assert.InRange(some, 1, all - 1);
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.sameDocument === true"), "The list was swapped by loading the whole page again.");

        await visit.Page.ReloadAsync();
        Assert.Equal(some, await CountAsync(visit));
        await Expect(FirstOf(visit, "brand")).ToBeCheckedAsync();
        await visit[".listing__chips .chip--on"].ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/dog-dry-food$"));
        Assert.Equal(all, await CountAsync(visit));
    });

    [SkippableTheory]
    [InlineData("/shop/dog/dog-food", true)]
    [InlineData("/shop/dog", false)]
    public Task A_rail_beside_a_list_changes_with_it_so_that_no_product_stands_twice_on_the_page(string path, bool keepsItsRail) => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(path);
        var before = await visit.ProductsInAsync("#listing-rail");
        Assert.NotEmpty(before);
        // Sorted by price a list begins with others than the popular ones, which the rail was free to show.
        await visit["#listing-sort"].FocusAsync();
        await visit["#listing-sort"].SelectOptionAsync("price");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("sort=price"));
        await Expect(visit[".listing__sort option[value=price][selected]"]).ToHaveCountAsync(1);
        await Expect(visit["#listing-sort"]).ToBeFocusedAsync();
        int[] rail = await visit.ProductsInAsync("#listing-rail"), list = await visit.ProductsInAsync("#listing .product-grid");
        Assert.NotEmpty(list);
        Assert.Equal(keepsItsRail, rail.Length > 0);
        Assert.Empty(rail.Intersect(list));
        Assert.Equal(await FreshAsync(visit, "#listing .product-grid"), list);
    });

    /// <summary>What the same address shows when it is opened anew.</summary>
    private static async Task<int[]> FreshAsync(Visit visit, string within)
    {
        await visit.Page.ReloadAsync();
        return await visit.ProductsInAsync(within);
    }

    [SkippableFact]
    public Task The_back_button_takes_the_last_choice_away() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog/dog-dry-food");
        var all = await CountAsync(visit);
        await FirstOf(visit, "brand").CheckAsync();
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(1);
        await visit.Page.GoBackAsync();
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(0);
        Assert.Equal(all, await CountAsync(visit));
    });

    [SkippableFact]
    public Task Facets_and_sorting_work_without_script() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog/dog-dry-food");
        var all = await CountAsync(visit);
        await FirstOf(visit, "brand").CheckAsync();
        await visit["select[name=sort]"].SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await visit.Button("Show these").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("brand=.*sort="));
        Assert.InRange(await CountAsync(visit), 1, all - 1);
    }, Look.WithoutScript);

    [SkippableFact]
    public Task A_product_goes_into_the_cart_from_its_card_without_leaving_the_list() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog/dog-dry-food");
        await visit[".product-card .button--buy"].First.ClickAsync();
        await Expect(visit["#cart-badge"]).ToContainTextAsync("1");
        await Expect(visit[".toast"]).ToBeVisibleAsync();
        await visit[".product-card .button--buy"].Nth(1).ClickAsync();
        await Expect(visit["#cart-badge"]).ToContainTextAsync("2");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/dog-dry-food$"));
        await visit.OpenAsync("/cart");
        await Expect(visit[".cart-line"]).ToHaveCountAsync(2);
    });

    [SkippableFact]
    public Task A_card_fills_the_cart_without_script_too() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/cat/cat-wet-food");
        await visit[".product-card .button--buy"].First.ClickAsync();
        await Expect(visit["#cart-badge"]).ToContainTextAsync("1");
        await visit.OpenAsync("/cart");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^One more of") }).ClickAsync();
        await Expect(visit["#cart-badge"]).ToContainTextAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take out ") }).ClickAsync();
        await Expect(visit[".cart-line"]).ToHaveCountAsync(0);
    }, Look.WithoutScript);

    [SkippableFact]
    public Task Another_pack_size_changes_price_and_address() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog/dog-dry-food");
        await visit[".product-card h3 a"].First.ClickAsync();
        await Expect(visit[".skus .choice"].Nth(1)).ToBeVisibleAsync();
        var before = await visit[".product__price .price__now"].InnerTextAsync();
        await visit[".skus .choice:not([aria-current])"].Last.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?sku=\d+$"));
        await Expect(visit[".product__price .price__now"]).Not.ToHaveTextAsync(before);
    });

    [SkippableFact]
    public Task A_page_that_does_not_exist_helps_on() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/products/a-unicorn");
        await Expect(visit["h1"]).ToBeVisibleAsync();
        await Expect(visit["main a"].First).ToBeVisibleAsync();
        await Expect(visit["#search-field"]).ToBeVisibleAsync();
        visit.Forgive(c => c.Contains("404", StringComparison.Ordinal));
    });

    private static ILocator FirstOf(Visit visit, string facet) => visit[$"input[name={facet}]"].First;

    private static async Task<int> CountAsync(Visit visit) =>
        int.Parse(Regex.Match(await visit[".listing__count"].InnerTextAsync(), @"[\d,]+").Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
