using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Catalog;

public sealed class CatalogPageTests(DemoShopFixture fixture) : IClassFixture<DemoShopFixture>
{
    private static readonly HtmlParser Parser = new();

    private async Task<(HttpStatusCode Status, IDocument Page)> GetAsync(string path, HttpMethod? method = null)
    {
        var server = await fixture.ServerAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await Parser.ParseDocumentAsync(await response.Content.ReadAsStringAsync()));
    }

    private static int Count(IDocument page) => int.Parse(page.QuerySelector(".listing__count")!.TextContent.Split(' ')[0], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("dog"), InlineData("cat"), InlineData("small-pets"), InlineData("birds"), InlineData("fish"), InlineData("reptiles"), InlineData("horse")]
    public async Task Every_department_shows_products_with_prices_and_pictures(string department)
    {
        var (status, page) = await GetAsync($"/shop/{department}");
        Assert.Equal(HttpStatusCode.OK, status);
        var cards = page.QuerySelectorAll(".listing .product-card");
        Assert.NotEmpty(cards);
        Assert.All(cards, card =>
        {
            Assert.StartsWith("€", card.QuerySelector(".price__now")!.TextContent, StringComparison.Ordinal);
            Assert.StartsWith("/pictures/", card.QuerySelector("img")!.GetAttribute("src"), StringComparison.Ordinal);
            Assert.StartsWith("/products/", card.QuerySelector("h3 a")!.GetAttribute("href"), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("bright-coat-salmon-oil", "250 ml", "€12.90", "€51.60 / l")]
    [InlineData("oat-milk-dog-shampoo", "250 ml", "€9.90", "€39.60 / l")]
    public async Task What_is_bought_by_volume_shows_the_price_of_a_litre_on_its_card_and_its_page(string slug, string pack, string price, string litre)
    {
        var (_, page) = await GetAsync($"/products/{slug}");
        var (_, search) = await GetAsync($"/search?q={slug.Replace("-", "+", StringComparison.Ordinal)}");
        var card = search.QuerySelectorAll(".product-card").Single(c => c.QuerySelector("h3 a")!.GetAttribute("href") == $"/products/{slug}");
        Assert.StartsWith(pack, card.QuerySelector(".product-card__meta > span:last-child")!.TextContent, StringComparison.Ordinal);
        foreach (var shown in new[] { page.QuerySelector(".product__price")!, card })
            Assert.Equal((price, litre), (shown.QuerySelector(".price__now")!.TextContent, shown.QuerySelector(".price__per")!.TextContent));
        var (_, food) = await GetAsync("/shop/dog/dog-dry-food");
        Assert.All(food.QuerySelectorAll(".listing .price__per"), per => Assert.EndsWith(" / kg", per.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Choosing_a_brand_leaves_as_many_products_as_its_count_promised()
    {
        var (_, before) = await GetAsync("/shop/dog/dog-dry-food");
        var box = before.QuerySelector("input[name=brand]")!;
        var promised = int.Parse(box.ParentElement!.QuerySelector(".muted")!.TextContent.Trim('(', ')'), System.Globalization.CultureInfo.InvariantCulture);
        var (_, after) = await GetAsync($"/shop/dog/dog-dry-food?brand={box.GetAttribute("value")}");
        Assert.Equal(promised, Count(after));
        Assert.True(Count(after) < Count(before));
        Assert.Single(after.QuerySelectorAll(".listing .product-card__brand").Select(b => b.TextContent).Distinct());
    }

    [Fact]
    public async Task Sorting_by_price_shows_the_cheapest_first()
    {
        var (_, page) = await GetAsync("/shop/cat?sort=price");
        var prices = page.QuerySelectorAll(".listing .price__now").Select(p => decimal.Parse(p.TextContent.TrimStart('€'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(prices.Order(), prices);
    }

    [Fact]
    public async Task A_search_with_a_typing_error_finds_what_was_meant()
    {
        var (_, right) = await GetAsync("/search?q=salmon");
        var (_, wrong) = await GetAsync("/search?q=salmno");
        Assert.Equal(Count(right), Count(wrong));
        Assert.Contains("salmon", wrong.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_that_the_search_field_proposes_find_something()
    {
        var (_, home) = await GetAsync("/");
        foreach (var word in home.QuerySelector("#search-field")!.GetAttribute("placeholder")!.TrimEnd('…').Split(", "))
        {
            var (_, page) = await GetAsync($"/search?q={Uri.EscapeDataString(word)}");
            Assert.True(page.QuerySelectorAll("#listing .product-card").Length > 0, $"“{word}” finds nothing.");
        }
    }

    [Fact]
    public async Task A_search_that_finds_nothing_helps_on()
    {
        var (status, page) = await GetAsync("/search?q=xylophonequartz");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEmpty(page.QuerySelectorAll(".empty__links a[href^='/shop/']"));
    }

    [Theory]
    [InlineData("/search?q=large+dog+bed")]
    [InlineData("/search?q=aquarum+fliter")]
    public async Task Words_that_no_product_has_all_of_still_find_those_with_the_most(string path)
    {
        var (_, page) = await GetAsync(path);
        Assert.NotEmpty(page.QuerySelectorAll(".product-card"));
        Assert.NotNull(page.QuerySelector(".notice"));
    }

    [Theory]
    [InlineData("'; DROP TABLE products; --"), InlineData("a & | ! ( :* <->"), InlineData("\"unclosed"), InlineData("<script>alert(1)</script>"), InlineData("%00%20-"), InlineData("🐕")]
    public async Task Whatever_is_typed_into_the_search_gets_a_page(string words)
    {
        var (status, page) = await GetAsync($"/search?q={Uri.EscapeDataString(words)}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(page.QuerySelector("main script"));
    }

    [Fact]
    public async Task Suggestions_name_products_and_places_for_a_beginning()
    {
        var (_, fragment) = await GetAsync("/search?handler=Suggest&q=salm");
        Assert.NotEmpty(fragment.QuerySelectorAll("a[href^='/products/']"));
        Assert.DoesNotContain("Did you mean", fragment.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_page_says_what_it_costs_to_people_and_machines_alike()
    {
        var (_, list) = await GetAsync("/shop/dog/dog-dry-food");
        var (status, page) = await GetAsync(list.QuerySelector(".product-card h3 a")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, status);
        using var facts = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
        var offers = facts.RootElement.GetProperty("offers").EnumerateArray().Select(o => "€" + o.GetProperty("price").GetString()).ToList();
        Assert.Contains(page.QuerySelector("#buy .price__now")!.TextContent, offers);
        Assert.NotEmpty(page.QuerySelectorAll(".facts dd"));
    }

    [Theory]
    [InlineData("/shop/unicorns"), InlineData("/shop/cat/dog-dry-food"), InlineData("/products/none-such"), InlineData("/nowhere")]
    public async Task What_is_not_there_answers_404_with_a_way_on(string path)
    {
        var (status, page) = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.NotNull(page.QuerySelector("main a[href='/search']"));
    }

    [Theory]
    [InlineData("GET"), InlineData("POST")]
    public async Task The_error_page_answers_every_method_without_the_layout(string method)
    {
        var (_, page) = await GetAsync("/error", new HttpMethod(method));
        Assert.NotNull(page.QuerySelector("h1"));
        Assert.Null(page.QuerySelector("header"));
    }

    [Theory]
    [InlineData("/shop/dog", 3), InlineData("/shop/dog/dog-dry-food?brand=hartwell&sort=price", 3), InlineData("/search?q=salmon", 3), InlineData("/search?handler=Suggest&q=salm", 3), InlineData("/help", 1)]
    public async Task A_warm_page_makes_few_round_trips_to_the_database(string path, int most)
    {
        using var counter = new SqlCounter();
        using var visitor = (await fixture.ServerAsync()).NewVisitor();
        await visitor.GetAsync(path);
        var statements = await counter.GetAsync(visitor, path);
        Assert.True(statements.Count <= most, $"{statements.Count} statements:\n{string.Join("\n", statements)}");
    }
}
