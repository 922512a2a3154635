using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using PetShop.Web.Checkout;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class CheckoutTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task A_guest_orders_with_a_second_card_after_the_first_was_declined() => shop.VisitAsync(async visit =>
    {
        await visit.PutIntoCartAsync(ShopPages.DogFood);
        await visit.OpenAsync("/cart");
        await visit.Link("To the checkout").ClickAsync();
        await FillAsync(visit);
        await PayByCardAsync(visit, TestCardGateway.Declines);
        await Expect(visit.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("declined");
        await Expect(visit.Page.GetByLabel("First and last name")).ToHaveValueAsync("Robin Guest");

        await PayByCardAsync(visit, TestCardGateway.Succeeds);
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/checkout/thanks/"));
        await Expect(visit["h1"]).ToContainTextAsync("Thank you");
        await Expect(visit["main"]).ToContainTextAsync("robin@example.org");
        await Expect(visit["#cart-badge"]).Not.ToContainTextAsync("1");
        visit.Forgive(c => c.Contains("/checkout", StringComparison.Ordinal) && c.Contains("42", StringComparison.Ordinal));
    });

    [SkippableFact]
    public Task The_checkout_works_without_script_and_pays_by_invoice() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        await visit.Button("Put into the cart").ClickAsync();
        await visit.OpenAsync("/checkout");
        await FillAsync(visit);
        await visit["input[name='Input.Payment'][value=invoice]"].CheckAsync();
        await visit.Button("Order and pay").ClickAsync();
        await Expect(visit["h1"]).ToContainTextAsync("Thank you");
    }, Look.WithoutScript);

    [SkippableFact]
    public Task What_is_missing_is_said_beside_its_field() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync(ShopPages.DogFood);
        await visit.Button("Put into the cart").ClickAsync();
        await visit.OpenAsync("/checkout");
        await FillAsync(visit);
        await visit.Page.GetByLabel("Postcode").FillAsync("none");
        await visit.Button("Order and pay").ClickAsync();
        await Expect(visit[".field"].Filter(new() { HasText = "Postcode" }).Locator(".field-validation-error")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("Town")).ToHaveValueAsync("Freiburg");
    }, Look.Phone with { Script = false });

    private static async Task FillAsync(Visit visit)
    {
        await visit.Page.GetByLabel("Mail address").FillAsync("robin@example.org");
        await visit.Page.GetByLabel("First and last name").FillAsync("Robin Guest");
        await visit.Page.GetByLabel("Street and number").FillAsync("Lindenweg 12");
        await visit.Page.GetByLabel("Postcode").FillAsync("79098");
        await visit.Page.GetByLabel("Town").FillAsync("Freiburg");
    }

    private static async Task PayByCardAsync(Visit visit, string number)
    {
        await visit["input[name='Input.Payment'][value=card]"].CheckAsync();
        await visit.Page.GetByLabel("Card number").FillAsync(number);
        await visit.Button("Order and pay").ClickAsync();
    }
}
