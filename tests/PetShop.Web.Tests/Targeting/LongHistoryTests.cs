using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Somebody who did more than is kept at hand, in a shop that keeps ten events.</summary>
public sealed class LongHistoryTests
{
    private const string Purchases = "\"event\":\"purchased\",\"count\":{\"op\":\">=\",\"value\":1}";

    // What rests on the newest ten events alone would say the opposite of each but the last two.
    private static readonly (string Slug, string Rule, bool Holds)[] Segments =
    [
        ("bought", $"{{\"v\":1,{Purchases}}}", true),
        ("never-bought", $"{{\"v\":1,\"not\":{{{Purchases}}}}}", false),
        ("bought-long-ago", """{"v":1,"event":"purchased","first":{"op":">=","value":100}}""", true),
        ("views-of-all-time", """{"v":1,"event":"product_viewed","count":{"op":">=","value":30}}""", true),
        ("refers", """{"v":1,"segment":"bought"}""", true),
        ("viewed-lately", """{"v":1,"event":"product_viewed","count":{"op":">=","value":3},"within":{"last":1,"unit":"day"}}""", true),
        ("bought-lately", $"{{\"v\":1,{Purchases},\"within\":{{\"last\":1,\"unit\":\"day\"}}}}", false),
    ];

    [Fact]
    public async Task A_page_says_of_them_what_stored_membership_says()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, "Tracking:HistoryLength=10"], TargetedShop.Configure);
        var (shopper, source) = (await server.AddShopperAsync(), server.Services.GetRequiredService<NpgsqlDataSource>());
        var now = TimeProvider.System.GetUtcNow();
        await source.StoreAsync(shopper, new BehaviourFacts(BehaviourType.Purchased, now.AddDays(-150), 118));
        for (var i = 0; i < 30; i++)
            await source.StoreAsync(shopper, new BehaviourFacts(BehaviourType.ProductViewed, now.AddMinutes(-400 * i - 1), 118));
        foreach (var (slug, rule, _) in Segments)
            await server.AddSegmentAsync(slug, rule);
        await server.RefreshRulesAsync();
        var (counter, preview) = (server.Services.GetRequiredService<SegmentCounter>(), server.Services.GetRequiredService<ProfilePreview>());
        var profile = (await preview.OfShopperAsync(shopper, "desktop", CancellationToken.None))!;
        Assert.Equal(10, profile.Facts.Events.Count);
        // Ten of these views reach back two and a half days: what asks for one is decided from memory.
        Assert.Equal(["bought", "bought-long-ago", "never-bought", "refers", "views-of-all-time"], profile.LookedUp.Order(StringComparer.Ordinal));
        foreach (var (slug, _, holds) in Segments)
        {
            var segment = profile.Rules.Segments[slug];
            Assert.Equal((slug, holds), (slug, (await counter.MembersAsync(segment, profile.Rules.Segments, profile.At, CancellationToken.None)).Contains(shopper)));
            Assert.Equal((slug, holds), (slug, profile.IsIn(slug)));
            Assert.Equal((slug, holds), (slug, MembershipExplanation.Of(profile, segment).Passes));
        }
        // A withdrawal is not waited for.
        await source.RunAsync("UPDATE shoppers SET consent_analytics = false WHERE id = $1", shopper);
        Assert.Empty((await preview.OfShopperAsync(shopper, "desktop", CancellationToken.None))!.Memberships);
    }
}
