using Microsoft.EntityFrameworkCore;
using PetShop.Data.Campaigns;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Campaigns;

public sealed class LetterNameTests(LetterShop shop) : IClassFixture<LetterShop>
{
    [Fact]
    public async Task Letters_and_admin_pages_speak_of_the_segment_that_a_rule_refers_to_by_its_name()
    {
        var server = await shop.ServerAsync();
        var reader = await server.ReaderAsync();
        var listed = await server.ListSegmentAsync(reader, await server.ReaderAsync(), await server.ReaderAsync());
        await server.RunSqlAsync("UPDATE segments SET name = 'Good dogs' WHERE id = $1", listed);
        var key = await server.WithDbAsync(db => db.Segments.Where(s => s.Id == listed).Select(s => s.Slug).SingleAsync());
        var outer = await server.AddSegmentAsync($"o-{key}", $$"""{"v":1,"segment":"{{key}}"}""");
        await server.RunSqlAsync("INSERT INTO segment_versions (segment_id, version, rule, saved_at, saved_by, is_active) SELECT id, version, rule, now(), 'test', true FROM segments WHERE id = $1", outer.Id);
        await server.MembersAsync();
        await server.CampaignAsync(outer.Id);
        var draft = await server.CampaignAsync(outer.Id, c => c.State = CampaignState.Draft);
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Contains("“Good dogs”", Assert.Single(shop.Post.To(reader.Email!)).Text, StringComparison.Ordinal);
        using var staff = server.SignedIn("merchandiser");
        foreach (var path in new[] { $"/admin/segments/{outer.Id}/playbook", $"/admin/segments/{outer.Id}/versions", $"/admin/campaigns/{draft}/send" })
            Assert.Contains("“Good dogs”", (await staff.GetAsync(path)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
