using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Banners;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

/// <summary>A test of variants from its plan to the one that is kept.</summary>
public sealed class BannerExperimentTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    // People who met a variant an hour ago, some of whom clicked, and orders of some of the clickers; each met it from one browser.
    private const string People = """
        WITH met AS (
            INSERT INTO events (id, occurred_at, type, visitor_id, banner_id, placement, position, strategy)
            SELECT gen_random_uuid(), now() - $5::interval, CASE WHEN $2 = 'holdout' THEN 15 ELSE 10 END, md5($1 || $2 || n || $5)::uuid, $1, 'home-strip', 0, $6 || ':' || $2 FROM generate_series(1, $3) n RETURNING visitor_id, occurred_at)
        INSERT INTO events (id, occurred_at, type, visitor_id, banner_id, placement, position, strategy)
        SELECT gen_random_uuid(), occurred_at + interval '10 seconds', 11, visitor_id, $1, 'home-strip', 0, $6 || ':' || $2 FROM (SELECT * FROM met LIMIT $4) clicked
        """;

    [Fact]
    public async Task A_plan_is_told_before_the_start_and_the_start_is_a_new_run()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server);
        await MeetAsync(server, banner.Id, "A", 1000, 100, "7 days", 1);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/banners/{banner.Id}/test");
        // 10 % click; a fifth more is found with 3,838 visitors of each of two variants, at 1,000 a week.
        Assert.Contains("You need 8 weeks", page.QuerySelector("[data-need]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("3,8", page.QuerySelector("[data-need]")!.TextContent, StringComparison.Ordinal);
        var empty = await staff.SubmitAsync(page.QuerySelector("form.experiment-form")!, ("action", "start"));
        Assert.Contains("Say what you expect", empty.QuerySelector("[data-valmsg-for='Input.Hypothesis']")!.TextContent, StringComparison.Ordinal);
        var started = await StartAsync(staff, banner.Id);
        Assert.Equal("Nothing to compare yet.", started.QuerySelector(".verdict")!.TextContent);
        var (run, experiment) = await server.WithDbAsync(async db => ((await db.Banners.SingleAsync(b => b.Id == banner.Id)).Run, await db.BannerExperiments.SingleAsync(t => t.BannerId == banner.Id)));
        Assert.Equal((2, 2, 8), (run, experiment.Run, experiment.PlannedWeeks!.Value));
        Assert.Equal(1, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "banner test started" && a.Subject.StartsWith($"banner {banner.Id},"))));
    }

    [Fact]
    public async Task A_variant_that_does_better_is_said_to_only_when_that_is_decided_and_can_be_kept()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server);
        using var staff = server.SignedIn("merchandiser");
        await StartAsync(staff, banner.Id);
        await server.ExecuteAsync("UPDATE banner_experiments SET started_at = now() - interval '9 days' WHERE banner_id = $1", banner.Id);
        await MeetAsync(server, banner.Id, "A", 400, 20, "8 days", 2);
        await MeetAsync(server, banner.Id, "B", 400, 32, "8 days", 2);
        var page = await staff.GetAsync($"/admin/banners/{banner.Id}/test");
        Assert.Equal("Not decided yet.", page.QuerySelector(".verdict")!.TextContent);
        Assert.DoesNotContain("significant", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        await MeetAsync(server, banner.Id, "A", 2000, 100, "1 day", 2);
        await MeetAsync(server, banner.Id, "B", 2000, 250, "1 day", 2);
        // What another run counted is no part of this one.
        await MeetAsync(server, banner.Id, "A", 500, 500, "2 days", 1);
        page = await staff.GetAsync($"/admin/banners/{banner.Id}/test");
        Assert.Equal("Decided: Look B does better than Look A.", page.QuerySelector(".verdict")!.TextContent);
        Assert.Equal("2,400", page.QuerySelector("[data-arm=A] td:nth-child(3)")!.TextContent);
        Assert.NotNull(page.QuerySelector("[data-chart]"));
        var after = await staff.SubmitAsync(page.QuerySelector("form[action*='handler=End']")!, ("keep", "B"));
        Assert.Contains("decided, Look B kept", after.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var kept = await server.WithDbAsync(db => db.Banners.SingleAsync(b => b.Id == banner.Id));
        Assert.Equal(("The other title", "[]", 3), (kept.Title, kept.Variants, kept.Run));
        Assert.Equal(1, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "banner test decided" && a.Subject == $"banner {banner.Id}, run 2: kept B")));
    }

    [Fact]
    public async Task A_run_ended_early_says_so_and_names_no_fall_of_more_than_everything()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server);
        using var staff = server.SignedIn("merchandiser");
        await StartAsync(staff, banner.Id);
        await MeetAsync(server, banner.Id, "A", 4, 1, "1 minute", 2);
        await MeetAsync(server, banner.Id, "B", 7, 3, "1 minute", 2);
        await server.ExecuteAsync("UPDATE banner_experiments SET started_at = now() - interval '1 hour' WHERE banner_id = $1", banner.Id);
        var page = await staff.GetAsync($"/admin/banners/{banner.Id}/test");
        Assert.Equal("Not decided yet.", page.QuerySelector(".verdict")!.TextContent);
        Assert.Equal("−100.0", System.Text.RegularExpressions.Regex.Match(page.QuerySelector("main")!.TextContent, @"between ([−+\d.]+)").Groups[1].Value);
        var after = await staff.SubmitAsync(page.QuerySelector("form[action*='handler=End']")!, ("keep", "B"));
        Assert.Equal("It ended before the figures decided.", after.QuerySelector(".verdict")!.TextContent);
    }

    [Fact]
    public async Task Shares_that_are_off_block_the_verdict_in_red()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server);
        using var staff = server.SignedIn("merchandiser");
        await StartAsync(staff, banner.Id);
        await server.ExecuteAsync("UPDATE banner_experiments SET started_at = now() - interval '9 days' WHERE banner_id = $1", banner.Id);
        await MeetAsync(server, banner.Id, "A", 2000, 100, "1 day", 2);
        await MeetAsync(server, banner.Id, "B", 1500, 300, "1 day", 2);
        var page = await staff.GetAsync($"/admin/banners/{banner.Id}/test");
        Assert.StartsWith("No verdict: the looks did not get their shares", page.QuerySelector(".verdict--bad")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("[id^=against-]"));
    }

    [Fact]
    public async Task A_change_of_words_ends_the_run_and_starts_another_with_the_same_plan()
    {
        var server = await shop.ServerAsync();
        var banner = await AddAsync(server);
        using var staff = server.SignedIn("merchandiser");
        await StartAsync(staff, banner.Id);
        var form = (await staff.GetAsync($"/admin/banners/{banner.Id}")).QuerySelector("form#banner")!;
        await staff.SubmitAsync(form, ("Input.Priority", "7"), ("action", "save"));
        Assert.Equal(1, await server.WithDbAsync(db => db.BannerExperiments.CountAsync(t => t.BannerId == banner.Id)));
        form = (await staff.GetAsync($"/admin/banners/{banner.Id}")).QuerySelector("form#banner")!;
        var saved = await staff.SubmitAsync(form, ("Input.Variants[0].Title", "Yet another"), ("action", "save"));
        Assert.Contains("counts anew", saved.QuerySelector(".notice--good")!.TextContent, StringComparison.Ordinal);
        var runs = await server.WithDbAsync(db => db.BannerExperiments.Where(t => t.BannerId == banner.Id).OrderBy(t => t.Run).ToListAsync());
        Assert.Equal([2, 3], runs.Select(r => r.Run));
        Assert.Equal((true, false), (runs[0].EndedAt is not null, runs[1].EndedAt is not null));
        Assert.Equal(runs[0].Hypothesis, runs[1].Hypothesis);
        Assert.Contains("Yet another", runs[1].Variants, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variants_are_added_and_removed_in_the_editor_and_stand_side_by_side_before_anything_is_saved()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/banners/new");
        page = await staff.SubmitAsync(page.QuerySelector("form#banner")!, ("Input.Title", "First"), ("Input.Placement", "home-strip"), ("action", "add-variant"));
        page = await staff.SubmitAsync(page.QuerySelector("form#banner")!, ("action", "add-variant"));
        page = await staff.SubmitAsync(page.QuerySelector("form#banner")!, ("Input.Variants[0].Title", "Second"), ("Input.Variants[1].Title", "Third"), ("Input.HoldoutPercent", "10"), ("action", "preview"));
        Assert.Equal(["First", "Second", "Third"], page.QuerySelectorAll("#look .banner__title").Select(t => t.TextContent));
        Assert.Contains("30.0", page.QuerySelector("#look .variant-name")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.QuerySelector("form#banner")!, ("action", "drop-variant-0"));
        Assert.Equal(["First", "Third"], page.QuerySelectorAll("#look .banner__title").Select(t => t.TextContent));
        Assert.Equal("Third", ((IHtmlInputElement)page.QuerySelector("[name='Input.Variants[0].Title']")!).Value);
    }

    [Theory]
    [InlineData("2030-03-31T02:30", "There is no 02:30 on 31 March")]
    [InlineData("2030-10-27T02:30", "02:30 comes twice on 27 October")]
    public async Task A_time_that_the_clocks_change_is_told(string typed, string says)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.GetAsync("/admin/banners/new");
        page = await staff.SubmitAsync(page.QuerySelector("form#banner")!, ("Input.StartsAt", typed), ("action", "preview"));
        Assert.Contains(says, page.QuerySelector("#look .notice")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> StartAsync(TestVisitor staff, int banner) => await staff.SubmitAsync(
        (await staff.GetAsync($"/admin/banners/{banner}/test")).QuerySelector("form.experiment-form")!, ("Input.Hypothesis", "B is clearer, so more people click it."), ("Input.Measure", "Clicks"), ("Input.LiftPercent", "20"), ("action", "start"));

    private static Task MeetAsync(ShopServer server, int banner, string variant, int people, int clicks, string ago, int run) =>
        server.ExecuteAsync(People.Replace("$5", $"'{ago}'", StringComparison.Ordinal).Replace("$6", "$5", StringComparison.Ordinal), banner, variant, people, clicks, run.ToString(CultureInfo.InvariantCulture));

    private static async Task<Banner> AddAsync(ShopServer server)
    {
        var title = $"Looks {Guid.NewGuid():N}";
        var banner = await server.WithDbAsync(async db =>
        {
            var added = db.Banners.Add(new() { Name = title, Title = title, LinkUrl = "/", LinkLabel = "Go", Placement = "account-top", Run = 1, Variants = BannerVariants.Write([new("B", 50, "The other title", "", "parcel", 75, "Go")]) }).Entity;
            await db.SaveChangesAsync();
            return added;
        });
        await server.RefreshRulesAsync();
        return banner;
    }
}
