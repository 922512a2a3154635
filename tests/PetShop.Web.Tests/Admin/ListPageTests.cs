using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Privacy;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Lists;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class ListPageTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task A_list_is_pasted_matched_with_reasons_and_nothing_is_kept_of_who_is_no_shopper()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var (ada, ben) = (await server.AddShopperAsync(consents: true), await server.AddShopperAsync(consents: true));
        await NameAsync(server, ada, "Ada.Öz@example.com");
        var page = await UploadAsync(staff, "Very good 2026", $"e-mail;name\nada.öz@EXAMPLE.com;Ada\n{ben}\n{ada};again\nnobody@example.org\njust words\n\n");
        var report = page.QuerySelector(".list-report")!.TextContent;
        Assert.Contains("2 of 5 rows", report, StringComparison.Ordinal);
        Assert.Contains("The same shopper as in row 2: counted once.", report, StringComparison.Ordinal);
        Assert.Contains("No shopper has this e-mail address.", report, StringComparison.Ordinal);
        Assert.Contains("Neither a shopper id nor an e-mail address.", report, StringComparison.Ordinal);
        Assert.Contains("{\"list\":\"very-good-2026\"}", report, StringComparison.Ordinal);
        Assert.Equal([ada, ben], (await MembersAsync(server, "very-good-2026")).ToHashSet());
        Assert.DoesNotContain("nobody@example.org", (await staff.GetAsync("/admin/segments/lists")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.False(await server.WithDbAsync(db => db.AuditEntries.AnyAsync(a => a.Subject.Contains("nobody") || a.Action.Contains("nobody"))));
    }

    [Fact]
    public async Task The_ids_of_a_list_are_given_out_from_fifty_on()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var people = new List<Guid>();
        for (var i = 0; i < 50; i++)
            people.Add(await server.AddShopperAsync(consents: true));
        await UploadAsync(staff, "Few", string.Join('\n', people.Skip(1)));
        await UploadAsync(staff, "Many", string.Join('\n', people));
        Assert.Equal($"shopper_id\r\n{string.Join("\r\n", people.OrderBy(id => id.ToString(), StringComparer.Ordinal))}\r\n", await staff.Client.GetStringAsync("/admin/segments/lists/many/download"));
        using var refused = await staff.Client.GetAsync("/admin/segments/lists/few/download");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("It holds 49 shoppers; a file is made from 50 on", (await staff.ParseAsync(refused)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await staff.GetAsync("/admin/segments/lists/few")).QuerySelector("a[download]"));
        Assert.NotNull((await staff.GetAsync("/admin/segments/lists/many")).QuerySelector("a[download]"));
        Assert.False(await server.WithDbAsync(db => db.AuditEntries.AnyAsync(a => a.Subject == "list few" && a.Action.StartsWith("list downloaded"))));
    }

    [Fact]
    public async Task Who_comes_onto_a_list_enters_its_segments_and_a_list_in_use_is_not_deleted()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var (old, fresh) = (await server.AddShopperAsync(consents: true), await server.AddShopperAsync(consents: true));
        await UploadAsync(staff, "Movers", $"{old}");
        var segment = await server.AddSegmentAsync("on-movers", """{"v":1,"list":"movers"}""");
        await server.RefreshRulesAsync();
        await server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
        var page = await staff.GetAsync("/admin/segments/lists/movers");
        Assert.Contains("on-movers", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.Forms.Single(f => f.Action.EndsWith("/replace", StringComparison.Ordinal)), ("Input.Pasted", $"{fresh}"));
        Assert.Contains("1 of 1 rows", page.QuerySelector(".list-report")!.TextContent, StringComparison.Ordinal);
        await server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
        var timeline = server.Services.GetRequiredService<SegmentTimeline>();
        Assert.Equal([("on-movers", true, "a change of a list")], (await timeline.OfAsync(fresh, 9, CancellationToken.None)).Select(l => (l.Segment, l.Entered, l.Because)));
        Assert.Contains((await timeline.OfAsync(old, 9, CancellationToken.None)), l => !l.Entered && l.Because == "a change of a list");
        Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/delete", StringComparison.Ordinal));
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var lists = scope.ServiceProvider.GetRequiredService<ShopperListBook>();
            var list = await scope.ServiceProvider.GetRequiredService<PetShop.Data.PetShopDb>().ShopperLists.SingleAsync(l => l.Slug == "movers");
            Assert.Equal(["on-movers"], await lists.DeleteAsync(list, "test", CancellationToken.None));
        }
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteDeleteAsync());
        page = await staff.SubmitAsync((await staff.GetAsync("/admin/segments/lists/movers")).Forms.Single(f => f.Action.EndsWith("/delete", StringComparison.Ordinal)));
        Assert.Contains("is deleted", page.QuerySelector(".notice--good")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await MembersAsync(server, "movers"));
    }

    [Fact]
    public async Task Who_is_erased_is_on_no_list_and_before_that_finds_it_in_the_download_of_their_data()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var shopper = await server.AddShopperAsync(consents: true);
        await UploadAsync(staff, "Leaving", $"{shopper}");
        await using var scope = server.Services.CreateAsyncScope();
        var lists = scope.ServiceProvider.GetServices<PersonalDataSource>().Single(s => s.Name == "lists");
        Assert.Equal("Leaving", Assert.Single(await lists.ReadAsync(scope.ServiceProvider, new(shopper, []), CancellationToken.None))["list"]);
        await scope.ServiceProvider.GetRequiredService<Erasing>().EraseAsync(new(shopper, []), null, CancellationToken.None);
        Assert.Empty(await MembersAsync(server, "leaving"));
    }

    [Fact]
    public async Task A_list_that_names_nobody_and_a_key_that_is_taken_are_told_beside_their_fields()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        var page = await UploadAsync(staff, "Empty", "nobody@example.org");
        Assert.Contains("None of the 1 rows names a shopper", page.QuerySelector("#rows-error")!.TextContent, StringComparison.Ordinal);
        page = await UploadAsync(staff, "Empty", "");
        Assert.Contains("There is nothing in it.", page.QuerySelector("#rows-error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@b.c", 1, 0, 1)]
    [InlineData("id,email\n00000001-0000-0000-0000-000000000000,a@b.c", 1, 1, 1)]
    [InlineData("\uFEFFemail\r\na@b.c\r\nb@b.c", 2, 0, 2)]
    [InlineData("name\tmail\nAda\t<a@b.c>", 1, 0, 1)]
    [InlineData("a@, @b, a b@c", 1, 0, 0)]
    [InlineData("\n\n", 0, 0, 0)]
    public void Ids_and_addresses_are_found_in_any_column(string text, int rows, int ids, int emails)
    {
        var read = ListRows.Read(new StringReader(text));
        Assert.Equal((rows, ids, emails), (read.Count, read.Count(r => r.Id is not null), read.Count(r => r.Email is not null)));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> UploadAsync(TestVisitor staff, string name, string rows) =>
        await staff.SubmitAsync((await staff.GetAsync("/admin/segments/lists")).QuerySelector("form.list-form")!, ("Input.Name", name), ("Input.Pasted", rows));

    private static Task<int> NameAsync(ShopServer server, Guid shopper, string email) =>
        server.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper).ExecuteUpdateAsync(set => set.SetProperty(s => s.Email, email).SetProperty(s => s.NormalizedEmail, email.ToUpperInvariant())));

    private static Task<List<Guid>> MembersAsync(ShopServer server, string key) =>
        server.WithDbAsync(db => db.ShopperListMembers.Where(m => db.ShopperLists.Any(l => l.Id == m.ListId && l.Slug == key)).Select(m => m.ShopperId).ToListAsync());
}
