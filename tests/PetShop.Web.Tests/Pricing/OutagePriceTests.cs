using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Database;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Pricing;

public sealed class OutagePriceTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task While_something_of_a_person_cannot_be_read_their_prices_are_the_public_ones()
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2000));
        var offer = await server.OfferAsync(sku.ProductId);
        var account = await shop.AccountAsync();
        await server.AddPetAsync(account.Id, offer.Breed);
        var (prices, accessor) = (server.Services.GetRequiredService<VisitorPrices>(), server.Services.GetRequiredService<IHttpContextAccessor>());
        var visitor = new Visitor { Id = Guid.CreateVersion7(), ShopperId = account.Id, Consent = Consent.Accepted };
        HttpContext Request()
        {
            accessor.HttpContext = new DefaultHttpContext { RequestServices = server.Services };
            accessor.HttpContext.Features.Set(visitor);
            return accessor.HttpContext;
        }
        await Eventually.UntilAsync(async () => (await prices.OfAsync(Request(), default)).Held.Count > 0);
        var http = Request();
        server.Services.GetRequiredService<OutageCover>().Note();
        Assert.Empty((await prices.OfAsync(http, default)).Held);
        Assert.Empty((await prices.OfAsync(visitor, default)).Held);
        accessor.HttpContext = null;
        Assert.NotEmpty((await prices.OfAsync(visitor, default)).Held);
    }
}
