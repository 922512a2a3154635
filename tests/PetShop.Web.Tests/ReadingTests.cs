using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Campaigns;
using PetShop.TestHost;
using PetShop.Web.Tests.Admin;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests;

/// <summary>Reading pages changes nothing: every page there is is opened, found in the shop's own table of routes.</summary>
public sealed partial class ReadingTests(CampaignShop fixture) : IClassFixture<CampaignShop>
{
    [Fact]
    public async Task A_stranger_who_opens_every_page_leaves_no_row_behind()
    {
        var shop = await fixture.ServerAsync();
        using var stranger = shop.NewVisitor();
        await stranger.GetAsync("/");
        var before = await RowsAsync(shop);
        var opened = 0;
        foreach (var path in await PathsAsync(shop, isAdmin: false))
        {
            using var answer = await stranger.Client.GetAsync(path);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
            opened++;
        }
        Assert.True(opened > 30, $"Only {opened} pages were opened.");
        // What was not recorded is counted by its reason; once the counts are written, so would be the events.
        await shop.EventuallyAsync(1, "SELECT count(*) FROM dropped_events WHERE reason = 'no-consent'");
        Assert.Equal(before, await RowsAsync(shop));
        Assert.DoesNotContain(stranger.CookieNames, c => c is "petshop.visitor" or "petshop.session" or "petshop.cart");
    }

