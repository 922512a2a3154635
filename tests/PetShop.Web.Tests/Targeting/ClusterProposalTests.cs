using Microsoft.Extensions.DependencyInjection;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

public sealed class ClusterProposalTests
{
    [Fact]
    public async Task Groups_of_buyers_are_proposed_in_words_and_their_rules_hold_their_shoppers_in_the_database()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings);
        var proposals = server.Services.GetRequiredService<ClusterProposals>();
        Assert.Contains("Only 0 shoppers", (await proposals.FindAsync(CancellationToken.None)).WhyNot);
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        for (var i = 0; i < 121; i++)
        {
            // Every third one buys often and much; the last one did not agree.
            var (shopper, heavy) = (await server.AddShopperAsync(consents: i < 120), i % 3 == 0);
            await server.WithDbAsync(db =>
            {
                db.ShopperFeatures.Add(new() { ShopperId = shopper, LastOrderAt = now.AddDays(heavy ? -5 - i % 4 : -150 - i % 40).AddHours(-1), OrdersCount = heavy ? 15 + i % 5 : 1 + i % 2, RevenueMinor = heavy ? 60_000 + i : 2_000 + i, UpdatedAt = now });
                return db.SaveChangesAsync();
            });
        }
        var groups = (await proposals.FindAsync(CancellationToken.None)).Model!;
        Assert.Equal([80, 40], groups.Select(g => g.Shoppers.Count));
        Assert.Contains("ordered much more often", groups[1].Portrait.Sentence(), StringComparison.OrdinalIgnoreCase);
        var set = new SegmentSet(new Dictionary<string, Rule>());
        var counter = server.Services.GetRequiredService<SegmentCounter>();
        foreach (var group in groups)
        {
            Assert.Equal((1, 1), (group.Adopted.Precision, group.Adopted.Recall));
            Assert.True((await counter.MembersAsync(set.Draft(group.Adopted.Rule), set, counter.Now(), CancellationToken.None)).SetEquals(group.Shoppers));
        }
    }

    [Fact]
    public async Task Buyers_stand_on_a_board_by_recency_and_worth_with_what_they_are_expected_to_spend()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings, TargetedShop.Configure);
        using var staff = server.SignedIn("merchandiser");
        Assert.Contains("Nobody who agreed has bought anything yet.", (await staff.GetAsync("/admin/segments/groups")).Body!.TextContent, StringComparison.Ordinal);
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        for (var i = 0; i < 21; i++)
        {
            // One champion in three, the others hibernate; the last one did not agree.
            var (shopper, best) = (await server.AddShopperAsync(consents: i < 20), i % 3 == 0);
            await server.WithDbAsync(db =>
            {
                var score = (short)(best ? 5 : 1);
                db.ShopperFeatures.Add(new()
                {
                    ShopperId = shopper, LastOrderAt = now.AddDays(-5), OrdersCount = 2, RevenueMinor = best ? 9_000 : 1_000, UpdatedAt = now,
                    RfmRecency = score, RfmFrequency = score, RfmMonetary = score, ValueYearMinor = best ? 5_000 : 100, ChurnPermille = 300, ForecastAt = now,
                });
                return db.SaveChangesAsync();
            });
        }
        var board = (await staff.GetAsync("/admin/segments/groups")).QuerySelector(".buyer-board")!;
        string[] Row(string name) => [.. board.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent.StartsWith(name, StringComparison.Ordinal)).QuerySelectorAll("td").Take(5).Select(c => c.TextContent.Replace('\u00a0', ' '))];
        Assert.Equal(["7", "35.0 %", "€630.00", "€350.00", "30.0 %"], Row("Champions"));
        Assert.Equal(["13", "65.0 %", "€130.00", "€13.00", "30.0 %"], Row("Hibernating"));
        Assert.Equal(["0", "0.0 %", "€0.00", "–", "–"], Row("Loyal"));
        var link = board.QuerySelectorAll("tbody tr")[0].QuerySelector("a")!.GetAttribute("href")!;
        Assert.Contains("champions", (await staff.GetAsync(link)).QuerySelector("#rule")!.InnerHtml, StringComparison.OrdinalIgnoreCase);
    }
}
