using AngleSharp.Dom;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class MerchandisingTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    private const string Sellable = "SELECT id FROM products WHERE in_stock AND is_active AND NOT is_medicine AND species = '{dog}' AND cardinality(life_stages) = 0 AND cardinality(dog_sizes) = 0 ORDER BY id DESC LIMIT 3";

    [Fact]
    public async Task A_pin_stands_in_its_place_labelled_and_logged_for_everybody()
    {
        var shop = await fixture.ServerAsync();
        var pinned = (await shop.IdsAsync(Sellable))[0];
        var rule = await SaveAsync(shop, ("Input.Kind", "Pin"), ("Input.Products", $"{pinned}"), ("Input.Position", "2"), ("Input.Placement", "home-for-you"));
        using var visitor = shop.NewVisitor();
        var card = (await visitor.GetAsync("/")).Rail("home-for-you")!.QuerySelectorAll("[data-product]")[1];
        Assert.Equal($"{pinned}", card.GetAttribute("data-product"));
        Assert.Equal($"pin-{rule}", card.GetAttribute("data-strategy"));
        Assert.Equal("Promoted", card.QuerySelector(".product-card__why")!.TextContent);
        var why = await visitor.GetAsync(card.QuerySelector(".card-why a")!.GetAttribute("href")!);
        Assert.Contains("Promoted", why.QuerySelector(".answer")!.TextContent, StringComparison.Ordinal);
        await RemoveAsync(shop, rule);
        Assert.DoesNotContain("Promoted", (await visitor.GetAsync("/")).Rail("home-for-you")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pin_shows_nothing_to_a_household_that_it_does_not_suit()
    {
        var shop = await fixture.ServerAsync();
        var ids = await shop.IdsAsync(Sellable);
        var sold = (await shop.IdsAsync("SELECT id FROM products WHERE is_medicine AND is_active LIMIT 1")).Concat(ids).ToArray();
        var rule = await SaveAsync(shop, ("Input.Kind", "Pin"), ("Input.Products", string.Join('\n', sold)), ("Input.Placement", null));
        using var visitor = await shop.ConsentingVisitorAsync();
        Assert.Contains("Promoted", (await visitor.GetAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        await shop.ExecuteAsync("INSERT INTO pets (id, visitor_id, name, species, allergies, created_at, quiz_values) VALUES ($1, $2, 'Luna', 'cat', '{}', now(), '{}')", Guid.CreateVersion7(), visitor.IdOf()!.Value);
        IDocument page;
        var tries = 0;
        do
        {
            page = await visitor.GetAsync("/");
        }
        while (page.QuerySelector("[data-placement=home-pet]") is null && ++tries < 200);
        Assert.Empty(page.QuerySelectorAll("[data-strategy^=pin]"));
        await RemoveAsync(shop, rule);
    }

    [Fact]
    public async Task An_exclusion_holds_on_every_rail_and_a_boost_moves_a_product_up()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = shop.NewVisitor();
        var before = (await visitor.GetAsync("/")).Rail("home-for-you")!.Products();
        var away = await SaveAsync(shop, ("Input.Kind", "Exclude"), ("Input.Products", $"{before[0]}"), ("Input.Placement", null));
        var lift = await SaveAsync(shop, ("Input.Kind", "Boost"), ("Input.Products", $"{before[^1]}"), ("Input.Strength", "100"), ("Input.Placement", "home-for-you"));
        var page = await visitor.GetAsync("/");
        Assert.DoesNotContain(before[0], page.AllRailProducts());
        var first = page.Rail("home-for-you")!.QuerySelector("[data-product]")!;
        Assert.Equal($"{before[^1]}", first.GetAttribute("data-product"));
        Assert.EndsWith($" boost-{lift}", first.GetAttribute("data-strategy"), StringComparison.Ordinal);
        await RemoveAsync(shop, away);
        await RemoveAsync(shop, lift);
        Assert.Equal(before, (await visitor.GetAsync("/")).Rail("home-for-you")!.Products());
    }

    [Fact]
    public async Task A_rule_keeps_to_its_schedule_its_segment_and_its_pages()
    {
        var shop = await fixture.ServerAsync();
        var pinned = (await shop.IdsAsync(Sellable))[0];
        var segment = await shop.ScalarAsync<int>("INSERT INTO segments (slug, name, description, rule, version, is_active, updated_at, updated_by) SELECT 'nobody-'||md5(random()::text), 'Nobody', '', rule, 1, false, now(), 'test' FROM segments LIMIT 1 RETURNING id");
        (string, string?)[][] others =
        [
            [("Input.StartsAt", "2090-01-01T10:00")], [("Input.EndsAt", "2020-01-01T10:00")], [("Input.SegmentId", $"{segment}")], [("Input.PageCategory", "cat")], [("Input.Placement", "search-empty")],
            [("Input.IsActive", "false")],
        ];
        using var visitor = shop.NewVisitor();
        foreach (var other in others)
        {
            var rule = await SaveAsync(shop, [("Input.Kind", "Pin"), ("Input.Products", $"{pinned}"), .. other]);
            Assert.Empty((await visitor.GetAsync("/")).QuerySelectorAll("[data-strategy^=pin]"));
            await RemoveAsync(shop, rule);
        }
        var onDogs = await SaveAsync(shop, ("Input.Kind", "Pin"), ("Input.Products", $"{pinned}"), ("Input.PageCategory", "dog"));
        Assert.NotEmpty((await visitor.GetAsync("/shop/dog")).QuerySelectorAll("[data-strategy^=pin]"));
        await RemoveAsync(shop, onDogs);
    }

    [Fact]
    public async Task A_draft_is_tried_out_on_the_lists_of_the_last_day_and_changes_nothing()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await shop.ConsentingVisitorAsync();
        var list = (await visitor.GetAsync("/")).Rail("home-for-you")!.Products();
        await shop.ExecuteAsync("INSERT INTO events (id, occurred_at, type, visitor_id, product_id, placement) VALUES ($1, now(), 8, $2, $3, 'home-for-you')", Guid.CreateVersion7(), visitor.IdOf()!.Value, list[0]);
        using var staff = shop.SignedIn("merchandiser");
        var form = (await staff.GetAsync("/admin/merchandising/new")).GetElementById("rule")!;
        var page = await staff.SubmitAsync(form, ("Input.Name", "Draft"), ("Input.Kind", "Exclude"), ("Input.Products", $"{list[0]}"), ("action", "try"));
        var effect = page.QuerySelector("[aria-labelledby=effect]")!;
        Assert.Matches("[1-9][0-9]* of [1-9][0-9]* lists", effect.TextContent);
        var name = await shop.ScalarAsync<string>($"SELECT name FROM products WHERE id = {list[0]}");
        Assert.Contains(name, effect.TextContent, StringComparison.Ordinal);
        var loses = effect.QuerySelectorAll("h3").Single(h => h.TextContent == "Lose places").NextElementSibling!;
        Assert.Contains(loses.QuerySelectorAll("tbody tr"), row => row.QuerySelector("th")!.TextContent == name && row.QuerySelectorAll("td")[3].TextContent != "0");
        Assert.Contains("is not foretold", effect.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await shop.ScalarAsync<long>("SELECT count(*) FROM merchandising_rules WHERE name = 'Draft'"));
        Assert.Contains(list[0], (await visitor.GetAsync("/")).AllRailProducts());
    }

    [Theory]
    [InlineData("product-similar", "SELECT '/products/' || p.slug FROM products p JOIN product_neighbours n ON n.product_id = p.id WHERE p.in_stock AND p.species = '{dog}' AND NOT p.is_medicine ORDER BY p.id LIMIT 1")]
    [InlineData("department-trending", "SELECT '/shop/dog'")]
    public async Task A_list_about_a_page_is_tried_out_for_the_page_it_stood_on(string placement, string address)
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await shop.ConsentingVisitorAsync();
        var list = (await visitor.GetAsync(await shop.ScalarAsync<string>(address))).Rail(placement)!.Products();
        await Eventually.UntilAsync(async () => await shop.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM events WHERE visitor_id = '{visitor.IdOf()}' AND type IN (1, 2))"));
        await shop.ExecuteAsync("INSERT INTO events (id, occurred_at, type, visitor_id, product_id, placement) VALUES ($1, now(), 8, $2, $3, $4)", Guid.CreateVersion7(), visitor.IdOf()!.Value, list[0], placement);
        using var staff = shop.SignedIn("merchandiser");
        var form = (await staff.GetAsync("/admin/merchandising/new")).GetElementById("rule")!;
        var page = await staff.SubmitAsync(form, ("Input.Name", "Draft"), ("Input.Kind", "Exclude"), ("Input.ProductCategory", "dog"), ("Input.Placement", placement), ("action", "try"));
        Assert.Matches("[1-9][0-9]* of [1-9][0-9]* lists", page.QuerySelector("[aria-labelledby=effect]")!.TextContent);
    }

    [Theory]
    [InlineData("Input.Products", "no-such-product", "is no product of the shop")]
    [InlineData("Input.Products", "", "Name the products")]
    [InlineData("Input.Placement", "the-moon", "Choose one of the list")]
    [InlineData("Input.Position", "9", "places 1 to 8")]
    [InlineData("Input.EndsAt", "2020-01-01T10:00", "The end comes after the start")]
    public async Task A_fault_stands_beside_its_field(string field, string value, string says)
    {
        var shop = await fixture.ServerAsync();
        using var staff = shop.SignedIn("merchandiser");
        var form = (await staff.GetAsync("/admin/merchandising/new")).GetElementById("rule")!;
        (string, string?)[] sound = [("Input.Name", "Fault"), ("Input.Kind", "Pin"), ("Input.Products", "1"), ("Input.StartsAt", "2030-01-01T10:00"), ("action", "save")];
        var page = await staff.SubmitAsync(form, [.. sound.Where(s => s.Item1 != field), (field, value)]);
        Assert.Contains(says, page.QuerySelector($"[data-valmsg-for='{field}']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await shop.ScalarAsync<long>("SELECT count(*) FROM merchandising_rules WHERE name = 'Fault'"));
    }

    private static async Task<int> SaveAsync(ShopServer shop, params (string Name, string? Value)[] fields)
    {
        using var staff = shop.SignedIn("merchandiser");
        var form = (await staff.GetAsync("/admin/merchandising/new")).GetElementById("rule")!;
        using var answer = await staff.PostAsync(form, [("Input.Name", $"Test {Guid.NewGuid():N}"), ("action", "save"), .. fields]);
        Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
        return int.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
    }

    private static async Task RemoveAsync(ShopServer shop, int rule)
    {
        using var staff = shop.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/merchandising/{rule}");
        await staff.SubmitAsync(page.QuerySelector("form[action*=Delete]")!);
    }
}
