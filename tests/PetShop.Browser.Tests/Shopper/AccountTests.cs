using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class AccountTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task A_cart_filled_as_a_stranger_survives_signing_in() => shop.VisitAsync(async visit =>
    {
        await visit.PutIntoCartAsync(ShopPages.CatLitter);
        await visit.SignInAsync("greta@example.com");
        await visit.OpenAsync("/cart");
        await Expect(visit[".cart-line"].First).ToBeVisibleAsync();
        await Expect(visit[".cart-line__name"].First).ToHaveAttributeAsync("href", ShopPages.CatLitter);
    });

    [SkippableFact]
    public Task An_order_is_bought_again_with_one_press() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/account/orders");
        await visit[".order-row a"].First.ClickAsync();
        var lines = await visit[".bill li"].CountAsync();
        Assert.True(lines > 0);
        await visit.Button("Buy again").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/cart"));
        await Expect(visit[".cart-line"].First).ToBeVisibleAsync();
    }, Look.Desktop with { As = "maya@example.com" });

    [SkippableFact]
    public Task A_wish_is_kept_and_found_again() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/shop/dog/dog-beds");
        var heart = visit[".product-card .heart"].First;
        await heart.ClickAsync();
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "true");
        await visit.OpenAsync("/account/wish-list");
        await Expect(visit[".product-card"].First).ToBeVisibleAsync();
    }, Look.Phone with { As = "nora@example.com" });

    [SkippableFact]
    public Task A_wrong_password_is_refused_without_saying_which_part_is_wrong() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/account/sign-in");
        await visit.Page.GetByLabel("Mail address").FillAsync("kenji@example.com");
        await visit.Page.GetByLabel("Password").FillAsync("not the password");
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/account/sign-in"));
    });

    [SkippableFact]
    public Task The_shopper_takes_their_data_along() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/privacy");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Download everything (JSON)").ClickAsync());
        using var file = await System.Text.Json.JsonDocument.ParseAsync(await download.CreateReadStreamAsync());
        Assert.Contains("Luna", file.RootElement.GetRawText(), StringComparison.Ordinal);
    }, Look.Desktop with { As = "maya@example.com" });
}
