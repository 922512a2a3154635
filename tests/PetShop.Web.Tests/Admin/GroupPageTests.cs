using PetShop.TestHost;

namespace PetShop.Web.Tests.Admin;

public sealed class GroupPageTests(DemoShopFixture shop) : IClassFixture<DemoShopFixture>
{
    [Fact]
    public async Task A_group_of_buyers_becomes_a_segment_with_the_rule_that_comes_nearest()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/segments/groups");
        var groups = page.QuerySelectorAll(".group-list section");
        Assert.True(groups.Length >= 2, page.QuerySelector("main")!.TextContent);
        Assert.All(groups, g => Assert.Matches("holds \\d+.% of the group", g.TextContent));
        var editor = await staff.GetAsync(groups[0].QuerySelector("a.button")!.GetAttribute("href")!);
        Assert.Contains("at least", editor.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(editor.QuerySelectorAll("[name^='Input.Rows']"));
    }

    [Fact]
    public async Task A_shopper_sees_no_groups()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var answer = await visitor.Client.GetAsync("/admin/segments/groups");
        Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
