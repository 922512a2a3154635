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
}
