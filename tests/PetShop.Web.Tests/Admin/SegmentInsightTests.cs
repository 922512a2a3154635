using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

/// <summary>What a merchandiser is told about a segment before and after it is saved.</summary>
public sealed class SegmentInsightTests
{
    private const string Buyers = """{"v":1,"attr":"orders.count","op":">=","value":1}""";
    private const string TwoClauses = """{"v":1,"all":[{"attr":"orders.count","op":">=","value":2},{"attr":"place.country","op":"is","value":"NL"}]}""";

    [Fact]
    public async Task The_preview_tells_each_part_what_it_costs_who_is_left_out_and_whom_others_share()
    {
        await using var server = await StartAsync();
        await PeopleAsync(server);
        await server.AddSegmentAsync("buyers", Buyers);
        await server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
        using var staff = server.SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "preview", ("Input.Mode", "json"), ("Input.Json", TwoClauses), ("Trait", "orders.count"));
        Assert.Contains("2 of 10 shoppers", page.QuerySelector(".preview__count")!.TextContent, StringComparison.Ordinal);
        // All, those who agreed, those with two orders, those of the Netherlands among them.
        Assert.Equal(["10", "8", "4", "2"], page.QuerySelectorAll(".funnel strong").Select(s => s.TextContent));
        Assert.Equal(["without it 1 more", "without it 2 more"], page.QuerySelectorAll(".funnel__change").Select(c => c.TextContent));
        var hints = string.Join(" ", page.QuerySelectorAll(".preview .notice").Select(n => n.TextContent.Trim()));
        Assert.Contains("Uses personal data; 20 % have not agreed and are left out.", hints, StringComparison.Ordinal);
        Assert.Contains("Only 2 match; a segment under 50 cannot set prices.", hints, StringComparison.Ordinal);
        Assert.Contains("'country' is empty for 50 %; they do not match.", hints, StringComparison.Ordinal);
        Assert.Equal(["2", "100.0\u00a0%", "40.0\u00a0%"], page.QuerySelectorAll(".overlaps tbody td").Select(c => c.TextContent));
        Assert.NotNull(page.QuerySelector("#spread [data-chart] table"));
        // A group is told part by part: one of its ways suffices.
        page = await PressAsync(staff, page, "preview", ("Input.Json", """{"v":1,"all":[{"attr":"orders.count","op":">=","value":1},{"any":[{"attr":"place.country","op":"is","value":"NL"},{"attr":"place.country","op":"is","value":"DE"}]}]}"""));
        Assert.Equal(["10", "8", "5", "3", "3", "0"], page.QuerySelectorAll(".funnel strong").Select(s => s.TextContent));
        Assert.Equal(["3", "0"], page.QuerySelectorAll(".funnel__within strong").Select(s => s.TextContent));
        // What has more parts than are asked one by one is told to its end.
        page = await PressAsync(staff, page, "preview", ("Input.Json", $$"""{"v":1,"all":[{{string.Join(',', Enumerable.Range(0, 29).Select(i => $$"""{"attr":"orders.count","op":"<","value":{{100 - i}}}"""))}},{"attr":"orders.count","op":">=","value":2}]}"""));
        var steps = page.QuerySelectorAll(".funnel li");
        Assert.Equal(26, steps.Length);
        Assert.StartsWith("The other 7 parts together.", steps[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["8", "4"], steps.TakeLast(2).Select(s => s.QuerySelector("strong")!.TextContent));
    }

