using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using PetShop.TestHost;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

/// <summary>What changes in place leaves the keyboard where it was, and nothing beside it stale.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class InPlaceTests(ShopInBrowser shop)
{
    private const string List = "/shop/dog/dog-dry-food";

    [SkippableFact]
    public Task After_the_back_button_the_suggestions_and_notices_of_the_page_work_as_before() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(List);
        await visit["input[name=brand]"].First.CheckAsync();
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(1);
        await visit.Page.GoBackAsync();
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(0);
        await visit["#search-field"].PressSequentiallyAsync("salmon");
        await Expect(visit[".search__suggestions a"].First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visit[".search__suggestions a"].First).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit[".search__suggestions a"]).ToHaveCountAsync(0);
        await visit[".product-grid .button--buy"].First.ClickAsync();
        await Expect(visit[".toast"]).ToHaveCountAsync(1);
        await visit.Page.Mouse.MoveAsync(1, 1);
        await Expect(visit[".toast"]).ToHaveCountAsync(0, new() { Timeout = 20_000 });
    });

    [SkippableFact]
    public Task Filters_folded_on_a_phone_stay_folded_when_the_list_is_sorted() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(List);
        await Expect(visit[".facets__all"]).Not.ToHaveAttributeAsync("open", "");
        await visit["#listing-sort"].SelectOptionAsync("price");
        await Expect(visit[".listing__sort option[value=price][selected]"]).ToHaveCountAsync(1);
        await Expect(visit[".facets__all"]).Not.ToHaveAttributeAsync("open", "");
        await visit[".facets__all > summary"].ClickAsync();
        await visit["input[name=brand]"].First.CheckAsync();
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(1);
        await Expect(visit[".facets__all"]).ToHaveAttributeAsync("open", "");
        await Expect(visit["input[name=brand]:checked"]).ToBeInViewportAsync();
        await visit.Button("Show these").ClickAsync();
        await Expect(visit[".facets__all"]).Not.ToHaveAttributeAsync("open", "");
        await Expect(visit[".listing__count"]).ToBeInViewportAsync();
    }, Look.Phone);

    [SkippableTheory]
    [InlineData("/shop/horse", ".departments [aria-current]")]
    [InlineData("/account/details", ".account__nav [aria-current]")]
    public Task On_a_phone_the_row_of_pages_shows_the_one_that_is_open(string path, string here) => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(path);
        await Expect(visit[here]).ToBeInViewportAsync(new() { Ratio = 1 });
    }, Look.Phone with { As = "maya@example.com" });

    [SkippableFact]
    public Task A_page_is_turned_and_a_choice_taken_away_in_place_and_the_keyboard_goes_on_at_the_list() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog");
        await visit.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        await visit[".pager a[rel=next]"].FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?page=2$"));
        await Expect(visit[".listing__count"]).ToBeFocusedAsync();
        await Expect(visit[".listing__count"]).ToBeInViewportAsync();
        await visit["input[name=brand]"].First.CheckAsync();
        await visit[".listing__chips .chip--on"].ClickAsync();
        await Expect(visit[".listing__chips .chip--on"]).ToHaveCountAsync(0);
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.sameDocument === true"), "The whole page was loaded again.");
    });

    [SkippableFact]
    public Task Choosing_a_pack_by_keyboard_keeps_the_keyboard_there_and_two_presses_put_it_in_once() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        var last = visit[".skus .choice"].Last;
        await last.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(last).ToHaveAttributeAsync("aria-current", "true");
        await Expect(last).ToBeFocusedAsync();
        await visit.Page.EvaluateAsync("() => { const button = document.querySelector('#buy .button--buy'); button.click(); button.click(); }");
        await Expect(visit["#cart-badge"]).ToContainTextAsync("1");
        await visit.OpenAsync("/cart");
        await Expect(visit[".stepper input[inputmode]"]).ToHaveValueAsync("1");
    });

    [SkippableFact]
    public Task The_cart_is_counted_up_and_down_by_keyboard_without_losing_ones_place() => shop.VisitAsync(async visit =>
    {
        await visit.PutIntoCartAsync(ShopPages.DogFood);
        await visit.OpenAsync("/cart");
        await visit.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        var (number, more) = (visit[".stepper input[inputmode]"], visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^One more of") }));
        await more.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(number).ToHaveValueAsync("2");
        await Expect(more).ToBeFocusedAsync();
        await Expect(visit["#cart-badge"]).ToContainTextAsync("2");
        await number.FillAsync("");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(number).ToHaveValueAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take out ") }).ClickAsync();
        await Expect(visit.Button("Put it back")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(number).ToHaveValueAsync("2");
        await Expect(visit[".toast"]).ToHaveCountAsync(1);
        // Two presses at once count two, and the keyboard stays.
        await more.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(number).ToHaveValueAsync("4");
        await Expect(more).ToBeFocusedAsync();
        // What a rail beside the cart puts in stands in the cart at once.
        await visit.Rail("cart-together").Locator(".button--buy").First.ClickAsync();
        await Expect(visit[".cart-line"]).ToHaveCountAsync(2);
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.sameDocument === true"), "The whole page was loaded again.");
    });

    [SkippableFact]
    public Task The_rail_beside_the_cart_leaves_out_what_was_put_in_and_the_keyboard_goes_on_where_it_stood() => shop.VisitAsync(async visit =>
    {
        await visit.PutIntoCartAsync(ShopPages.DogFood);
        await visit.OpenAsync("/cart");
        var card = visit.Rail("cart-together").Locator(".product-card").Nth(1);
        var (product, button) = (await card.GetAttributeAsync("data-product"), card.Locator(".button--buy"));
        await button.FocusAsync();
        var stood = (await button.BoundingBoxAsync())!.Y;
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit[$".cart-line[data-product='{product}']"]).ToHaveCountAsync(1);
        await Expect(visit.Rail("cart-together").Locator($"[data-product='{product}']")).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        Assert.Equal(stood, (await button.BoundingBoxAsync())!.Y, 60.0);
        // More of one thing leaves the rail as it is.
        await visit.Page.EvaluateAsync("() => { document.querySelector('#cart-rail .rail').dataset.same = ''; }");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^One more of") }).First.ClickAsync();
        await Expect(visit["#cart-badge"]).ToContainTextAsync("3");
        await Expect(visit["#cart-rail .rail[data-same]"]).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take out ") }).Last.ClickAsync();
        await Expect(visit.Button("Put it back")).ToBeFocusedAsync();
        await Expect(visit["#cart-rail .rail[data-same]"]).ToHaveCountAsync(0);
    });

    [SkippableFact]
    public Task A_heart_asks_a_guest_to_sign_in_and_is_filled_on_the_way_back() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        var heart = visit[".product__picture .heart"];
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "false");
        await heart.ClickAsync();
        await Expect(visit["h1"]).ToHaveTextAsync("Welcome back");
        await Expect(visit[".toast"]).ToContainTextAsync("Sign in or open an account");
        await visit.Page.GetByLabel("Mail address").FillAsync("tom@example.com");
        await visit.Page.GetByLabel("Password").FillAsync(TestDatabase.DemoPassword);
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit[".toast"]).ToContainTextAsync("What you wished for is on your wish list.");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(Regex.Escape(ShopPages.DogFood)));
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "true");
        await heart.ClickAsync();
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "false");
    });

    [SkippableFact]
    public Task Whoever_goes_back_after_ordering_at_the_second_try_meets_the_cart_and_no_question_of_the_browser() => shop.VisitAsync(async visit =>
    {
        await visit.PutIntoCartAsync(ShopPages.DogFood);
        await visit.OpenAsync("/checkout");
        foreach (var (label, text) in new[] { ("Mail address", "back@example.org"), ("First and last name", "Robin Back"), ("Street and number", "Lindenweg 12"), ("Postcode", "none"), ("Town", "Freiburg") })
            await visit.Page.GetByLabel(label).FillAsync(text);
        await visit.Button("Order and pay").ClickAsync();
        await Expect(visit.Page.GetByLabel("Postcode")).ToBeFocusedAsync();
        await visit.Page.GetByLabel("Postcode").FillAsync("79098");
        await visit["input[name='Input.Payment'][value=invoice]"].CheckAsync();
        await visit.Button("Order and pay").ClickAsync();
        await Expect(visit["h1"]).ToContainTextAsync("Thank you");
        await visit.Page.GoBackAsync();
        await Expect(visit["h1"]).ToHaveTextAsync("Your cart");
    });
}
