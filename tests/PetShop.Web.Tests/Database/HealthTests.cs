using PetShop.TestHost;

namespace PetShop.Web.Tests.Database;

public sealed class HealthTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_served_shop_with_a_migrated_database_is_healthy(string path)
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        Assert.Equal("Healthy", await visitor.Client.GetStringAsync(path));
    }
}
