using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

/// <summary>What nobody types by accident is refused in words, and two who edit at once do not overwrite each other.</summary>
public sealed class HostileInputTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    private const string Everyone = """{"v":1,"all":[]}""";

    [Fact]
    public async Task A_rule_of_as_many_rows_as_there_may_be_is_edited_as_a_form()
    {
        var server = await shop.ServerAsync();
        var parts = string.Join(",", Enumerable.Range(0, 198).Select(i => $$"""{"attr":"orders.count","op":">=","value":{{i}}}"""));
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", $$"""{"v":1,"any":[{{parts}}]}""");
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.SubmitAsync((await staff.GetAsync($"/admin/segments/{segment.Id}")).QuerySelector("form#segment")!, ("Input.Name", "As large as can be"), ("action", "save"));
        Assert.Equal("As large as can be", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(199, page.QuerySelectorAll("[data-row]").Length);
    }

    [Theory]
    [InlineData("add:evil:0")]
    [InlineData("add:trait:99")]
    [InlineData("place:1:99:")]
    [InlineData("place:x:y:z")]
    [InlineData("up:77")]
    [InlineData("::::")]
    public async Task A_button_that_there_is_not_changes_nothing(string action)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/segments/new")).QuerySelector("form#segment")!, ("action", action));
        Assert.Single(page.QuerySelectorAll("[data-row]"));
    }

    [Fact]
    public async Task A_row_of_no_kind_is_told_as_such()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/segments/new")).QuerySelector("form#segment")!, ("action", "add:trait:0"));
        page = await staff.SubmitAsync(page.QuerySelector("form#segment")!, ("Input.Rows[1].Kind", "evil"), ("action", "preview"));
        Assert.Contains("\"evil\" is no kind of row.", page.QuerySelector("#rule .error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/shoppers?q=%00")]
    [InlineData("/admin/products?q=a%00b")]
    [InlineData("/admin/orders?q=%00")]
    [InlineData("/admin/preview?shopper=%00")]
    [InlineData("/search?q=%00")]
    public async Task A_zero_character_in_an_address_is_refused_and_not_looked_for(string address)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        using var answer = await staff.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"v":1,"attr":"place.city","op":"is","value":"\ud800"}""", "half a character")]
    [InlineData("""{"v":1,"attr":"place.city","op":"is","value":"\udc00\ud800"}""", "half a character")]
    [InlineData("[]", "A rule is an object")]
    public async Task A_rule_that_nothing_can_read_is_refused_wherever_it_comes_in(string json, string says)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/segments/new")).QuerySelector("form#segment")!, ("Input.Mode", "json"), ("Input.Json", json), ("action", "preview"));
        Assert.Contains(says, page.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);
        var file = $$"""{"rule":{{json}},"format":"petshop-segment","key":"h","name":"n"}""";
        page = await staff.SubmitAsync((await staff.GetAsync("/admin/segments/import")).QuerySelector("form.list-form")!, ("Input.Json", file), ("action", "check"));
        Assert.Contains(says, page.QuerySelector(".error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.Name", "\u200b\u200d", "can be seen")]
    [InlineData("Input.LinkUrl", "/\t/evil.example", "Start with / for a page")]
    [InlineData("Input.LinkUrl", "javascript:alert(1)", "Start with / for a page")]
    public async Task A_banner_without_a_name_to_be_seen_or_with_a_way_out_of_the_shop_is_refused(string field, string value, string says)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var fields = new Dictionary<string, string?> { ["Input.Name"] = "N", ["Input.Title"] = "T", ["Input.LinkLabel"] = "L", ["Input.LinkUrl"] = "/", ["action"] = "save", [field] = value };
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/banners/new")).QuerySelector("form#banner")!, [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Contains(page.QuerySelectorAll(".field-validation-error"), e => e.TextContent.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ends_of_the_calendar_are_times_like_others()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/banners/new")).QuerySelector("form#banner")!,
            ("Input.Name", "For ever and ever"), ("Input.Title", "T"), ("Input.LinkLabel", "L"), ("Input.LinkUrl", "/"), ("Input.StartsAt", "0001-01-01T00:00"), ("Input.EndsAt", "9999-12-31T23:59"), ("Input.IsActive", "false"), ("action", "save"));
        Assert.Equal("For ever and ever", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await staff.Client.GetAsync("/admin/banners")).StatusCode);
        await server.WithDbAsync(db => db.Banners.Where(b => b.Name == "For ever and ever").ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Who_saves_a_banner_second_is_told_of_the_first_and_overwrites_nothing()
    {
        var server = await shop.ServerAsync();
        var banner = await server.AddBannerAsync("As it was", 1, []);
        using var ada = server.SignedIn("merchandiser");
        using var ben = server.SignedIn("merchandiser");
        var (first, second) = (await ada.GetAsync($"/admin/banners/{banner.Id}"), await ben.GetAsync($"/admin/banners/{banner.Id}"));
        await ada.SubmitAsync(first.QuerySelector("form#banner")!, ("Input.Title", "Ada's"), ("action", "save"));
        var refused = await ben.SubmitAsync(second.QuerySelector("form#banner")!, ("Input.Title", "Ben's"), ("action", "save"));
        Assert.Contains("saved this banner meanwhile", refused.QuerySelector(".validation-summary-errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ben's", ((IHtmlInputElement)refused.QuerySelector("[name='Input.Title']")!).Value);
        Assert.Equal("Ada's", await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).Select(b => b.Title).SingleAsync()));
        // What she sees now she may save again.
        await ada.SubmitAsync((await ada.GetAsync($"/admin/banners/{banner.Id}")).QuerySelector("form#banner")!, ("Input.Title", "Ada's own"), ("action", "save"));
        Assert.Equal("Ada's own", await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).Select(b => b.Title).SingleAsync()));
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Of_two_saves_of_a_banner_at_the_same_moment_one_is_told()
    {
        var server = await shop.ServerAsync();
        var banner = await server.AddBannerAsync("At once", 1, []);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/banners/{banner.Id}");
        var saves = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => staff.SubmitAsync(page.QuerySelector("form#banner")!, ("Input.Title", $"Number {i}"), ("action", "save"))));
        Assert.Equal(3, saves.Count(s => s.QuerySelector(".validation-summary-errors")?.TextContent.Contains("meanwhile", StringComparison.Ordinal) == true));
        await server.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task A_banner_for_a_segment_that_was_deleted_meanwhile_is_not_saved_unseen()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", Everyone);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/banners/new?segment={segment.Id}");
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteDeleteAsync());
        page = await staff.SubmitAsync(page.QuerySelector("form#banner")!, ("Input.Name", "For who is gone"), ("Input.Title", "T"), ("Input.LinkLabel", "L"), ("Input.LinkUrl", "/"), ("action", "save"));
        Assert.Contains("A segment that was ticked is gone", page.QuerySelector(".validation-summary-errors")!.TextContent, StringComparison.Ordinal);
        Assert.False(await server.WithDbAsync(db => db.Banners.AnyAsync(b => b.Name == "For who is gone")));
    }

    [Fact]
    public async Task A_file_that_was_checked_against_an_older_version_is_checked_again_before_it_replaces_a_newer_one()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", Everyone);
        using var staff = server.SignedIn("merchandiser");
        var file = $$"""{"rule":{"v":1,"any":[]},"format":"petshop-segment","key":"{{segment.Slug}}","name":"From a file"}""";
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/segments/import")).QuerySelector("form.list-form")!, ("Input.Json", file), ("action", "check"));
        await staff.SubmitAsync((await staff.GetAsync($"/admin/segments/{segment.Id}")).QuerySelector("form#segment")!, ("Input.Name", "Saved by another"), ("action", "save"));
        var refused = await staff.SubmitAsync(page.QuerySelector("form.list-form")!, ("action", "save"));
        Assert.Contains("saved version 2 of “Saved by another”", refused.QuerySelector(".validation-summary-errors")!.TextContent, StringComparison.Ordinal);
        await staff.SubmitAsync(refused.QuerySelector("form.list-form")!, ("action", "save"));
        Assert.Equal(("From a file", 3), await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).Select(s => new ValueTuple<string, int>(s.Name, s.Version)).SingleAsync()));
    }
}
