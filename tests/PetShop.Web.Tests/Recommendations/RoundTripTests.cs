using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Demo.Simulation;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Recommendations;

public sealed class RoundTripTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    [Theory]
    [InlineData("/")]
    [InlineData("department")]
    [InlineData("category")]
    [InlineData("product")]
    [InlineData("/search?q=salmon")]
    public async Task A_warm_page_asks_the_database_at_most_three_times(string page)
    {
        var shop = await fixture.ServerAsync();
        var path = await PathAsync(shop, page);
        using var newcomer = shop.NewVisitor();
        using var regular = await SignedInAsync(shop);
        using var counter = new SqlCounter();
        foreach (var visitor in new[] { newcomer, regular })
        {
            await counter.GetAsync(visitor, path);
            shop.Services.GetRequiredService<ProductCache>().Clear();
            Assert.NotEmpty(await counter.GetAsync(visitor, path));
            var statements = await counter.GetAsync(visitor, path);
            Assert.True(statements.Count <= 3, $"{path}, {(visitor == regular ? "signed in" : "new")}: {statements.Count}\n{string.Join("\n--\n", statements)}");
        }
    }

    [Fact]
    public async Task A_get_writes_nothing_but_queued_events()
    {
        var shop = await fixture.ServerAsync();
        using var regular = await SignedInAsync(shop);
        using var counter = new SqlCounter();
        foreach (var page in new[] { "/", "department", "category", "product", "/search?q=salmon" })
            foreach (var statement in await counter.GetAsync(regular, await PathAsync(shop, page)))
                Assert.DoesNotMatch("(?i)\\b(insert|update|delete|merge|copy)\\b", statement);
    }

    private static async Task<TestVisitor> SignedInAsync(ShopServer shop)
    {
        var visitor = shop.NewVisitor();
        var first = await visitor.GetAsync("/");
        await visitor.SubmitAsync(first.QuerySelector("form[action$='/privacy/consent']")!, ("answer", "accept"));
        await BuyingShop.SignInAsync(visitor, DemoPersons.Maya.Email, TestDatabase.DemoPassword);
        Assert.Contains("petshop.account", visitor.CookieNames);
        Assert.Contains("petshop.visitor", visitor.CookieNames);
        return visitor;
    }

    private static async Task<string> PathAsync(ShopServer shop, string page)
    {
        var sql = page switch
        {
            "department" => "SELECT '/shop/' || department FROM products WHERE in_stock ORDER BY id LIMIT 1",
            "category" => "SELECT '/shop/' || c.department || '/' || c.slug FROM products p JOIN categories c ON c.id = p.category_id WHERE p.in_stock ORDER BY p.id LIMIT 1",
            "product" => "SELECT '/products/' || slug FROM products WHERE in_stock ORDER BY id LIMIT 1",
            _ => null,
        };
        if (sql is null)
            return page;
        await using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
