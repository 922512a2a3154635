using PetShop.TestHost;
using PetShop.Web.Catalog;

namespace PetShop.Web.Tests.Catalog;

/// <summary>A process serves one currency, so nothing else may run beside this test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OtherCurrency
{
    public const string Name = "Another currency";
}

[Collection(OtherCurrency.Name)]
public sealed class CurrencyTests
{
    [Fact]
    public async Task Every_price_of_a_shop_in_yen_is_in_yen()
    {
        try
        {
            await using var server = await ShopServer.StartAsync(await TestDatabase.DemoAsync(), ["Shop:Currency=JPY"]);
            using var visitor = server.NewVisitor();
            foreach (var path in new[] { "/", "/shop/dog", "/help", "/search?q=salmon" })
                Assert.DoesNotContain("€", (await visitor.GetAsync(path)).Body!.TextContent);
            Assert.Contains("¥1,000 to ¥2,500", (await visitor.GetAsync("/shop/dog")).Body!.TextContent);
        }
        finally
        {
            Money.Use("EUR");
        }
    }
}
