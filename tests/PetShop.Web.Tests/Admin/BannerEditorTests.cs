using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Banners;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

public sealed class BannerEditorTests(ClockedShop shop) : IClassFixture<ClockedShop>
{
    private static readonly (string, string?)[] Sound =
    [
        ("Input.Name", "Spring"), ("Input.Title", "Spring is here"), ("Input.LinkLabel", "Look"), ("Input.LinkUrl", "/shop/dog"), ("Input.Placement", "home-strip"), ("Input.Priority", "500"), ("action", "save"),
    ];

    [Theory]
    [InlineData("2030-06-01T09:59:59.999Z", false)]
    [InlineData("2030-06-01T10:00:00.000Z", true)]
    [InlineData("2030-06-02T09:59:59.999Z", true)]
    [InlineData("2030-06-02T10:00:00.000Z", false)]
    public async Task A_banner_shows_from_its_first_instant_until_just_before_its_last_by_the_clock_on_the_shops_wall(string instant, bool shown)
    {
        var title = $"Noon to noon {Guid.NewGuid():N}";
        var id = await SaveAsync(("Input.Title", title), ("Input.StartsAt", "2030-06-01T12:00"), ("Input.EndsAt", "2030-06-02T12:00"));
        shop.Clock.Set(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        Assert.Equal(shown, await visitor.BannerAsync() == title);
        await RemoveAsync(id);
    }

    [Fact]
    public async Task A_new_look_has_the_keyboard_in_its_title_and_a_removed_one_gives_it_back()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.SubmitAsync(Form(await staff.GetAsync("/admin/banners/new")), [.. With(("action", "add-variant"))]);
        Assert.Equal("Input.Variants[0].Title", page.QuerySelector("main [autofocus]")!.GetAttribute("name"));
        page = await staff.SubmitAsync(Form(page), [.. With(("action", "add-variant"))]);
        Assert.Equal("Input.Variants[1].Title", Assert.Single(page.QuerySelectorAll("main [autofocus]")).GetAttribute("name"));
        page = await staff.SubmitAsync(Form(page), [.. With(("action", "drop-variant-1"))]);
        Assert.Equal("add-variant", Assert.Single(page.QuerySelectorAll("main [autofocus]")).GetAttribute("value"));
    }

    [Fact]
    public async Task An_hour_that_the_clock_skips_counts_as_the_hour_after_and_one_that_comes_twice_as_the_second()
    {
        var id = await SaveAsync(("Input.StartsAt", "2030-03-31T02:30"), ("Input.EndsAt", "2030-10-27T02:30"));
        var banner = await (await shop.ServerAsync()).WithDbAsync(db => db.Banners.AsNoTracking().SingleAsync(b => b.Id == id));
        Assert.Equal(At("2030-03-31T01:30:00Z"), banner.StartsAt);
        Assert.Equal(At("2030-10-27T01:30:00Z"), banner.EndsAt);
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var form = await staff.GetAsync($"/admin/banners/{id}");
        Assert.Equal("2030-03-31T03:30", ((IHtmlInputElement)form.QuerySelector("[name='Input.StartsAt']")!).Value);
        await RemoveAsync(id);
    }

    [Theory]
    [InlineData("Input.EndsAt", "2030-06-01T12:00", "The end comes after the start")]
    [InlineData("Input.LinkUrl", "//elsewhere.example", "Start with /")]
    [InlineData("Input.LinkUrl", "javascript:alert(1)", "Start with /")]
    [InlineData("Input.Title", "", "Give it a title")]
    [InlineData("Input.DailyCap", "0", "between 1 and 1,000")]
    [InlineData("Input.Placement", "the-moon", "Choose one of the list")]
    public async Task A_fault_stands_beside_its_field_and_nothing_is_saved(string field, string value, string says)
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var before = await server.WithDbAsync(db => db.Banners.CountAsync());
        var page = await staff.SubmitAsync(Form(await staff.GetAsync("/admin/banners/new")), [.. With(("Input.StartsAt", "2030-06-01T12:00"), (field, value))]);
        Assert.Contains(says, page.QuerySelector($"[data-valmsg-for='{field}']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await server.WithDbAsync(db => db.Banners.CountAsync()));
    }

    [Fact]
    public async Task A_segment_cannot_be_both_shown_a_banner_and_spared_it()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"all":[]}""");
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.SubmitAsync(Form(await staff.GetAsync("/admin/banners/new")), [.. With(("Input.SegmentIds", $"{segment.Id}"), ("Input.ExcludedSegmentIds", $"{segment.Id}"))]);
        Assert.Contains("cannot be both", page.QuerySelector("[data-valmsg-for='Input.ExcludedSegmentIds']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_at_a_banner_saves_nothing_and_shows_what_was_typed()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var before = await server.WithDbAsync(db => db.Banners.CountAsync());
        var page = await staff.SubmitAsync(Form(await staff.GetAsync("/admin/banners/new")), [.. With(("Input.Title", "Half a thought"), ("action", "preview"))]);
        Assert.Equal("Half a thought", page.QuerySelector("#look .banner__title")!.TextContent);
        Assert.Null(page.QuerySelector("#look [data-track=banner]"));
        Assert.Equal(before, await server.WithDbAsync(db => db.Banners.CountAsync()));
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private static IElement Form(IHtmlDocument page) => page.QuerySelector("form#banner")!;

    private static IEnumerable<(string, string?)> With(params (string Name, string?)[] fields) =>
        [.. Sound.Where(s => !Array.Exists(fields, f => f.Name == s.Item1)), .. fields];

    private async Task<int> SaveAsync(params (string, string?)[] fields)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        using var answer = await staff.PostAsync(Form(await staff.GetAsync("/admin/banners/new")), [.. With(fields)]);
        return int.Parse(answer.Headers.Location!.ToString().Split('/')[^1], CultureInfo.InvariantCulture);
    }

    private async Task RemoveAsync(int id)
    {
        var server = await shop.ServerAsync();
        await server.WithDbAsync(db => db.Set<Banner>().Where(b => b.Id == id).ExecuteDeleteAsync());
        await server.RefreshRulesAsync();
    }
}
