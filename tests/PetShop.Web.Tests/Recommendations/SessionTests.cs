using Microsoft.Extensions.DependencyInjection;
using PetShop.Recommender.Sessions;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class SessionTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    [Fact]
    public async Task Each_click_of_a_visit_changes_the_next_pages_lists_of_a_visitor_who_agreed_and_bought_nothing()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await shop.ConsentingVisitorAsync();
        var (dog, cat) = (await LookedAtAsync(shop, "dog"), await LookedAtAsync(shop, "cat"));
        await visitor.ViewAsync(dog);
        var before = await visitor.GetAsync("/");
        var first = before.Rail("home-because-viewed")!;
        Assert.Equal("sessions", first.GetAttribute("data-strategy"));
        Assert.DoesNotContain(dog, first.Products());
        await visitor.ViewAsync(cat);
        var page = await visitor.GetAsync("/");
        var second = page.Rail("home-because-viewed")!;
        Assert.Equal("sessions", second.GetAttribute("data-strategy"));
        Assert.NotEqual(first.Products(), second.Products());
        Assert.StartsWith("sessions+", page.Rail("home-for-you")!.GetAttribute("data-strategy"), StringComparison.Ordinal);
        var (catsBefore, catsAfter) = (await CatsAsync(shop, before), await CatsAsync(shop, page));
        Assert.True(catsAfter > catsBefore, $"{catsAfter} cat products after looking at one, {catsBefore} before");
    }

    [Fact]
    public async Task Who_refused_gets_no_list_from_their_visit()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = shop.NewVisitor();
        await visitor.AnswerAsync("refuse");
        await visitor.ViewAsync(await LookedAtAsync(shop, "dog"));
        var page = await visitor.GetAsync("/");
        Assert.DoesNotContain("sessions", page.QuerySelectorAll("[data-strategy]").Select(r => r.GetAttribute("data-strategy")));
    }

    [Fact]
    public async Task The_saved_visits_hold_products_of_those_who_agree_and_nobodys_id()
    {
        var shop = await fixture.ServerAsync();
        var content = await shop.ScalarAsync<byte[]>("SELECT content FROM session_logs");
        var log = SessionFile.Read(content);
        Assert.True(log.Count > 100);
        Assert.Equal(log.Count, await shop.ScalarAsync<int>("SELECT session_count FROM session_logs"));
        foreach (var visitor in await VisitorsAsync(shop))
            Assert.Equal(-1, content.AsSpan().IndexOf(visitor.ToByteArray()));
    }

    [Fact]
    public async Task What_somebody_did_who_refused_since_or_never_answered_is_not_read()
    {
        var shop = await fixture.ServerAsync();
        var (seldom, known) = (await UnseenAsync(shop), await LookedAtAsync(shop, "dog"));
        var (agrees, refuses, silent) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await VisitAsync(shop, agrees, known, seldom[0]);
        await VisitAsync(shop, refuses, known, seldom[1]);
        await VisitAsync(shop, silent, known, seldom[1]);
        foreach (var (visitor, yes) in ((Guid, bool)[])[(agrees, true), (refuses, false)])
            await shop.ExecuteAsync("INSERT INTO consent_receipts (id, visitor_id, given_at, analytics, personalisation, email, prices, text_version, text_hash, language, dialog_variant, method) VALUES ($1, $2, now(), true, $3, false, false, '', '', 'en', '', 'test')",
                Guid.CreateVersion7(), visitor, yes);
        var (source, until) = (shop.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), TimeProvider.System.GetUtcNow().AddMinutes(1));
        var log = await new SessionReader(source).ReadAsync(until, new(), CancellationToken.None);
        HashSet<int> learned = [];
        await new InteractionReader(source).ReadAsync((_, product, _, _, _) => learned.Add(product), until.AddHours(-1), until, null, CancellationToken.None);
        Assert.Equal((true, false), (learned.Contains(seldom[0]), learned.Contains(seldom[1])));
        Assert.True(log.Items.ColumnOf(seldom[0]) >= 0);
        Assert.Equal(-1, log.Items.ColumnOf(seldom[1]));
    }

    [Fact]
    public async Task Damaged_visits_leave_the_lists_in_service()
    {
        var shop = await fixture.ServerAsync();
        var refresher = shop.Services.GetRequiredService<ServingRefresher>();
        var holder = shop.Services.GetRequiredService<ModelHolder>();
        await shop.ExecuteAsync("CREATE TABLE kept AS SELECT content FROM session_logs");
        await shop.ExecuteAsync("UPDATE session_logs SET content = substr(content, 1, length(content) - 7)");
        try
        {
            await refresher.ReadAllAsync(CancellationToken.None);
            Assert.NotNull(holder.Current.Sessions);
        }
        finally
        {
            await shop.ExecuteAsync("UPDATE session_logs SET content = (SELECT content FROM kept)");
            await shop.ExecuteAsync("DROP TABLE kept");
        }
    }

    private static async Task<int> LookedAtAsync(ShopServer shop, string department) => await shop.ScalarAsync<int>(
        "SELECT p.id FROM products p JOIN product_stats s ON s.product_id = p.id WHERE p.department = $1 AND p.in_stock AND NOT p.is_medicine ORDER BY s.views_30d DESC, s.buyers_365d DESC, p.id LIMIT 1", department);

    // Both rails together, because a product stands in one of them only.
    private static async Task<int> CatsAsync(ShopServer shop, AngleSharp.Html.Dom.IHtmlDocument page) => (await shop.IdsAsync("SELECT id FROM products WHERE id = ANY($1) AND department = 'cat'",
        page.Rail("home-because-viewed")!.Products().Concat(page.Rail("home-for-you")!.Products()).ToArray())).Count;

    private static Task<List<int>> UnseenAsync(ShopServer shop) => shop.IdsAsync("SELECT max(id) + 1 FROM products UNION SELECT max(id) + 2 FROM products ORDER BY 1");

    private static async Task VisitAsync(ShopServer shop, Guid visitor, params int[] products)
    {
        var session = Guid.CreateVersion7();
        for (var i = 0; i < products.Length; i++)
            await shop.ExecuteAsync("INSERT INTO events (id, occurred_at, type, visitor_id, session_id, product_id) VALUES ($1, now() + $5 * interval '1 second', 1, $2, $3, $4)",
                Guid.CreateVersion7(), visitor, session, products[i], i);
    }

    private static async Task<List<Guid>> VisitorsAsync(ShopServer shop)
    {
        await using var command = shop.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand("SELECT DISTINCT visitor_id FROM events LIMIT 500");
        await using var reader = await command.ExecuteReaderAsync();
        List<Guid> visitors = [];
        while (await reader.ReadAsync())
            visitors.Add(reader.GetGuid(0));
        return visitors;
    }
}
