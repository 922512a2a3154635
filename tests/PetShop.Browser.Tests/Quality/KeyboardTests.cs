using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Quality;

[Collection(ShopInBrowser.Collection)]
public sealed class KeyboardTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task The_first_stop_skips_to_the_content() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog/dog-dry-food");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit[".skip-link"]).ToBeFocusedAsync();
        await Expect(visit[".skip-link"]).ToBeInViewportAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"), "After the skip link the next stop is not in the content.");
    });

    [SkippableFact]
    public Task The_question_that_lies_over_the_page_comes_right_after_the_skip_link() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Button("Yes, that’s fine")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit[".consent"]).ToHaveCountAsync(0);
        await Expect(visit["#beacon"]).ToHaveCountAsync(0);
    });

    [SkippableFact]
    public Task Whatever_has_the_focus_shows_it_and_is_on_the_screen() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: false);
        List<string> hidden = [];
        for (var stop = 0; stop < 45; stop++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<string?>(FocusProblem) is { } problem)
                hidden.Add(problem);
        }
        Assert.True(hidden.Count == 0, string.Join('\n', hidden));
    });

    [SkippableFact]
    public Task The_keyboard_alone_reaches_cart_and_checkout() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        await visit.AnswerAsync(agree: false);
        await visit.TabToAsync("main .product__add .button--buy");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit["#cart-badge"]).ToContainTextAsync("1");
        await visit.OpenAsync("/");
        await visit.TabToAsync(".header__links a[href='/cart']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/cart$"));
        await visit.TabToAsync("a[href='/checkout']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/checkout$"));
        foreach (var (label, text) in new[] { ("Mail address", "key@example.org"), ("First and last name", "Kay Board"), ("Street and number", "Tabweg 1"), ("Postcode", "79098"), ("Town", "Freiburg") })
        {
            var id = await visit.Page.GetByLabel(label).GetAttributeAsync("id");
            await visit.TabToAsync($"#{id}");
            await visit.Page.Keyboard.TypeAsync(text);
        }
        await visit.TabToAsync(".checkout aside .button--buy");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit["h1"]).ToContainTextAsync("Thank you");
    });

    // An outline, a shadow or another border or background than without the focus; and no stop outside of the window.
    private const string FocusProblem = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          const say = problem => `${problem}: ${e.outerHTML.slice(0, 120)}`;
          // A field or a card may show the focus of what stands in it.
          const shown = [e, e.closest('.choice, .option, .search__box, .product-card')].filter(x => x);
          const look = () => shown.map(x => { const s = getComputedStyle(x); return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join(); }).join();
          const box = e.getBoundingClientRect();
          if (box.width === 0 || box.bottom < 0 || box.top > innerHeight) return say('not on the screen');
          const focused = look();
          e.blur();
          const plain = look();
          e.focus({ preventScroll: true });
          return focused === plain ? say('the focus does not show') : null;
        }
        """;
}
