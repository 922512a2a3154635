using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using PetShop.Data;
using PetShop.Data.Models;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Merchandiser;

[Collection(ShopInBrowser.Collection)]
public sealed class ModelTests(ShopInBrowser shop)
{
    private const int PatienceSeconds = 150;

    [SkippableFact]
    public Task A_training_asked_for_ends_in_a_new_version_and_a_click_goes_back_to_an_older_one() => shop.VisitAsync(async visit =>
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
        await RollBackAsync(visit, versions);
    }, Look.Desktop with { As = "admin@petshop.example" });

    private static async Task RollBackAsync(Visit visit, ILocator versions)
    {
        // The oldest: whatever the training came to, it does not serve.
        var older = versions.Filter(new() { Has = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Roll back to") }) }).Last;
        var version = (await older.GetByRole(AriaRole.Rowheader).InnerTextAsync()).Trim();
        await visit.Button($"Roll back to {version}").ClickAsync();
        var asked = visit[$"#back-{version}"];
        await Expect(asked).ToContainTextAsync("your name is kept with the change");
        await visit.Button($"Yes, use model {version}").ClickAsync();
        await Expect(visit["main [role=status]"]).ToHaveTextAsync($"Model {version} is in service.");
        var serving = versions.Filter(new() { Has = visit.Page.Locator(".tag--good", new() { HasText = "In service" }) });
        await Expect(serving.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(version);
        await Expect(serving).ToContainTextAsync("Put back into service by admin@petshop.example");
        await AssertRecordedAsync(visit, int.Parse(version, CultureInfo.InvariantCulture));
        // Every server hears of it; a page made meanwhile may still be the newer model's.
        for (var tries = 0; !(await visit[".serving h2"].First.InnerTextAsync()).StartsWith($"Model {version} ", StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 50, $"Model {version} does not serve in memory.");
            await visit.Page.WaitForTimeoutAsync(200);
            await visit.Page.ReloadAsync();
        }
    }

    private static async Task AssertRecordedAsync(Visit visit, int version)
    {
        await using var scope = visit.Shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        Assert.Equal(version, await db.RecommenderModels.Where(m => m.Status == ModelStatus.Serving).Select(m => m.Id).SingleAsync());
        Assert.True(await db.AuditEntries.AnyAsync(a => a.Action == "model.roll-back" && a.Actor == "admin@petshop.example" && a.Subject == $"model {version}"));
    }
}
