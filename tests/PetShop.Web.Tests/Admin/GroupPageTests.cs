using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
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
        // A page is shown without looking for anything; the look that is asked for goes on behind it.
        Assert.Empty(page.QuerySelectorAll(".group-list"));
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE name = 'groups of buyers'"));
        page = await staff.SubmitAsync(page.QuerySelector("#found form")!);
        await Eventually.UntilAsync(async () => (page = await staff.GetAsync("/admin/segments/groups")).QuerySelector(".group-list, #found .empty") is not null && page.QuerySelector("#found[hx-get]") is null);
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE name = 'groups of buyers' AND succeeded"));
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
    public async Task Groups_are_looked_for_again_after_a_day_or_when_much_was_bought_since()
    {
        var server = await shop.ServerAsync();
        var proposals = ActivatorUtilities.CreateInstance<ClusterProposals>(server.Services);
        Assert.True(await proposals.IsDueAsync(CancellationToken.None));
        var found = await proposals.RefreshAsync(CancellationToken.None);
        Assert.Equal(found.Mark, (await proposals.RefreshAsync(CancellationToken.None)).Mark);
        Assert.False(await proposals.IsDueAsync(CancellationToken.None));
        Assert.Null(proposals.WorkingSince);
        proposals.Ask();
        proposals.Ask();
        Assert.NotNull(proposals.WorkingSince);
        Assert.True(await proposals.AskedAsync(TimeSpan.Zero, CancellationToken.None));
        Assert.False(await proposals.AskedAsync(TimeSpan.Zero, CancellationToken.None));
        var shopper = await server.AddShopperAsync(consents: true);
        await server.WithDbAsync(db =>
        {
            db.ShopperFeatures.Add(new() { ShopperId = shopper, LastOrderAt = DateTimeOffset.UnixEpoch.AddYears(50), OrdersCount = (int)(found.Orders / 8 + 2), RevenueMinor = 100, UpdatedAt = DateTimeOffset.UnixEpoch });
            return db.SaveChangesAsync();
        });
        Assert.True(await proposals.IsDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_shopper_sees_no_groups()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var answer = await visitor.Client.GetAsync("/admin/segments/groups");
        Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
