using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class CollisionPageTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task The_board_tells_who_meets_two_who_wins_what_is_never_seen_and_how_to_mend_it()
    {
        var server = await shop.ServerAsync();
        var dogs = await server.AddSegmentAsync("board-dogs", """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"dog"}}""");
        var cats = await server.AddSegmentAsync("board-cats", """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"cat"}}""");
        foreach (var pets in new[] { "dog", "dog,cat", "cat", "dog,cat" })
        {
            var shopper = await server.AddShopperAsync();
            await server.ExecuteAsync("INSERT INTO pets (id, shopper_id, name, species, allergies, created_at) SELECT gen_random_uuid(), $1, 'Juno', s, '{}', now() FROM unnest(string_to_array($2, ',')) s", shopper, pets);
        }
        await server.Services.GetRequiredService<SegmentMembership>().RefreshEveryoneAsync(CancellationToken.None);
        var first = await server.AddBannerAsync("Dogs first", 50, [dogs.Id]);
        var second = await server.AddBannerAsync("Cats second", 40, [cats.Id]);
        var never = await server.AddBannerAsync("Dogs again", 30, [dogs.Id]);
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/banners/collisions");
        var pair = page.QuerySelector($".collision[data-winner='{first.Id}'][data-loser='{second.Id}']")!;
        Assert.StartsWith("2 shoppers would meet", pair.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Dogs first wins, priority 50 over 40", pair.TextContent, StringComparison.Ordinal);
        Assert.Contains("“Dogs again” is never seen by anybody.", page.QuerySelector(".shadowed")!.TextContent, StringComparison.Ordinal);
        var links = pair.QuerySelectorAll(".actions a").Cast<IHtmlAnchorElement>().Select(a => a.PathName + a.Search).ToList();
        Assert.Equal([$"/admin/banners/{second.Id}?priority=51", $"/admin/banners/{first.Id}?exclude={cats.Id}"], links);
        var asked = (await staff.GetAsync($"/admin/banners/collisions?winner={first.Id}&loser={second.Id}")).QuerySelector($"#pair-{first.Id}-{second.Id}")!;
        var both = await server.ScalarAsync<Guid[]>("SELECT array_agg(id ORDER BY id) FROM (SELECT shopper_id FROM pets GROUP BY 1 HAVING count(DISTINCT species) = 2) b (id)");
        Assert.Equal(both.SelectMany(id => new[] { $"/admin/shoppers/{id}", $"/admin/preview?shopper={id}" }), asked.QuerySelectorAll(".collision__people a").Select(a => a.GetAttribute("href")));
        var editor = await staff.GetAsync(links[0]);
        Assert.Equal("51", ((IHtmlInputElement)editor.QuerySelector("[name='Input.Priority']")!).Value);
        editor = await staff.GetAsync(links[1]);
        Assert.True(((IHtmlInputElement)editor.QuerySelector($"[name='Input.ExcludedSegmentIds'][value='{cats.Id}']")!).IsChecked);
        await staff.SubmitAsync(editor.QuerySelector("form#banner")!, ("action", "save"));
        Assert.Null((await staff.GetAsync("/admin/banners/collisions")).QuerySelector($".collision[data-winner='{first.Id}'][data-loser='{second.Id}']"));
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == first.Id || b.Id == second.Id || b.Id == never.Id).ExecuteDeleteAsync());
    }
}
