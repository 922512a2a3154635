using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Privacy;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Campaigns;

public sealed class CampaignPageTests(LetterShop shop) : IClassFixture<LetterShop>
{
    [Theory]
    [InlineData("save")]
    [InlineData("send")]
    public async Task A_letter_without_a_name_says_that_it_wants_one(string action)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await staff.SubmitAsync(Form(await staff.GetAsync("/admin/campaigns/new")), ("action", action), ("Input.Name", ""));
        Assert.NotEmpty(page.QuerySelector("[data-valmsg-for='Input.Name']")!.TextContent);
    }

    [Fact]
    public async Task A_merchandiser_writes_looks_and_sends_and_then_nothing_can_be_changed()
    {
        var server = await shop.ServerAsync();
        var (reader, refuser) = (await server.ReaderAsync(), await server.ReaderAsync(s => s.ConsentEmail = false));
        await server.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().StoreAsync(reader.Id, new PetFacts { Species = "dog", Name = "Luna" });
        var segment = await server.ListSegmentAsync(reader, refuser, await server.ReaderAsync(), await server.ReaderAsync());
        using var staff = server.SignedIn("merchandiser", reader.Id);
        var page = await staff.GetAsync($"/admin/campaigns/new?segment={segment}");
        Assert.True(((IHtmlInputElement)page.QuerySelector($"input[name='Input.SegmentIds'][value='{segment}']")!).IsChecked);

        // Words that are not sound are told, and the letter is seen beside them.
        var looked = await staff.SubmitAsync(Form(page), ("action", "look"), ("Input.Name", "Paws"), ("Input.Subject", "Warm {pets|paws}"), ("Input.Body", "Hi {name|there} <b>you</b>, [vets](https://vets.example)"));
        var checks = looked.QuerySelectorAll("[data-check]").Select(c => c.TextContent).ToList();
        Assert.Contains(checks, c => c.Contains("is HTML", StringComparison.Ordinal));
        Assert.Contains(checks, c => c.Contains("leads away from the shop, to vets.example", StringComparison.Ordinal));
        Assert.Contains("Hi Ada", looked.QuerySelector("iframe")!.GetAttribute("srcdoc")!, StringComparison.Ordinal);
        Assert.Equal("", looked.QuerySelector("iframe")!.GetAttribute("sandbox"));
        Assert.Contains("Warm Luna", looked.QuerySelector("#look")!.TextContent, StringComparison.Ordinal);

        var asked = await staff.SubmitAsync(Form(page), ("action", "send"), ("Input.Name", "Paws"), ("Input.Subject", "Warm paws"), ("Input.Body", "Hi {name|there}."), ("Input.HoldoutPercent", "0"));
        Assert.EndsWith("/send", asked.Url, StringComparison.Ordinal);
        Assert.Equal("3", asked.QuerySelector("[data-would]")!.TextContent);
        Assert.Equal("1", asked.QuerySelector("[data-fall='4'] td")!.TextContent);
        Assert.Contains("25\u00a0% of 4 members have not agreed to letters (1) and get none.", asked.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await server.WithDbAsync(db => db.CampaignRecipients.CountAsync(r => r.ShopperId == reader.Id)));

        var results = await staff.SubmitAsync(Form(asked));
        Assert.EndsWith("/results", results.Url, StringComparison.Ordinal);
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        await server.SendAsync();
        results = await staff.GetAsync(new Uri(results.Url).PathAndQuery);
        Assert.Equal("3", results.QuerySelector("[data-figure='Sent']")!.TextContent);
        Assert.Contains("Too little data", results.Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(shop.Post.To(reader.Email!));

        var id = int.Parse(results.Url.Split('/')[^2]);
        Assert.EndsWith("/results", (await staff.GetAsync($"/admin/campaigns/{id}")).Url, StringComparison.Ordinal);
        using (var forced = await staff.PostAsync(Form(page), ("action", "save"), ("Input.Name", "Changed"), ("Input.Subject", "x")))
            Assert.NotEqual(System.Net.HttpStatusCode.InternalServerError, forced.StatusCode);
        Assert.Equal("Paws", (await server.StoredAsync(id)).Name);
        var copy = await staff.SubmitAsync(results.QuerySelectorAll("form").First(f => f.QuerySelector("[formaction*=Copy]") is not null).Also(f => f.SetAttribute("action", $"/admin/campaigns/{id}/results?handler=Copy")));
        Assert.Equal("Paws (copy)", ((IHtmlInputElement)copy.QuerySelector("[name='Input.Name']")!).Value);
        Assert.Contains("Paws", (await staff.GetAsync("/admin/campaigns")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Paws", (await staff.GetAsync($"/admin/segments/{segment}/playbook")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["campaign confirmed", "campaign copied", "campaign saved"], await server.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject.Contains($"campaign {id}")).Select(a => a.Action).OrderBy(a => a).ToListAsync()));
    }

    [Fact]
    public async Task What_is_not_sound_cannot_be_sent()
    {
        var server = await shop.ServerAsync();
        var few = await server.CampaignAsync(await server.ListSegmentAsync(await server.ReaderAsync()), c => (c.State, c.Subject, c.Body, c.ButtonLabel) = (CampaignState.Draft, "", "[x](javascript:1)", "Go"));
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/campaigns/{few}/send");
        Assert.Equal(["button leads nowhere", "javascript", "no subject", "1 shopper; a letter is sent by hand from 3"],
            new[] { "button leads nowhere", "javascript", "no subject", "1 shopper; a letter is sent by hand from 3" }.Where(t => page.QuerySelectorAll("[data-check].notice--bad").Any(c => c.TextContent.Contains(t, StringComparison.Ordinal))));
        Assert.Null(page.QuerySelector("form button:not([type])"));
        await staff.SubmitAsync(Form(page));
        Assert.Equal(CampaignState.Draft, (await server.StoredAsync(few)).State);
    }

    [Fact]
    public async Task A_letter_that_somebody_changed_meanwhile_is_shown_again()
    {
        var server = await shop.ServerAsync();
        var id = await server.CampaignAsync(await server.ListSegmentAsync(await server.ReadersAsync(3)), c => c.State = CampaignState.Draft);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/campaigns/{id}/send");
        await server.RunSqlAsync("UPDATE campaigns SET subject = 'Other', updated_at = updated_at + interval '1 second' WHERE id = $1", id);
        Assert.Contains("Somebody saved the letter meanwhile", (await staff.SubmitAsync(Form(page))).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, (await server.StoredAsync(id)).State);
    }

    [Fact]
    public async Task A_test_goes_to_the_one_who_asks_and_a_look_as_somebody_else_is_noted()
    {
        var server = await shop.ServerAsync();
        var (me, other) = (await server.ReaderAsync(s => s.FirstName = "Grace"), await server.ReaderAsync());
        var id = await server.CampaignAsync(await server.ListSegmentAsync(other), c => c.State = CampaignState.Draft);
        using var staff = server.SignedIn("merchandiser", me.Id);
        var page = await staff.GetAsync($"/admin/campaigns/{id}");
        await staff.SubmitAsync(Form(page), ("action", "test"));
        await server.HandOverAsync(shop.Clock);
        var test = Assert.Single(shop.Post.To(me.Email!));
        Assert.Equal("[Test] Warm paws", test.Subject);
        Assert.Contains("Hello Grace", test.Text, StringComparison.Ordinal);
        var seen = await staff.SubmitAsync(Form(page), ("action", "preview"), ("Input.Reader", other.Email));
        Assert.Contains("Hello Ada", seen.QuerySelector("iframe")!.GetAttribute("srcdoc")!, StringComparison.Ordinal);
        Assert.Equal(1, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "letter previewed as" && a.Subject == other.Id.ToString())));
    }

    [Fact]
    public async Task Without_personal_choice_the_letter_says_its_general_words()
    {
        var server = await shop.ServerAsync();
        shop.Clock.Now = LetterShop.Morning;
        var (open, shy) = (await server.ReaderAsync(), await server.ReaderAsync(s => s.ConsentPersonalisation = false));
        foreach (var reader in new[] { open, shy })
            await server.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().StoreAsync(reader.Id, new PetFacts { Species = "dog", Name = "Luna" });
        await server.RunSqlAsync("UPDATE campaigns SET state = 4");
        await server.CampaignAsync(0, c => (c.SegmentIds, c.Rail) = ([], "letter-for-you"));
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Contains("this is for Luna.", Assert.Single(shop.Post.To(open.Email!)).Text, StringComparison.Ordinal);
        Assert.Contains("this is for your pets.", Assert.Single(shop.Post.To(shy.Email!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_stand_in_the_download_and_go_with_the_person()
    {
        var server = await shop.ServerAsync();
        shop.Clock.Now = LetterShop.Morning;
        var (gone, stays) = (await server.ReaderAsync(), await server.ReaderAsync());
        var id = await server.CampaignAsync(await server.ListSegmentAsync(gone, stays));
        await server.SendAsync();
        await using var scope = server.Services.CreateAsyncScope();
        var data = scope.ServiceProvider.GetRequiredService<PersonalData>();
        var letters = (await data.GatherAsync(await data.SubjectAsync(gone.Id, null, default), default)).Single(s => s.Name == "letters").Rows;
        Assert.Equal(("Warm paws", "on its way"), (letters.Single()["letter"], letters.Single()["what_became_of_it"]));
        await scope.ServiceProvider.GetRequiredService<Erasing>().EraseAsync(new(gone.Id, []), null, default);
        await server.HandOverAsync(shop.Clock);
        Assert.Empty(shop.Post.To(gone.Email!));
        Assert.Single(shop.Post.To(stays.Email!));
        Assert.Single(await server.RowsAsync(id));
        Assert.Equal(1, (await server.StoredAsync(id)).Erased);
    }

    [Fact]
    public async Task A_visit_that_a_letter_brought_is_counted_only_of_who_agreed_to_statistics()
    {
        var server = await shop.ServerAsync();
        var readers = await server.ReadersAsync(2);
        var id = await server.CampaignAsync(await server.ListSegmentAsync(readers), c => c.State = CampaignState.Stopped);
        foreach (var (purposes, agreed) in new[] { (new[] { "personalisation" }, false), (["analytics"], true) })
        {
            using var visitor = server.NewVisitor();
            await visitor.AnswerAsync("choose", purposes);
            await visitor.GetAsync($"/search?q=hay&utm_source=letter&utm_medium=email&utm_campaign=letter-{id}-a");
            await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1", visitor.IdOf()!.Value);
            Assert.Equal(agreed, await server.ScalarAsync<bool>("SELECT bool_or(campaign IS NOT NULL) FROM events WHERE visitor_id = $1", visitor.IdOf()!.Value));
        }
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(DISTINCT visitor_id) FROM events WHERE campaign = $1", $"letter-{id}-a"));
    }

    private static IElement Form(IDocument page) => page.QuerySelector("form#campaign") ?? page.QuerySelectorAll("main form").First(f => f.QuerySelector("[formaction]") is null);
}

internal static class Fluently
{
    public static T Also<T>(this T it, Action<T> act)
    {
        act(it);
        return it;
    }
}
