using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
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
        Assert.Contains("A whole number is expected", page.QuerySelector("[data-row='1'] .error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("small letters", page.QuerySelector("[data-valmsg-for='Input.Slug']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("many", ((IHtmlInputElement)page.QuerySelector("[name='Input.Rows[1].Value']")!).Value);
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
