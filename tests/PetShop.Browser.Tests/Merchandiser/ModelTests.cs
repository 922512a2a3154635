using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Merchandiser;

[Collection(ShopInBrowser.Collection)]
public sealed class ModelTests(ShopInBrowser shop)
{
    private const int PatienceSeconds = 150;

    [SkippableFact]
    public Task A_training_asked_for_ends_in_a_new_version_with_its_figures() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/models");
        var versions = visit["#versions"].Locator("> tbody > tr");
        var before = await versions.CountAsync();
        Assert.True(before > 0);
        await visit.Button("Train now").ClickAsync();
        await visit.Button("Yes, train").ClickAsync();
        await Expect(visit[".notice--good"]).ToBeVisibleAsync();
        for (var second = 0; await versions.CountAsync() <= before; second++)
        {
            Assert.True(second < PatienceSeconds, $"No new version after {PatienceSeconds} seconds.");
            await visit.Page.WaitForTimeoutAsync(1000);
            await visit.Page.ReloadAsync();
        }
        await Expect(versions.Locator(".tag--good").Filter(new() { HasText = "In service" })).ToHaveCountAsync(1);
        await versions.First.Locator("summary").ClickAsync();
        await Expect(versions.First.GetByRole(AriaRole.Cell, new() { NameRegex = new("popular", System.Text.RegularExpressions.RegexOptions.IgnoreCase) }).First).ToBeVisibleAsync();
    }, Look.Desktop with { As = "admin@petshop.example" });
}
