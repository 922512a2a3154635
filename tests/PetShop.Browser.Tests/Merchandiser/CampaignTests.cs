using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Merchandiser;

/// <summary>A merchandiser decides who sees what, and those people see it.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class CampaignTests(ShopInBrowser shop)
{
    private const string Title = "A bed as long as your dog";
    private const string Root = "#rule > .rule-group";

    [SkippableFact]
    public async Task A_banner_for_a_new_segment_reaches_its_members_and_nobody_else()
    {
        await shop.VisitAsync(async visit =>
        {
            await MakeSegmentAsync(visit);
            await MakeBannerAsync(visit);
        }, Look.Desktop with { As = ShopPages.Merchandiser });

        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync("/");
            await Expect(visit.Page.GetByText(Title)).ToBeVisibleAsync();
        }, Look.Phone with { As = ShopPages.Maya });

        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync("/");
            await Expect(visit["main .department-tiles"]).ToBeVisibleAsync();
            await Expect(visit.Page.GetByText(Title)).ToHaveCountAsync(0);
        }, Look.Desktop with { As = "tom@example.com" });

        // And the merchandiser finds out why, of either of them.
        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync("/admin/segments");
            await visit.Link("Homes with a large dog").ClickAsync();
            await visit[".tabs a[href$='/why']"].ClickAsync();
            await AskWhyAsync(visit, "maya", "Maya Lindqvist is in this segment");
            await Expect(visit[".why--whole > li > .up"]).ToHaveCountAsync(1);
            await Expect(visit[".why--whole"]).ToContainTextAsync(new Regex("Luna"));
            await AskWhyAsync(visit, "tom@example", "is not in this segment");
            await Expect(visit[".why-card"]).ToContainTextAsync(new Regex("The nearest miss: (one thing|\\d things) stands? in the way"));
            await Expect(visit[".why--whole > li > .down"]).ToHaveCountAsync(1);
        }, Look.Desktop with { As = ShopPages.Merchandiser });
    }

    private static async Task AskWhyAsync(Visit visit, string words, string answer)
    {
        await visit["#q"].FillAsync(words);
        await visit.Button("Find").ClickAsync();
        await Expect(visit["#answer"]).ToContainTextAsync(answer);
    }

    [SkippableFact]
    public Task The_preview_shows_the_shop_as_somebody_else_sees_it() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/preview");
        await visit.Page.GetByLabel("E-mail of a shopper").FillAsync(ShopPages.Maya);
        await visit.Button("Show").ClickAsync();
        await Expect(visit["h1"].First).ToHaveTextAsync("What Maya Lindqvist sees");
        await Expect(visit[".preview-stage"].First).ToBeVisibleAsync();
        await visit[".section details summary"].First.ClickAsync();
        await Expect(visit[".section details li"].First).ToBeVisibleAsync();
    }, Look.Desktop with { As = ShopPages.Merchandiser });

    [SkippableFact]
    public Task A_shopper_is_kept_out_of_the_staffs_pages() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/admin/segments");
        await Expect(visit["#segments"]).ToHaveCountAsync(0);
        await Expect(visit["h1"]).ToBeVisibleAsync();
        visit.Forgive(c => c.Contains("403", StringComparison.Ordinal));
    }, Look.Desktop with { As = ShopPages.Maya });

    /// <summary>Homes with a dog that is heavy or will be: a group within a group.</summary>
    private static async Task MakeSegmentAsync(Visit visit)
    {
        await visit.OpenAsync("/admin/segments");
        await visit.Link("New segment").ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Homes with a large dog");
        await visit.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("homes-with-a-large-dog");
        await AddAsync(visit, Root, "Their pets");
        await FactAsync(visit, $"{Root} > .rule-inner > .rule-group:nth-child(1)", "species", null, "dog");
        await AddAsync(visit, Root, "A group");
        var nested = $"{Root} > .rule-inner > .rule-group:nth-child(2)";
        await visit[$"{nested} > .rule-row select"].SelectOptionAsync("any");
        await AddAsync(visit, nested, "Their pets");
        await FactAsync(visit, $"{nested} > .rule-inner > .rule-group:nth-child(1)", "weight_g", ">=", "25");
        await AddAsync(visit, nested, "Their pets");
        await FactAsync(visit, $"{nested} > .rule-inner > .rule-group:nth-child(2)", "adult_weight_g", ">=", "25 kg");

        await visit[".editor .actions button[value=preview]"].ClickAsync();
        await Expect(visit[".preview__count"]).ToBeVisibleAsync();
        var figures = Regex.Matches(await visit[".preview__count"].InnerTextAsync(), @"\d[\d,]*").Select(m => int.Parse(m.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(figures[0], 1, figures[1] - 1);
        await Expect(visit[".preview__sentence"]).ToContainTextAsync("dog");
        await visit.Page.GetByLabel("On: pages ask for it").CheckAsync();
        await visit[".editor .actions button[value=save]"].ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/admin/segments/\d+$"));
        await Expect(visit["[data-row]"]).ToHaveCountAsync(8);
    }

    private static async Task MakeBannerAsync(Visit visit)
    {
        await visit.OpenAsync("/admin/banners");
        await visit.Link("New banner").ClickAsync();
        foreach (var (label, text) in new[] { ("Name, for us", "Long beds"), ("Title", Title), ("Text", "Measured for those who sleep stretched out."), ("Button", "To the beds"), ("Leads to", "/shop/dog/dog-beds"), ("Priority", "990") })
            await visit.Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        await visit.Page.GetByLabel("Placement").SelectOptionAsync("home-strip");
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "Members of any of these see it" }).GetByLabel("Homes with a large dog").CheckAsync();
        await visit.Page.GetByLabel("On", new() { Exact = true }).CheckAsync();
        await Expect(visit["#look"]).ToContainTextAsync(Title);
        await visit["#banner > .actions button[value=save]"].ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/admin/banners/\d+$"));
        await Expect(visit[".notice--good"]).ToContainTextAsync("Saved");
    }

    private static async Task AddAsync(Visit visit, string group, string what)
    {
        var rows = visit[$"{group} > .rule-inner > [data-row]"];
        var before = await rows.CountAsync();
        await visit[$"{group} > .rule-add button"].Filter(new() { HasText = what }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(before + 1);
    }

    /// <summary>Adds a fact about a pet to a row about pets.</summary>
    private static async Task FactAsync(Visit visit, string pets, string trait, string? comparison, string value)
    {
        if (await visit[$"{pets} > .rule-inner > .rule-line"].CountAsync() == 0)
            await AddAsync(visit, pets, "A fact");
        var line = $"{pets} > .rule-inner > .rule-line:nth-child(1)";
        var fact = visit[$"{line} select[aria-label=Fact]"];
        if (await fact.InputValueAsync() != trait)
        {
            // Another fact has other comparisons: the form is drawn anew.
            await visit.Page.RunAndWaitForResponseAsync(() => fact.SelectOptionAsync(trait), answer => answer.Request.Method == "POST");
            await Expect(fact).ToHaveValueAsync(trait);
        }
        if (comparison is not null)
            await visit[$"{line} select[aria-label=Comparison]"].SelectOptionAsync(comparison);
        await visit[$"{line} input[aria-label=Value]"].FillAsync(value);
    }
}
