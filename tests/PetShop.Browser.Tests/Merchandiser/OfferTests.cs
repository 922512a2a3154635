using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Merchandiser;

/// <summary>A merchandiser makes a price for a segment; its members pay it, and nobody else.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed partial class OfferTests(ShopInBrowser shop)
{
    private const string Rule = """{"v":1,"attr":"pets.count","op":">=","value":1}""";

    [SkippableFact]
    public async Task An_offer_reaches_the_members_of_its_segment_from_the_product_to_the_cart_and_nobody_else()
    {
        await shop.VisitAsync(async visit =>
        {
            await MakeSegmentAsync(visit);
            await MakeOfferAsync(visit);
            // Saving leaves a page that may still be working out what was typed last.
            visit.Forgive(c => c.Contains("htmx:sendAbort", StringComparison.Ordinal) || c.Contains("htmx:afterRequest", StringComparison.Ordinal));
        }, Look.Desktop with { As = ShopPages.Merchandiser });

        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync(ShopPages.CatLitter);
            var price = visit[".product__price .price--yours"];
            await Expect(price).ToContainTextAsync("Your price");
            await Expect(price).ToContainTextAsync("Public price");
            await visit.PutIntoCartAsync(ShopPages.CatLitter);
            await visit.OpenAsync("/cart");
            await Expect(visit[".cart-line .own-price"].First).ToContainTextAsync("Your price");
            await visit[".cart-line .own-price a"].First.ClickAsync();
            await Expect(visit["h1"]).ToHaveTextAsync("Why this price?");
            await Expect(visit["main"]).ToContainTextAsync("number of pets is at least 1");
            await visit.Button("Switch personal prices off").ClickAsync();
            await Expect(visit["main .lead"]).ToContainTextAsync("You see the public prices");
            await visit.OpenAsync(ShopPages.CatLitter);
            await Expect(visit[".product__price .price__now"]).ToBeVisibleAsync();
            await Expect(visit[".price--yours"]).ToHaveCountAsync(0);
        }, Look.Phone with { As = "tom@example.com" });

        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync(ShopPages.CatLitter);
            await Expect(visit[".product__price .price__now"]).ToBeVisibleAsync();
            await Expect(visit[".price--yours"]).ToHaveCountAsync(0);
        }, Look.Desktop with { As = "nora@example.com" });
    }

    private static async Task MakeSegmentAsync(Visit visit)
    {
        await visit.OpenAsync($"/admin/segments/new?rule={Uri.EscapeDataString(Rule)}");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Homes with a pet");
        await visit.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("homes-with-a-pet");
        await visit.Page.GetByLabel("On: pages ask for it").CheckAsync();
        await visit[".editor .actions button[value=save]"].ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(Saved());
    }

    private static async Task MakeOfferAsync(Visit visit)
    {
        await visit.OpenAsync("/admin/offers");
        await visit.Link("New offer").First.ClickAsync();
        await visit.Page.GetByLabel("Name, for us").FillAsync("Litter");
        await visit.Page.GetByLabel("Reason, as the shopper reads it after “because”").FillAsync("somebody has to clean up");
        await visit.Page.GetByLabel("How much").FillAsync("15");
        await visit.Page.GetByLabel("Keep the public price, % of members").FillAsync("0");
        await visit.Page.GetByLabel("Single products, one a line").FillAsync(ShopPages.CatLitter);
        await visit.Page.GetByLabel("Homes with a pet").CheckAsync();
        await visit.Page.GetByLabel("On", new() { Exact = true }).CheckAsync();
        await Expect(visit["[data-covered]"]).ToContainTextAsync("1 product");
        await visit["#offer > .actions button[value=save]"].ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(Saved());
        await Expect(visit[".notice--good"]).ToContainTextAsync("Saved");
    }

    [GeneratedRegex(@"/admin/(segments|offers)/\d+$")]
    private static partial Regex Saved();
}