    [Fact]
    public async Task Choices_are_told_inside_beside_outside_and_rare_ones_of_a_personal_trait_are_put_together()
    {
        await using var server = await StartAsync();
        await PeopleAsync(server);
        using var staff = server.SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync("/admin/segments/new"), "preview", ("Input.Mode", "json"), ("Input.Json", Buyers), ("Trait", "place.country"));
        Assert.Equal(["others", "100.0\u00a0%", "100.0\u00a0%"], page.QuerySelectorAll("#spread tbody tr").SelectMany(r => r.QuerySelectorAll("th, td.numeric")).Select(c => c.TextContent));
        page = await PressAsync(staff, page, "preview", ("Trait", "lifecycle.stage"));
        Assert.Contains(page.QuerySelectorAll("#spread tbody th"), h => h.TextContent == "newcomer");
    }

    [Fact]
    public async Task What_is_a_key_is_told_by_its_name_and_by_its_department_where_two_share_that()
    {
        await using var server = await StartAsync();
        await PeopleAsync(server);
        await server.ExecuteAsync("INSERT INTO categories (slug, name, department, path, blurb, sort_order) VALUES ('dog', 'Dogs', 'dog', '{dog}', '', 1), ('cat', 'Cats', 'cat', '{cat}', '', 2)");
        await server.ExecuteAsync("INSERT INTO categories (slug, name, department, path, blurb, sort_order, parent_id) SELECT slug || '-food', 'Dry food', slug, ARRAY[slug, slug || '-food'], '', 3, id FROM categories");
        await server.ExecuteAsync("UPDATE shopper_features SET top_category = 'dog-food', top_department = 'cat'");
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/segments/new");
        foreach (var (trait, name) in new[] { ("interest.category", "Dry food (Dogs)"), ("interest.department", "Cats") })
        {
            page = await PressAsync(staff, page, "preview", ("Input.Mode", "json"), ("Input.Json", Buyers), ("Trait", trait));
            Assert.Equal(name, Assert.Single(page.QuerySelectorAll("#spread tbody th")).TextContent);
        }
    }

    [Fact]
    public async Task An_edit_of_a_segment_that_is_on_shows_what_changes_and_saves_what_was_confirmed_only()
    {
        await using var server = await StartAsync();
        await PeopleAsync(server);
        var segment = await server.AddSegmentAsync("buyers", Buyers);
        await server.AddBannerAsync("For buyers", 1, [segment.Id]);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}");
        page = await PressAsync(staff, page, "save", ("Input.Mode", "json"), ("Input.Json", TwoClauses));
        var question = page.QuerySelector(".question")!.TextContent;
        Assert.Equal("adds 0, removes 3, 2 stay", page.QuerySelector(".difference__sum")?.TextContent ?? question);
        Assert.Contains("This is what changes", question, StringComparison.Ordinal);
        Assert.Contains("For buyers", question, StringComparison.Ordinal);
        Assert.Equal("1", page.QuerySelector(".difference del")!.TextContent.Trim());
        Assert.Contains("country is Netherlands", string.Concat(page.QuerySelectorAll(".difference ins").Select(i => i.TextContent)), StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll(".difference__people li").Length);
        Assert.Equal(1, await VersionAsync(server, segment.Id));
        // Something else was typed after the look: it is shown again.
        page = await PressAsync(staff, page, "confirm", ("Input.Json", """{"v":1,"attr":"orders.count","op":">=","value":3}"""));
        Assert.NotNull(page.QuerySelector(".question"));
        Assert.Equal(1, await VersionAsync(server, segment.Id));
        await PressAsync(staff, page, "confirm");
        Assert.Equal(2, await VersionAsync(server, segment.Id));
        // A name alone is saved at once.
        await PressAsync(staff, await staff.GetAsync($"/admin/segments/{segment.Id}"), "save", ("Input.Name", "Renamed"), ("Input.Owner", "Ada"), ("Input.Purpose", "Mail"), ("Input.ReviewBy", "2020-02-01"));
        Assert.Equal(3, await VersionAsync(server, segment.Id));
        var list = (await staff.GetAsync("/admin/segments")).QuerySelector("#segments tbody tr")!.TextContent;
        Assert.Contains("Ada", list, StringComparison.Ordinal);
        Assert.Contains("Review due", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switching_on_and_another_schedule_say_who_enters_and_leaves_and_when()
    {
        await using var server = await StartAsync();
        await PeopleAsync(server);
        var segment = await server.AddSegmentAsync("buyers", Buyers);
        await server.ExecuteAsync("UPDATE segments SET is_active = false");
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await PressAsync(staff, await staff.GetAsync($"/admin/segments/{segment.Id}"), "save", ("Input.IsActive", "true"));
        Assert.Equal("Switch it on?", page.QuerySelector("#question")!.TextContent);
        Assert.Equal("adds 5, removes 0, 0 stay", page.QuerySelector(".difference__sum")!.TextContent);
        Assert.False(await IsActiveAsync(server, segment.Id));
        await PressAsync(staff, page, "confirm");
        Assert.True(await IsActiveAsync(server, segment.Id));
        page = await PressAsync(staff, await staff.GetAsync($"/admin/segments/{segment.Id}"), "save", ("Input.EndsAt", "2999-01-01T00:00"));
        Assert.Contains("It goes off 1 Jan 2999, 00:00: the 5 shoppers of today would leave then.", page.QuerySelector(".question__later")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".difference__sum"));
        page = await PressAsync(staff, page, "save", ("Input.StartsAt", "2998-01-01T00:00"));
        Assert.Equal("adds 0, removes 5, 0 stay", page.QuerySelector(".difference__sum")!.TextContent);
        Assert.Contains("It comes on 1 Jan 2998, 00:00: the 5 shoppers of today would enter then", page.QuerySelector(".question__later")!.TextContent, StringComparison.Ordinal);
        await PressAsync(staff, page, "confirm");
        // The same schedule again is no change.
        await PressAsync(staff, await staff.GetAsync($"/admin/segments/{segment.Id}"), "save", ("Input.Name", "Renamed"));
        Assert.Equal(4, await VersionAsync(server, segment.Id));
    }

    [Fact]
    public async Task Switching_off_or_deleting_a_segment_in_use_says_by_what()
    {
        await using var server = await StartAsync();
        var segment = await server.AddSegmentAsync("buyers", Buyers);
        var other = await server.AddSegmentAsync("loyal", """{"v":1,"segment":"buyers"}""");
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}");
        var asked = await PressAsync(staff, page, "save", ("Input.IsActive", "false"));
        Assert.Contains("loyal, a segment that refers to it", asked.QuerySelector(".question")!.TextContent, StringComparison.Ordinal);
        Assert.True(await IsActiveAsync(server, segment.Id));
        var kept = await staff.SubmitAsync(page.Forms.Single(f => f.Action.Contains("handler=Delete", StringComparison.Ordinal)));
        Assert.Contains("the segment “loyal” refers to it", kept.QuerySelector("[role=status].notice")!.TextContent, StringComparison.Ordinal);
        await staff.SubmitAsync((await staff.GetAsync($"/admin/segments/{other.Id}")).Forms.Single(f => f.Action.Contains("handler=Delete", StringComparison.Ordinal)));
        Assert.False(await server.WithDbAsync(db => db.Segments.AnyAsync(s => s.Id == other.Id)));
        await PressAsync(staff, await staff.GetAsync($"/admin/segments/{segment.Id}"), "save", ("Input.IsActive", "false"));
        Assert.False(await IsActiveAsync(server, segment.Id));
    }

    [Fact]
    public async Task What_nothing_names_and_nobody_opens_is_proposed_for_retirement_with_its_evidence()
    {
        await using var server = await StartAsync();
        var (old, used, opened) = (await server.AddSegmentAsync("old", Buyers), await server.AddSegmentAsync("used", Buyers), await server.AddSegmentAsync("opened", Buyers));
        await server.AddBannerAsync("For users", 1, [used.Id]);
        using var staff = server.SignedIn("merchandiser");
        await server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("UPDATE segments SET updated_at = now() - interval '61 days'");
        // A look is noted by what the page sends once it is open.
        var form = (await staff.GetAsync($"/admin/segments/{opened.Id}")).QuerySelector("form[hx-trigger=load]")!;
        using (var noted = await staff.Client.PostAsync(form.GetAttribute("hx-post"), new FormUrlEncodedContent([new("__RequestVerificationToken", ((IHtmlInputElement)form.QuerySelector("input")!).Value)])))
            noted.EnsureSuccessStatusCode();
        var page = await staff.GetAsync("/admin/segments");
        var proposal = Assert.Single(page.QuerySelectorAll(".retire li")).TextContent;
        Assert.Contains("old", proposal, StringComparison.Ordinal);
        Assert.Contains("No banner, no offer, no campaign, no merchandising rule and no other segment names it.", proposal, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.QuerySelector(".retire form")!);
        Assert.Contains("is off", page.QuerySelector("[role=status].notice")!.TextContent, StringComparison.Ordinal);
        Assert.False(await IsActiveAsync(server, old.Id));
        Assert.Null(page.QuerySelector(".retire"));
        Assert.Equal("segment switched off, version 2", await server.ScalarAsync<string>("SELECT string_agg(action, '; ') FROM audit_entries WHERE subject = 'segment old'"));
    }

    [Fact]
    public async Task Why_a_shopper_is_in_is_told_with_the_events_that_count_and_the_day_they_leave()
    {
        await using var server = await StartAsync();
        var shopper = await server.AddShopperAsync();
        var segment = await server.AddSegmentAsync("lately", """{"v":1,"all":[{"event":"purchased","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}},{"attr":"orders.count","op":"<","value":5}]}""");
        var bought = TimeProvider.System.GetUtcNow().AddDays(-3);
        await server.Services.GetRequiredService<NpgsqlDataSource>().StoreAsync(shopper, new BehaviourFacts(BehaviourType.Purchased, bought, 118, Quantity: 2));
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/segments/{segment.Id}/why?q={shopper}");
        var card = page.QuerySelector(".why-card")!.TextContent;
        Assert.Contains("is in this segment", card, StringComparison.Ordinal);
        Assert.Contains("bought product 118 × 2", card, StringComparison.Ordinal);
        var zone = server.Services.GetRequiredService<IOptions<ShopOptions>>().Value.Zone;
        Assert.Contains($"turns on {TimeZoneInfo.ConvertTime(bought.AddDays(7), zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)}: they leave", card, StringComparison.Ordinal);
        var stranger = await server.AddShopperAsync();
        card = (await staff.GetAsync($"/admin/segments/{segment.Id}/why?shopper={stranger}")).QuerySelector(".why-card")!.TextContent;
        Assert.Contains("is not in this segment", card, StringComparison.Ordinal);
        Assert.Contains("one thing stands in the way", card, StringComparison.Ordinal);
        Assert.Equal(2, await server.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE action = 'shopper explained'"));
    }

    [Fact]
    public async Task What_another_replica_saved_a_moment_ago_is_explained_as_it_was_saved()
    {
        await using var server = await StartAsync();
        var shopper = await server.AddShopperAsync();
        using var staff = server.SignedIn("merchandiser");
        var known = await server.AddSegmentAsync("known", Buyers);
        Assert.Contains("is not in this segment", (await staff.GetAsync($"/admin/segments/{known.Id}/why?shopper={shopper}")).QuerySelector(".why-card")!.TextContent, StringComparison.Ordinal);
        // The look before has warmed the page up: each of these comes before the word of its segment does.
        foreach (var name in new[] { "first", "second", "third" })
        {
            var segment = await server.StoreSegmentAsync(name, Buyers);
            Assert.Contains("is not in this segment", (await staff.GetAsync($"/admin/segments/{segment.Id}/why?shopper={shopper}")).QuerySelector(".why-card")!.TextContent, StringComparison.Ordinal);
        }
    }

    private static async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings, TargetedShop.Configure);

    /// <summary>Ten shoppers, two of whom agreed to nothing; five of the others have bought, four of those twice, half of the eight live in the Netherlands.</summary>
    private static async Task PeopleAsync(ShopServer server)
    {
        var source = server.Services.GetRequiredService<NpgsqlDataSource>();
        for (var i = 0; i < 10; i++)
            await source.StoreAsync(VisitorFacts.Unknown with
            {
                ShopperId = new Guid(i + 1, 0, 0, new byte[8]), RegisteredAt = DateTimeOffset.UnixEpoch, Consents = i < 8 ? (ConsentPurposes)15 : 0,
                Country = i is 0 or 1 or 4 ? "NL" : i is 5 ? "DE" : null, OrdersCount = i switch { < 4 => 2, 4 => 1, _ => 0 }, LastOrderAt = i < 5 ? DateTimeOffset.UnixEpoch : null,
            });
        await source.RunAsync("UPDATE shoppers SET first_name = 'P' || left(id::text, 8)");
        await server.RefreshRulesAsync();
    }

    private static Task<IHtmlDocument> PressAsync(TestVisitor staff, IHtmlDocument page, string action, params (string, string?)[] fields) =>
        staff.SubmitAsync(page.QuerySelector("form#segment")!, [.. fields, ("action", action)]);

    private static Task<int> VersionAsync(ShopServer server, int id) => server.WithDbAsync(db => db.Segments.Where(s => s.Id == id).Select(s => s.Version).SingleAsync());

    private static Task<bool> IsActiveAsync(ShopServer server, int id) => server.WithDbAsync(db => db.Segments.Where(s => s.Id == id).Select(s => s.IsActive).SingleAsync());
}
