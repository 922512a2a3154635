using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class BannerTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task Every_part_of_the_opening_pictures_buttons_answers_the_finger() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: false);
        await Expect(visit[".hero .button--buy"]).ToBeVisibleAsync();
        // The picture below has a clear edge that lies over them.
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.hero .button')].flatMap(button => {
              const box = button.getBoundingClientRect();
              return [0.15, 0.5, 0.85].filter(part => !button.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part))).map(part => `${button.textContent} at ${part}`);
            })
            """));
    }, Look.Phone);
}
