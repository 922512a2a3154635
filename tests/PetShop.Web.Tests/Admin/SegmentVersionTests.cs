using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Segments;
using PetShop.TestHost;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

/// <summary>What each version of a segment holds, and the way back to one.</summary>
public sealed class SegmentVersionTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    private const string Everyone = """{"v":1,"all":[]}""";

    [Fact]
    public async Task Each_version_tells_rule_state_and_schedule_and_all_three_are_brought_back()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var segment = await SavedAsync(server, staff);
        await SaveAsync(staff, segment.Id, ("Input.StartsAt", "2030-01-02T08:00"), ("Input.EndsAt", "2031-01-02T08:00"));
        await SaveAsync(staff, segment.Id, ("Input.IsActive", "false"));
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}/versions?from=2&to=4");
        Assert.Equal(["switched off", "schedule", ""], page.QuerySelectorAll("table.versions tbody tr").Select(r => r.QuerySelectorAll("td")[3].TextContent));
        Assert.Contains("It was on, then off from", page.QuerySelector("[data-states]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("it is on again at once", page.QuerySelector("[aria-labelledby=between] .notice")!.TextContent, StringComparison.Ordinal);
        await staff.SubmitAsync(Rollback(page, 2));
        var now = await StoredAsync(server, segment.Id);
        Assert.Equal((5, true, null, null), (now.Version, now.IsActive, now.StartsAt, now.EndsAt));
        page = await staff.GetAsync($"/admin/segments/{segment.Id}/versions?from=3&to=5");
        await staff.SubmitAsync(Rollback(page, 3));
        now = await StoredAsync(server, segment.Id);
        Assert.True(now is { IsActive: true, StartsAt.Year: 2030, EndsAt.Year: 2031 });
        Assert.Equal(1, await server.ScalarAsync<long>($"SELECT count(*) FROM audit_entries WHERE action = 'segment saved, version 6' AND subject = 'segment {segment.Slug}'"));
    }

    [Fact]
    public async Task A_version_older_than_the_stored_state_brings_its_rule_back_alone()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var segment = await SavedAsync(server, staff);
        await server.ExecuteAsync("INSERT INTO segment_versions (segment_id, version, rule, saved_at, saved_by) VALUES ($1, 1, '{\"v\":1,\"any\":[]}', '2020-01-01', 'ada')", segment.Id);
        await SaveAsync(staff, segment.Id, ("Input.IsActive", "false"));
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}/versions?from=1&to=3");
        Assert.Equal("not stored", page.QuerySelectorAll("table.versions tbody tr")[2].QuerySelectorAll("td")[4].TextContent);
        await staff.SubmitAsync(Rollback(page, 1));
        var now = await StoredAsync(server, segment.Id);
        Assert.Equal((4, false), (now.Version, now.IsActive));
        Assert.Contains("any", now.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_would_switch_off_what_is_used_says_so_before()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var segment = await SavedAsync(server, staff);
        await SaveAsync(staff, segment.Id, ("Input.IsActive", "false"));
        await SaveAsync(staff, segment.Id, ("Input.IsActive", "true"));
        var banner = await server.AddBannerAsync("For everyone at all", 1, [segment.Id]);
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}/versions?from=3&to=4");
        Assert.Contains("it was off: brought back, it holds nobody for the banner “For everyone at all”.", page.QuerySelector(".notice--warn")!.TextContent, StringComparison.Ordinal);
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task What_no_longer_works_or_was_saved_over_meanwhile_is_not_brought_back()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var segment = await SavedAsync(server, staff);
        await server.ExecuteAsync("INSERT INTO segment_versions (segment_id, version, rule, saved_at, saved_by) VALUES ($1, 1, '{\"v\":1,\"segment\":\"gone-since\"}', '2020-01-01', 'ada')", segment.Id);
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}/versions?from=1&to=2");
        var refused = await staff.SubmitAsync(Rollback(page, 1));
        Assert.Contains("Version 1 does not work any more.", refused.QuerySelector("[role=status].notice")!.TextContent, StringComparison.Ordinal);
        await server.ExecuteAsync("UPDATE segment_versions SET rule = $2::jsonb WHERE segment_id = $1 AND version = 1", segment.Id, Everyone);
        page = await staff.GetAsync($"/admin/segments/{segment.Id}/versions?from=1&to=2");
        await SaveAsync(staff, segment.Id, ("Input.Name", "Saved by another"));
        refused = await staff.SubmitAsync(Rollback(page, 1));
        Assert.Contains("Somebody else saved this segment meanwhile", refused.QuerySelector("[role=status].notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, (await StoredAsync(server, segment.Id)).Version);
    }

    private static IHtmlFormElement Rollback(IHtmlDocument page, int version) => page.Forms.Single(f => f.Action.Contains($"handler=Rollback&version={version}&", StringComparison.Ordinal));

    /// <summary>A segment of everyone, on, at version 2: its first save by the editor.</summary>
    private static async Task<Segment> SavedAsync(ShopServer server, TestVisitor staff)
    {
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", Everyone);
        await SaveAsync(staff, segment.Id, ("Input.Owner", "Ada"));
        return segment;
    }

    private static async Task SaveAsync(TestVisitor staff, int id, params (string, string?)[] fields)
    {
        var page = await staff.SubmitAsync((await staff.GetAsync($"/admin/segments/{id}")).QuerySelector("form#segment")!, [.. fields, ("action", "save")]);
        // What moves people, or is used, is asked first.
        if (page.QuerySelector(".question") is not null)
            page = await staff.SubmitAsync(page.QuerySelector("form#segment")!, ("action", "confirm"));
        Assert.Empty(page.QuerySelectorAll(".field-validation-error, .validation-summary-errors li, .question").Select(e => e.TextContent));
    }

    private static Task<Segment> StoredAsync(ShopServer server, int id) => server.WithDbAsync(db => db.Segments.AsNoTracking().SingleAsync(s => s.Id == id));
}
