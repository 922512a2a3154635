using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

/// <summary>The lists of a few shoppers under two models.</summary>
public sealed class BeforeAfterTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    [Fact]
    public async Task Lists_stand_side_by_side_under_names_that_tell_nothing()
    {
        var shop = await fixture.ServerAsync();
        var other = await shop.AddModelAsync("{}", "{}", await shop.TurnedAroundAsync());
        using var staff = shop.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/models/before-after?version={other}&seed=3");
        var lists = page.QuerySelectorAll(".lists");
        Assert.Equal(10, lists.Length);
        Assert.Contains(lists, l => l.QuerySelectorAll(".lists__came").Length > 0 && l.QuerySelectorAll(".lists__left").Length > 0);
        foreach (var list in lists)
        {
            Assert.Matches("^[A-Z][a-z]+ [A-Z][a-z]+ [0-9a-f]{2}$", list.QuerySelector("h2")!.TextContent);
            Assert.All(list.QuerySelectorAll("ol"), ol => Assert.InRange(ol.QuerySelectorAll("li").Length, 3, 8));
        }
        await AssertNamelessAsync(shop, page, [.. lists.Select(l => Guid.Parse(l.QuerySelector("a")!.GetAttribute("href")!["/admin/preview?shopper=".Length..]))]);
        var again = Names(await staff.GetAsync($"/admin/models/before-after?version={other}&seed=3"));
        Assert.Equal(Names(page), again);
        Assert.NotEqual(again, Names(await staff.GetAsync($"/admin/models/before-after?version={other}&seed=4")));
        await shop.RemoveModelAsync(other);
    }

    [Fact]
    public async Task The_preview_of_a_shopper_shows_the_list_that_stands_on_the_left()
    {
        var shop = await fixture.ServerAsync();
        var other = await shop.AddModelAsync("{}", "{}", await shop.TurnedAroundAsync());
        using var staff = shop.SignedIn("merchandiser");
        var list = (await staff.GetAsync($"/admin/models/before-after?version={other}")).QuerySelector(".lists")!;
        var before = list.QuerySelectorAll("ol")[0].QuerySelectorAll("li > span:first-child").Select(s => s.TextContent).ToHashSet();
        var preview = await staff.GetAsync(list.QuerySelector("a")!.GetAttribute("href")!);
        var rails = preview.QuerySelectorAll("#rails .mini a").Select(a => a.TextContent).ToHashSet();
        // The page of the shop spares what other rails show, and explores one place.
        Assert.True(before.Count(rails.Contains) >= before.Count / 2, $"{string.Join(", ", before)} against {string.Join(", ", rails)}");
        await shop.RemoveModelAsync(other);
    }

    private static async Task AssertNamelessAsync(ShopServer shop, IDocument page, Guid[] ids)
    {
        Assert.Equal(10, ids.Distinct().Count());
        var html = page.QuerySelector(".shoppers")!.OuterHtml;
        var people = await shop.WithDbAsync(db => db.Shoppers.Where(s => ids.Contains(s.Id)).Select(s => new { s.Email, s.FirstName, s.LastName, s.ConsentPersonalisation }).ToListAsync());
        Assert.Equal(10, people.Count);
        Assert.All(people, p =>
        {
            Assert.True(p.ConsentPersonalisation);
            Assert.DoesNotContain(p.Email!, html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain($"{p.FirstName} {p.LastName}".Trim(), html, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static string[] Names(IDocument page) => [.. page.QuerySelectorAll(".lists h2").Select(h => h.TextContent)];
}

/// <summary>Versions that tests put beside the trained one.</summary>
internal static class ModelSteps
{
    /// <summary>A model of the same products that recommends others: sound, and of another opinion.</summary>
    public static async Task<byte[]> TurnedAroundAsync(this ShopServer shop)
    {
        var (_, content) = await shop.Services.GetRequiredService<ModelStore>().ContentAsync(null, CancellationToken.None);
        var stored = ModelFile.Read(content);
        var items = stored.Model.Items;
        var turned = Enumerable.Range(0, items.Count).SelectMany(i => Enumerable.Range(1, 3).Select(step => new Ranked((i + items.Count - 4 * step) % items.Count, 1f / step))).ToArray();
        return ModelFile.Write(stored with { Model = new NeighbourModel(items, [.. Enumerable.Range(0, items.Count + 1).Select(i => 3 * i)], turned) });
    }

    public static Task<int> AddModelAsync(this ShopServer shop, string quality, string parameters, byte[] content) => shop.WithDbAsync(async db =>
    {
        var model = db.RecommenderModels.Add(new()
        {
            Trainer = "als", Status = ModelStatus.Retired, TrainedAt = DateTimeOffset.UnixEpoch.AddYears(56), DataCutOff = DateTimeOffset.UnixEpoch.AddYears(56), Parameters = parameters, Quality = quality,
            Decision = "An old decision.", Trigger = "schedule", TrainingTime = TimeSpan.FromSeconds(3), Content = content,
        }).Entity;
        await db.SaveChangesAsync();
        return model.Id;
    });

    public static Task RemoveModelAsync(this ShopServer shop, int version) => shop.ExecuteAsync("DELETE FROM recommender_models WHERE id = $1", version);
}
