using System.Net;
using PetShop.TestHost;
using PetShop.Web.Tests.Tracking;

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

    [Fact]
    public async Task A_shop_whose_database_lacks_a_migration_lives_but_is_not_ready()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync());
        using var visitor = server.NewVisitor();
        await server.ScalarAsync<string>("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory") RETURNING "MigrationId" """);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.Client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal("Healthy", await visitor.Client.GetStringAsync("/health/live"));
    }
}
