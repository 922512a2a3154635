using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

public sealed class FeaturesTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    private const string AddOrder = """
        INSERT INTO orders (number, checkout_key, shopper_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
        VALUES (gen_random_uuid()::text, gen_random_uuid(), $1, 'a@b.c', $2, now() - $3 * interval '1 day', 'EUR', $4, 400, $4 + 400, 'parcel', 'invoice', 'A', 'B', '1', 'C', 'DE') RETURNING 1::bigint
        """;

    [Fact]
    public async Task Features_follow_orders_that_stand_and_equal_buyers_score_equally()
    {
        var server = await shop.ServerAsync();
        var (first, second, idle) = (await server.AddShopperAsync(), await server.AddShopperAsync(), await server.AddShopperAsync());
        foreach (var shopper in (Guid[])[first, second])
            await server.ScalarAsync<long>(AddOrder, shopper, (short)4, 10, 2500L);
        await server.ScalarAsync<long>(AddOrder, first, (short)5, 1, 99_000L);
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        var rows = await server.WithDbAsync(db => db.ShopperFeatures.AsNoTracking().ToDictionaryAsync(f => f.ShopperId));
        Assert.Equal((1, 2500L), (rows[first].OrdersCount, rows[first].RevenueMinor));
        Assert.Equal((rows[first].RfmFrequency, rows[first].RfmMonetary), (rows[second].RfmFrequency, rows[second].RfmMonetary));
        Assert.NotNull(rows[first].RfmRecency);
        Assert.Equal((0, null), (rows[idle].OrdersCount, rows[idle].RfmRecency));
    }
}
