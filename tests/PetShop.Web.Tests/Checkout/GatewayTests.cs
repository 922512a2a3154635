using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Checkout;

namespace PetShop.Web.Tests.Checkout;

public sealed class GatewayTests
{
    [Theory]
    [InlineData("Production", false)]
    [InlineData("Staging", false)]
    [InlineData("Development", true)]
    public async Task A_test_card_pays_in_development_alone(string environment, bool isOffered)
    {
        string[] args = [$"--environment={environment}", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}", "--Serilog:MinimumLevel:Default=Warning"];
        await using var built = Shop.Build(args, "Host=127.0.0.1");
        var methods = built.Services.GetServices<IPaymentGateway>().Select(g => g.Method).ToList();
        Assert.Equal(isOffered, methods.Contains("card"));
        Assert.Equal(["cash", "invoice"], methods.Where(m => m != "card").Order());
        Assert.Equal(isOffered, built.Services.GetServices<IPaymentGateway>().Any(g => g is TestCardGateway));
    }
}
