using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class SegmentFileTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    private const string Buyers = """{"v":1,"attr":"consent.email","op":"known"}""";

    [Fact]
    public async Task A_segment_goes_out_as_a_file_and_comes_back_under_another_key_switched_off()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync("out", """{"v":1,"attr":"place.city","op":"is","value":"Köln"}""");
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser");
        var file = await staff.Client.GetStringAsync($"/admin/segments/{segment.Id}/export.json");
        Assert.Equal("out", JsonDocument.Parse(file).RootElement.GetProperty("key").GetString());
        var page = await CheckAsync(staff, file);
        Assert.Contains("whose city is Köln", page.QuerySelector("#found + p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("saving makes this its version 2", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.QuerySelector("form.list-form")!, ("Input.Key", "in"), ("Input.Name", "Back again"), ("action", "save"));
        var stored = await server.WithDbAsync(db => db.Segments.AsNoTracking().SingleAsync(s => s.Slug == "in"));
        Assert.Equal(("Back again", false, 1), (stored.Name, stored.IsActive, stored.Version));
        Assert.Equal(RuleJson.Parse(segment.Rule), RuleJson.Parse(stored.Rule));
        Assert.True(await server.WithDbAsync(db => db.AuditEntries.AnyAsync(a => a.Subject == "segment out" && a.Action.StartsWith("rule exported"))));
    }

    [Theory]
    [InlineData("nothing", "$", "This is no JSON")]
    [InlineData("""{"format":"other"}""", "$.format", "no file of a segment")]
    [InlineData("""{"format":"petshop-segment","rule":{"v":1,"all":[{"attr":"place.county","op":"is","value":"x"}]}}""", "$.rule.all[0].attr", "Did you mean \"place.country\"?")]
    [InlineData("""{"v":1,"list":"not-there"}""", "$.list", "There is no list 'not-there'.")]
    public async Task A_file_that_cannot_be_used_says_where_and_why(string file, string path, string says)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var error = (await CheckAsync(staff, file)).QuerySelector(".error")!;
        Assert.Equal(path, error.QuerySelector("code")!.TextContent);
        Assert.Contains(says, error.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_go_out_with_name_and_address_only_where_they_agreed_to_mail_and_never_as_a_formula()
    {
        var server = await shop.ServerAsync();
        var few = await server.AddSegmentAsync("few", """{"v":1,"list":["00000001-0000-0000-0000-000000000000"]}""");
        var all = await server.AddSegmentAsync("members", Buyers);
        var live = await server.AddSegmentAsync("live", """{"v":1,"attr":"visit.device","op":"is","value":"phone"}""");
        var people = new List<Guid>();
        for (var i = 0; i < 50; i++)
            people.Add(await server.AddShopperAsync(consents: true));
        await AgreeAsync(server, people[0], "=1+1", true, false);
        await AgreeAsync(server, people[1], "Ben", false, false);
        await AgreeAsync(server, people[2], "Cleo", true, true);
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser");
        var lines = (await staff.Client.GetStringAsync($"/admin/segments/{all.Id}/members.csv")).Split("\r\n");
        Assert.Equal("shopper_id,name,email", lines[0]);
        string LineOf(Guid id) => lines.Single(l => l.Contains(id.ToString(), StringComparison.Ordinal));
        Assert.Equal($"{people[0]},\"'=1+1\",s0@example.com", LineOf(people[0]).Replace($"{people[0]:N}@", "s0@", StringComparison.Ordinal));
        Assert.Equal($"{people[1]},,", LineOf(people[1]));
        Assert.Equal($"{people[2]},,", LineOf(people[2]));
        Assert.Contains("members exported", await server.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject == "segment members").Select(a => a.Action).SingleAsync()), StringComparison.Ordinal);
        await RefusedAsync(staff, few.Id, "a file is made from 50 on");
        await RefusedAsync(staff, live.Id, "depends on the visit");
    }

    [Fact]
    public async Task The_schema_of_rules_is_served_to_be_kept()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var first = await visitor.Client.GetAsync(RuleSchema.Path);
        Assert.Equal((HttpStatusCode.OK, "application/schema+json", true), (first.StatusCode, first.Content.Headers.ContentType!.MediaType, first.Headers.CacheControl!.Public));
        Assert.Equal(RuleSchema.Text, await first.Content.ReadAsStringAsync());
        using var again = new HttpRequestMessage(HttpMethod.Get, RuleSchema.Path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await visitor.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task The_privacy_pages_name_every_fact_that_rules_may_ask_for()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var page = await visitor.GetAsync("/privacy/facts");
        var named = page.QuerySelectorAll("tbody th").Select(th => th.TextContent.Trim()).ToList();
        Assert.All(TraitCatalogue.All, t => Assert.Contains(named, n => n.StartsWith(t.Label, StringComparison.OrdinalIgnoreCase)));
        Assert.NotNull((await visitor.GetAsync("/privacy")).QuerySelector("a[href='/privacy/facts']"));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> CheckAsync(TestVisitor staff, string json) =>
        await staff.SubmitAsync((await staff.GetAsync("/admin/segments/import")).QuerySelector("form.list-form")!, ("Input.Json", json), ("action", "check"));

    private static Task<int> AgreeAsync(ShopServer server, Guid shopper, string name, bool email, bool suppressed) =>
        server.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.FirstName, name).SetProperty(s => s.LastName, "").SetProperty(s => s.Email, $"{shopper:N}@example.com").SetProperty(s => s.ConsentEmail, email).SetProperty(s => s.IsSuppressed, suppressed)));

    private static async Task RefusedAsync(TestVisitor staff, int segment, string why)
    {
        using var answer = await staff.Client.GetAsync($"/admin/segments/{segment}/members.csv");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, (await staff.ParseAsync(answer)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }
}
