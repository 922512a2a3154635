using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Areas.Admin;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class SegmentEditorTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task A_nested_rule_is_built_without_script_previewed_saved_and_brought_back()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var slug = $"s-{Guid.NewGuid():N}";
        var page = await staff.GetAsync("/admin/segments/new");
        page = await PressAsync(staff, page, "add:pets:0");
        page = await PressAsync(staff, page, "add:trait:1", ("Input.Name", "Horse people"));
        page = await PressAsync(staff, page, "add:event:0", ("Input.Rows[2].Value", "horse"));
        Assert.Equal("Horse people", ((IHtmlInputElement)page.QuerySelector("[name='Input.Name']")!).Value);
        page = await PressAsync(staff, page, "preview");
        Assert.Contains("Visitors who have a pet whose species is horse, and who bought something in the last 30 days.", page.QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
        page = await PressAsync(staff, page, "save", ("Input.Slug", slug));
        var stored = await server.WithDbAsync(db => db.Segments.AsNoTracking().SingleAsync(s => s.Slug == slug));
        Assert.Equal(RuleJson.Parse("""{"v":1,"all":[{"attr":"pet.any","where":{"attr":"species","op":"is","value":"horse"}},{"event":"purchased","count":{"op":">=","value":1},"within":{"last":30,"unit":"day"}}]}"""), RuleJson.Parse(stored.Rule));
        Assert.Equal((1, 0), (stored.Version, stored.MemberCount));
        page = await PressAsync(staff, page, "remove:1");
        page = await PressAsync(staff, page, "save");
        Assert.Equal(1, await VersionAsync(server, slug));
        await PressAsync(staff, page, "confirm");
        Assert.Equal(2, await VersionAsync(server, slug));
        var versions = await staff.GetAsync($"/admin/segments/{stored.Id}/versions");
        Assert.Contains("have a pet whose species is horse", string.Concat(versions.QuerySelectorAll(".difference del").Select(d => d.TextContent)), StringComparison.Ordinal);
        await staff.SubmitAsync(versions.Forms.Single(f => f.Action.Contains("handler=Rollback&version=1", StringComparison.Ordinal)));
        Assert.Equal(3, await VersionAsync(server, slug));
        Assert.Equal(stored.Rule, await server.WithDbAsync(db => db.Segments.Where(s => s.Slug == slug).Select(s => s.Rule).SingleAsync()));
    }

    [Fact]
    public async Task Faults_stand_beside_their_rows_and_nothing_typed_is_lost()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "add:trait:0");
        page = await PressAsync(staff, page, "save", ("Input.Name", "Buyers"), ("Input.Slug", "Not A Key"), ("Input.Rows[1].Value", "many"));
        Assert.Contains("“many” is no whole number. Type it such as 30.", page.QuerySelector("[data-row='1'] .error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("small letters", page.QuerySelector("[data-valmsg-for='Input.Slug']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("many", ((IHtmlInputElement)page.QuerySelector("[name='Input.Rows[1].Value']")!).Value);
    }

    [Fact]
    public async Task Without_a_key_a_new_segment_takes_one_of_its_name_that_is_free()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var name = $"Große Hunde & {Guid.NewGuid():N}";
        var key = "grosse-hunde-" + name[^32..];
        foreach (var made in (string[])[key, key + "-2"])
        {
            await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "save", ("Input.Name", name), ("Input.Slug", ""));
            Assert.True(await server.WithDbAsync(db => db.Segments.AnyAsync(s => s.Slug == made)), made);
        }
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "save", ("Input.Name", ""), ("Input.Slug", ""));
        Assert.Equal("", page.QuerySelector("[data-valmsg-for='Input.Slug']")!.TextContent);
    }

    [Theory]
    [InlineData("Puppy owners", "puppy-owners-3")]
    [InlineData("Łódź ÆØ été", "lodz-aeo-ete")]
    [InlineData("犬", "segment")]
    [InlineData("  --VIP-- 2026! ", "vip-2026")]
    public void A_key_is_proposed_of_a_name(string name, string key) => Assert.Equal(key, SegmentKeys.Free(name, ["puppy-owners", "puppy-owners-2"]));

    [Fact]
    public void A_long_name_has_a_key_of_a_length_that_is_taken() => Assert.Equal(new string('a', 50) + "-2", SegmentKeys.Free(new string('a', 80), [new string('a', 50)]));

    [Fact]
    public async Task A_figure_beyond_its_limit_stands_beside_its_row_and_a_value_may_be_typed_in_any_case()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "add:trait:0");
        page = await PressAsync(staff, page, "preview", ("Input.Rows[1].Trait", "predicted.churn_permille"), ("Input.Rows[1].Operator", ">="), ("Input.Rows[1].Value", "150"));
        Assert.Contains("goes from 0 % to 100 %", page.QuerySelector("[data-row='1'] .error")!.TextContent, StringComparison.Ordinal);
        page = await PressAsync(staff, page, "preview", ("Input.Rows[1].Trait", "place.country"), ("Input.Rows[1].Operator", "is"), ("Input.Rows[1].Value", "nl "));
        Assert.Contains("Visitors whose country is Netherlands.", page.QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_city_is_completed_as_shoppers_have_it()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings, TargetedShop.Configure);
        await server.ExecuteAsync("""
            INSERT INTO shoppers (id, first_name, last_name, city, quiz_values, registered_at, consent_analytics, consent_personalisation, consent_email, consent_prices, is_suppressed,
                email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            SELECT md5(n::text)::uuid, '', '', CASE WHEN n < 6 THEN 'Utrecht' ELSE 'Gouda' END, '{}', now(), true, true, true, true, false, true, false, false, false, 0 FROM generate_series(1, 9) n
            """);
        using var staff = server.SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "add:trait:0");
        page = await PressAsync(staff, page, "preview", ("Input.Rows[1].Trait", "place.city"), ("Input.Rows[1].Operator", "in"), ("Input.Rows[1].Value", "uTRECHT, Oslo"));
        Assert.Equal(["Utrecht"], page.QuerySelectorAll("#names-city option").Select(o => o.GetAttribute("value")));
        Assert.Equal("Utrecht, Oslo", page.QuerySelector("#r1-value")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Each_comparison_is_offered_once()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "add:trait:0");
        page = await PressAsync(staff, page, "look", ("Input.Rows[1].Trait", "quiz.values"), ("Input.Rows[1].Value", "price"));
        var offered = page.QuerySelectorAll("#r1-operator option").Select(o => o.GetAttribute("value")).ToList();
        Assert.Equal(offered.Distinct(), offered);
    }

    [Fact]
    public async Task Json_that_is_no_rule_says_so_when_it_shall_be_a_form()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "to-json");
        page = await PressAsync(staff, page, "to-form", ("Input.Json", """{"v":1,"""));
        Assert.Contains("This is not JSON", page.QuerySelector("#segment .error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_with_an_unknown_name_is_shown_as_json_with_its_fault_and_nothing_else_is_said()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "add:trait:0");
        (string, string?)[] row = [("Input.Rows[1].Trait", "place.country"), ("Input.Rows[1].Operator", "is")];
        var refused = await PressAsync(staff, page, "to-json", [.. row, ("Input.Rows[1].Value", "")]);
        Assert.Equal("It cannot be shown that way before what is wrong is mended.", refused.QuerySelector("#said")!.TextContent);
        Assert.Equal("It cannot be shown that way before what is wrong is mended.", refused.QuerySelector("#to-json + .error")!.TextContent);
        page = await PressAsync(staff, page, "to-json", [.. row, ("Input.Rows[1].Value", "Germany")]);
        Assert.Equal("The rule is JSON now.", page.QuerySelector("#said")!.TextContent);
        Assert.Contains("Germany", ((IHtmlTextAreaElement)page.QuerySelector("[name='Input.Json']")!).Value, StringComparison.Ordinal);
        Assert.Contains("Germany", page.QuerySelector("#segment .error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_are_typed_with_units_and_what_the_catalogue_lacks_is_told_with_what_comes_near()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, "Shop:Currency=EUR"], TargetedShop.Configure);
        await server.ExecuteAsync("INSERT INTO categories (slug, name, department, path, blurb, sort_order) VALUES ('dog', 'Dogs', 'dog', '{dog}', '', 1)");
        await server.ExecuteAsync("INSERT INTO categories (slug, name, department, path, blurb, sort_order, parent_id) SELECT 'dog-food', 'Dog food', 'dog', '{dog,dog-food}', '', 2, id FROM categories");
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/segments/new");
        Assert.Equal(("dog-food", "Dogs › Dog food"), page.QuerySelectorAll("#names-category option").Select(o => (o.GetAttribute("value")!, o.TextContent)).Last());
        Assert.Contains(page.QuerySelectorAll("#names-country option"), o => o.TextContent == "Netherlands");
        page = await PressAsync(staff, page, "add:trait:0");
        Assert.Contains("Forecasts", page.QuerySelectorAll("[data-row='1'] optgroup").Select(g => g.GetAttribute("label")));
        page = await PressAsync(staff, page, "preview", ("Input.Rows[1].Trait", "orders.revenue_minor"), ("Input.Rows[1].Operator", ">="), ("Input.Rows[1].Value", "250.00"));
        Assert.Equal("€", page.QuerySelector("#r1-besides")!.TextContent);
        Assert.Contains("Visitors whose money spent is at least €250.00.", page.QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
        page = await PressAsync(staff, page, "add:event:0");
        page = await PressAsync(staff, page, "add:trait:2");
        Assert.Equal("names-category", page.QuerySelector("#r3-value")!.GetAttribute("list"));
        page = await PressAsync(staff, page, "save", ("Input.Name", "Feeders"), ("Input.Slug", "feeders"), ("Input.Rows[3].Value", "dogfood"));
        Assert.Contains("There is no category 'dogfood'. Did you mean 'dog-food'?", page.QuerySelector("[data-row='3'] .error")!.TextContent, StringComparison.Ordinal);
        await PressAsync(staff, page, "save", ("Input.Rows[3].Value", "dog-food"));
        var stored = await server.WithDbAsync(db => db.Segments.AsNoTracking().SingleAsync(s => s.Slug == "feeders"));
        Assert.Equal(new NumberValue(25000), Assert.IsType<TraitRule>(Assert.IsType<AllRule>(RuleJson.Parse(stored.Rule)).Parts[0]).Value);
        // The category goes: the segment opens, works and is saved on, and is told of it.
        await server.ExecuteAsync("UPDATE categories SET slug = 'dog-meals', path = '{dog,dog-meals}' WHERE slug = 'dog-food'");
        page = await PressAsync(staff, await staff.GetAsync($"/admin/segments/{stored.Id}"), "save", ("Input.Name", "Feeders of old"));
        Assert.Equal(2, await VersionAsync(server, "feeders"));
        Assert.Contains("The catalogue has no category 'dog-food' any more", (await staff.GetAsync($"/admin/segments/{stored.Id}")).QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_trait_cannot_be_counted_and_says_so()
    {
        var server = await shop.ServerAsync();
        await server.AddShopperAsync();
        using var staff = server.SignedIn("administrator");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "preview", ("Input.Mode", "json"), ("Input.Json", """{"v":1,"attr":"visit.device","op":"is","value":"phone"}"""));
        Assert.Contains("Depends on the visit (device)", page.QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
        page = await PressAsync(staff, page, "preview", ("Input.Json", """{"v":1,"all":[]}"""));
        Assert.Contains("This is everyone", page.QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
    }

    private static Task<IHtmlDocument> PressAsync(TestVisitor staff, IHtmlDocument page, string action, params (string, string?)[] fields) =>
        staff.SubmitAsync(page.QuerySelector("form#segment")!, [.. fields, ("action", action)]);

    private static Task<int> VersionAsync(ShopServer server, string slug) => server.WithDbAsync(db => db.Segments.Where(s => s.Slug == slug).Select(s => s.Version).SingleAsync());
}
