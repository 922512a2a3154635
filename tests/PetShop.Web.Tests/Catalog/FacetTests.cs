using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.TestHost;
using PetShop.Web.Catalog;

namespace PetShop.Web.Tests.Catalog;

/// <summary>What every facet leaves of eight products that stand on the edges of its values.</summary>
public sealed class FacetTests(FacetTests.EdgeShop fixture) : IClassFixture<FacetTests.EdgeShop>
{
    private const string Path = "/shop/dog/edges";

    public static readonly TheoryData<string, string> Narrowed = new()
    {
        { "species=dog", "A B C D E F" }, { "species=cat", "E F G" }, { "species=cat&species=dog", "A B C D E F G" },
        { "brand=northpaw", "A C E G" }, { "brand=hartwell", "B D F H" },
        { "age=puppy", "A" }, { "age=kitten", "B" }, { "age=junior", "B C" }, { "age=adult", "C D E" }, { "age=senior", "E" },
        { "diet=grain-free", "A H" }, { "diet=insect-protein", "H" },
        // A price belongs to the band that begins with it.
        { "price=0-10", "A" }, { "price=10-25", "B C" }, { "price=25-50", "D E" }, { "price=50-100", "F G" }, { "price=100-", "H" }, { "price=0-10&price=100-", "A H" },
        // Four stars are four, not what rounds to four; nobody's opinion is no star at all.
        { "rating=4", "A F" }, { "rating=3", "A B C F" },
        { "only=stock", "A B C D E F G" }, { "only=offer", "A" },
        { "price=10-25&rating=3&brand=northpaw", "C" }, { "price=10-25&rating=4", "" },
        { "price=nonsense&rating=5", "A B C D E F G H" },
    };

    [Theory, MemberData(nameof(Narrowed))]
    public async Task A_facet_leaves_exactly_what_it_names_and_as_many_as_its_count_promised(string query, string expected)
    {
        var shop = await fixture.ServerAsync();
        using var visitor = shop.NewVisitor();
        var page = await visitor.GetAsync($"{Path}?{query}");
        Assert.Equal(expected, string.Join(' ', page.QuerySelectorAll(".listing .product-card h3 a").Select(a => a.TextContent.Trim()).Order()));
        if (!query.Contains('&', StringComparison.Ordinal) && query.Split('=') is [var key, var value] && value != "nonsense")
        {
            var box = (await visitor.GetAsync(Path)).QuerySelector($"input[name={key}][value='{value}']")!;
            Assert.Equal($"({expected.Split(' ').Length})", box.ParentElement!.QuerySelector(".muted")!.TextContent.Trim());
        }
    }

    [Fact]
    public async Task No_facet_of_the_panel_is_without_its_rows_here()
    {
        using var visitor = (await fixture.ServerAsync()).NewVisitor();
        var shown = (await visitor.GetAsync(Path)).QuerySelectorAll("#listing-form input[type=checkbox]").Select(i => $"{i.GetAttribute("name")}={i.GetAttribute("value")}").Distinct().Order();
        Assert.Equal(shown, Narrowed.Select(r => (string)r[0]).Where(q => !q.Contains('&', StringComparison.Ordinal)).Order());
    }

    [Theory]
    // Of A, C, E and G only A is free of grain: one value, and it would narrow.
    [InlineData("brand=northpaw", "diet", true)]
    // E alone is left: for dogs and for cats, so neither would leave anything out.
    [InlineData("age=senior", "species", false)]
    [InlineData("age=senior", "brand", false)]
    // What is chosen can be taken away.
    [InlineData("age=senior", "age", true)]
    [InlineData("diet=insect-protein&only=stock", "only", true)]
    public async Task A_facet_is_shown_when_something_of_it_is_chosen_or_would_leave_something_out(string query, string facet, bool shown)
    {
        using var visitor = (await fixture.ServerAsync()).NewVisitor();
        Assert.Equal(shown, (await visitor.GetAsync($"{Path}?{query}")).QuerySelector($"#listing-form input[name={facet}]") is not null);
    }

    /// <summary>Products A to H in one category.</summary>
    public sealed class EdgeShop : ShopFixture
    {
        protected override async Task<ShopServer> StartAsync()
        {
            var shop = await ShopServer.StartAsync(await TestDatabase.EmptyAsync());
            await using var scope = shop.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
            var department = new Category { Slug = "dog", Name = "Dogs", Department = "dog", Path = ["dog"] };
            db.Categories.Add(department);
            await db.SaveChangesAsync();
            var category = new Category { Slug = "edges", Name = "Edges", Department = "dog", Path = ["dog", "edges"], ParentId = department.Id };
            Brand[] brands = [new() { Slug = "northpaw", Name = "Northpaw" }, new() { Slug = "hartwell", Name = "Hartwell" }];
            void Add(string name, long priceMinor, string[] species, string[] stages, string[] diet, int stock = 5)
            {
                var product = new Product
                {
                    Slug = $"edge-{name}", Name = name, Brand = brands[(name[0] - 'A') % 2], Category = category, Department = "dog", Species = species, LifeStages = stages, DietTags = diet,
                };
                product.Skus.Add(new() { Code = name, Label = "2 kg", PackGrams = 2000, PriceMinor = priceMinor, Stock = stock });
                db.Products.Add(product);
            }
            Add("A", 999, ["dog"], ["puppy"], ["grain-free"]);
            Add("B", 1000, ["dog"], ["kitten", "junior"], []);
            Add("C", 2499, ["dog"], ["junior", "adult"], []);
            Add("D", 2500, ["dog"], ["adult"], []);
            Add("E", 4999, ["dog", "cat"], ["adult", "senior"], []);
            Add("F", 5000, ["dog", "cat"], [], []);
            Add("G", 9999, ["cat"], [], []);
            Add("H", 10000, [], [], ["grain-free", "insect-protein"], stock: 0);
            await db.SaveChangesAsync();
            // What the history of a price and hundreds of reviews would come to: A is reduced, B is not; 4.00 stars, 3.99, 3.00, none, 2.99, 5.00, 1.33, none.
            await db.Database.ExecuteSqlAsync($"""
                UPDATE products p SET rating_count = r.count, rating_sum = r.sum, prior_price_minor = r.prior
                FROM (VALUES ('A', 2, 8, 1200), ('B', 100, 399, 1000), ('C', 1, 3, NULL), ('E', 100, 299, NULL), ('F', 1, 5, NULL), ('G', 3, 4, NULL)) r (name, count, sum, prior) WHERE p.name = r.name
                """);
            shop.Services.GetRequiredService<ProductCache>().Clear();
            await shop.Services.GetRequiredService<ShelfKeeper>().RefreshIfReadAsync(CancellationToken.None);
            return shop;
        }
    }
}
