using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class GroupPageTests(CampaignShop shop) : IClassFixture<CampaignShop>
{
    [Fact]
    public async Task A_group_of_buyers_becomes_a_segment_with_the_rule_that_comes_nearest()
    {
        var server = await shop.ServerAsync();
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        // The small demo has too few buyers for groups: these buy often and much.
        for (var i = 0; i < 60; i++)
        {
            var shopper = await server.AddShopperAsync(consents: true);
            await server.WithDbAsync(db =>
            {
                db.ShopperFeatures.Add(new() { ShopperId = shopper, LastOrderAt = now.AddDays(-1 - i % 4), OrdersCount = 40 + i % 5, RevenueMinor = 400_000 + i, UpdatedAt = now });
                return db.SaveChangesAsync();
            });
        }
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/segments/groups");
        var groups = page.QuerySelectorAll(".group-list section");
        Assert.True(groups.Length >= 2, page.QuerySelector("main")!.TextContent);
        Assert.All(groups, g => Assert.Matches("holds \\d+.% of the group", g.TextContent));
        var editor = await staff.GetAsync(groups[0].QuerySelector("a.button")!.GetAttribute("href")!);
        Assert.Contains("at least", editor.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(editor.QuerySelectorAll("[name^='Input.Rows']"));
        var list = await staff.SubmitAsync(groups[0].QuerySelector("form")!);
        Assert.Contains("Kept as a list of", list.QuerySelector(".notice--good")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(await server.WithDbAsync(db => Task.FromResult(db.ShopperListMembers.Count())), int.Parse(System.Text.RegularExpressions.Regex.Match(groups[0].TextContent, @"Keep these ([\d,]+)").Groups[1].Value.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_shopper_sees_no_groups()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var answer = await visitor.Client.GetAsync("/admin/segments/groups");
        Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