    [Fact]
    public async Task Of_the_admin_area_only_pages_about_persons_write_and_only_that_they_were_opened()
    {
        var shop = await fixture.ServerAsync();
        await shop.WithDbAsync(db =>
        {
            db.ShopperLists.Add(new() { Slug = "vips", Name = "Guests of honour" });
            return db.SaveChangesAsync();
        });
        // Files of people are made from fifty on.
        for (var i = 0; i < 50; i++)
            await shop.AddShopperAsync();
        await shop.ScalarAsync<long>("WITH added AS (INSERT INTO shopper_list_members (list_id, shopper_id) SELECT l.id, s.id FROM shopper_lists l, shoppers s WHERE l.slug = 'vips' RETURNING 1) SELECT count(*) FROM added");
        await shop.WithDbAsync(db => db.Campaigns.OrderByDescending(c => c.Id).Take(1).ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CampaignState.Stopped)));
        await shop.AddSegmentAsync("everyone", """{"v":1,"all":[]}""");
        await shop.RefreshRulesAsync();
        using var staff = shop.SignedIn("administrator");
        using var counter = new SqlCounter();
        List<string> audited = [];
        foreach (var path in await PathsAsync(shop, isAdmin: true))
        {
            var changes = (await counter.GetAsync(staff, path)).Where(s => Changes().IsMatch(s)).ToList();
            if (changes.Count == 0)
                continue;
            Assert.True(changes.TrueForAll(c => c.Contains("INSERT INTO audit_entries", StringComparison.OrdinalIgnoreCase)), $"{path}:\n{string.Join('\n', changes)}");
            audited.Add(path);
        }
        Assert.Equal(6, audited.Count);
    }

    /// <summary>The address of every page that a GET opens, with an example in the place of what varies.</summary>
    private static async Task<List<string>> PathsAsync(ShopServer shop, bool isAdmin)
    {
        var pages = shop.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(p => p.AttributeRouteInfo!.Template!.TrimStart('/')).Where(t => t.StartsWith("admin", StringComparison.Ordinal) == isAdmin).Distinct().Order().ToList();
        List<string> paths = [];
        foreach (var page in pages)
            foreach (var example in Examples.GetValueOrDefault(page, [$"SELECT '/{page}'"]))
            {
                Assert.False(example.Contains('{', StringComparison.Ordinal), $"Give an example of {page} here.");
                paths.Add(await shop.ScalarAsync<string>(example));
            }
        return paths;
    }

    private const string Maya = "(SELECT id FROM shoppers WHERE email = 'maya@example.com')";

    /// <summary>Addresses of pages that need more than their name, as statements that find them; none where the demo shop has nothing of the kind and another route opens the same page.</summary>
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        [""] = ["SELECT '/'"],
        ["search"] = ["SELECT '/search'", "SELECT '/search?q=salmon'", "SELECT '/search?q=zzxxqqvv'", "SELECT '/search?handler=Suggest&q=salm'"],
        ["shop/{department}"] = ["SELECT '/shop/dog'"],
        ["shop/{department}/{category}"] = ["SELECT '/shop/dog/dog-dry-food'", "SELECT '/shop/dog/dog-dry-food?rating=4&sort=price&page=2'"],
        ["products/{slug}"] = ["SELECT '/products/' || slug FROM products WHERE in_stock LIMIT 1"],
        ["why/{id:int}"] = ["SELECT '/why/' || id FROM products WHERE in_stock LIMIT 1"],
        ["reviews/{id:long}/report"] = ["SELECT '/reviews/' || min(id) || '/report' FROM reviews"],
        ["checkout/thanks/{key:guid}"] = ["SELECT '/checkout/thanks/' || checkout_key FROM orders WHERE shopper_id IS NOT NULL LIMIT 1"],
        ["account/orders/{number}"] = ["SELECT '/account/orders/' || number FROM orders LIMIT 1"],
        ["account/pets/{id:guid}"] = ["SELECT '/account/pets/' || id FROM pets LIMIT 1"],
        ["account/pets/{id:guid}/goodbye"] = ["SELECT '/account/pets/' || id || '/goodbye' FROM pets LIMIT 1"],
        ["account/reviews/{product}"] = ["SELECT '/account/reviews/' || slug FROM products LIMIT 1"],
        ["account/development-mails/{id?}"] = ["SELECT '/account/development-mails'"],
        ["unsubscribe/{token}"] = ["SELECT '/unsubscribe/nonsense'"],
        ["admin/api/webhooks/{id:int}"] = [],
        ["admin/banners/{id:int}"] = ["SELECT '/admin/banners/' || min(id) FROM banners"],
        ["admin/banners/{id:int}/test"] = ["SELECT '/admin/banners/' || min(id) || '/test' FROM banners"],
        ["admin/campaigns/{id:int}"] = ["SELECT '/admin/campaigns/' || min(id) FROM campaigns"],
        ["admin/campaigns/{id:int}/send"] = ["SELECT '/admin/campaigns/' || min(id) || '/send' FROM campaigns"],
        ["admin/campaigns/{id:int}/results"] = ["SELECT '/admin/campaigns/' || max(id) || '/results' FROM campaigns"],
        ["admin/mails/{id?}"] = ["SELECT '/admin/mails'"],
        ["admin/merchandising/{id:int}"] = [],
        ["admin/offers/{id:int}"] = ["SELECT '/admin/offers/' || min(id) FROM price_offers"],
        ["admin/offers/{id:int}/results"] = ["SELECT '/admin/offers/' || min(id) || '/results' FROM price_offers"],
        ["admin/orders/{id:long}"] = ["SELECT '/admin/orders/' || min(id) FROM orders"],
        ["admin/preview"] = ["SELECT '/admin/preview'", "SELECT '/admin/preview?shopper=maya@example.com'"],
        ["admin/products/{id:int}"] = ["SELECT '/admin/products/' || min(id) FROM products"],
        ["admin/segments/lists/{key}/{handler?}"] = ["SELECT '/admin/segments/lists/vips'", "SELECT '/admin/segments/lists/vips/download'"],
        ["admin/segments/{id:int}"] = ["SELECT '/admin/segments/' || min(id) FROM segments"],
        ["admin/segments/{id:int}/export.json"] = ["SELECT '/admin/segments/' || min(id) || '/export.json' FROM segments"],
        ["admin/segments/{id:int}/members.csv"] = ["SELECT '/admin/segments/' || id || '/members.csv' FROM segments WHERE slug = 'everyone'"],
        ["admin/segments/{id:int}/playbook"] = ["SELECT '/admin/segments/' || min(id) || '/playbook' FROM segments"],
        ["admin/segments/{id:int}/versions"] = ["SELECT '/admin/segments/' || min(id) || '/versions' FROM segments"],
        ["admin/segments/{id:int}/why"] = [$"SELECT '/admin/segments/' || min(id) || '/why?shopper=' || {Maya} FROM segments"],
        ["admin/shoppers/{id:guid}"] = [$"SELECT '/admin/shoppers/' || {Maya}"],
    };

    private static async Task<string> RowsAsync(ShopServer shop) => await shop.ScalarAsync<string>(
        """
        SELECT string_agg(table_name || ' ' || (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', table_name), false, true, '')))[1]::text, E'\n' ORDER BY table_name)
        FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'dropped_events'
        """);

    [GeneratedRegex(@"\b(insert|update|delete|merge|copy|truncate)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Changes();
}
