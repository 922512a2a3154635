using System.Net;
using PetShop.TestHost;
using PetShop.Web.Commands;

namespace PetShop.Web.Tests.Commands;

public sealed class HealthCommandTests
{
    [Fact]
    public async Task A_shop_that_answers_to_its_own_name_alone_is_asked_by_it()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), ["AllowedHosts=*.shops.example;petshop.example;www.petshop.example"]);
        using var client = new HttpClient();
        using var byAddress = await client.GetAsync(new Uri(server.Address, "/health/ready"));
        Assert.Equal(HttpStatusCode.BadRequest, byAddress.StatusCode);
        Assert.Equal(0, await CheckAsync(server.Address, "*.shops.example;petshop.example;www.petshop.example"));
        Assert.Equal(0, await CheckAsync(server.Address, "*.shops.example"));
        Assert.Equal(1, await CheckAsync(server.Address, "another.example"));
        Assert.Equal(1, await CheckAsync(server.Address, "*"));
    }

    [Fact]
    public async Task A_shop_that_answers_to_every_name_is_asked_by_its_address_and_none_is_not_healthy()
    {
        Uri address;
        await using (var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync()))
        {
            address = server.Address;
            Assert.Equal(0, await CheckAsync(address, "*"));
            Assert.Equal(0, await CheckAsync(address, ""));
        }
        Assert.Equal(1, await CheckAsync(address, "*"));
    }

    private static Task<int> CheckAsync(Uri address, string allowedHosts)
    {
        var parsed = ShopCommands.Create().Parse(["check-health", $"--urls=https://+:1;http://+:{address.Port}", $"--AllowedHosts={allowedHosts}"]);
        Assert.Null(ShopCommands.Fault(parsed));
        return parsed.InvokeAsync();
    }
}
