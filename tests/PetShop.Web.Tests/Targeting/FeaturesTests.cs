using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Segments;
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

    [Fact]
    public async Task A_score_is_the_fifth_of_the_percent_rank_whatever_the_number_of_buyers_and_their_ties()
    {
        var server = await shop.ServerAsync();
        var (source, writer, chance) = (server.Services.GetRequiredService<NpgsqlDataSource>(), server.Services.GetRequiredService<ShopperFeaturesWriter>(), new Random(5));
        var shoppers = new List<Guid>();
        foreach (var buyers in (int[])[1, 2, 3, 5, 6, 7, 11, 16, 23])
        {
            while (shoppers.Count < buyers)
                shoppers.Add(await server.AddShopperAsync());
            await source.RunAsync("DELETE FROM shopper_features");
            foreach (var shopper in shoppers)
                await source.RunAsync("INSERT INTO shopper_features (shopper_id, last_order_at, orders_count, revenue_minor, sessions_30d, updated_at) VALUES ($1, $2, $3, $4, 0, now())",
                    shopper, DateTime.UnixEpoch.AddDays(20_000 + chance.Next(9)), 1 + chance.Next(4), (long)chance.Next(12));
            await writer.ScoreAsync(CancellationToken.None);
            var rows = await server.WithDbAsync(db => db.ShopperFeatures.AsNoTracking().ToListAsync());
            short Score<T>(ShopperFeatures row, Func<ShopperFeatures, T> figure) =>
                buyers == 1 ? (short)1 : (short)Math.Min(5, 1 + 5 * rows.Count(r => Comparer<T>.Default.Compare(figure(r), figure(row)) < 0) / (buyers - 1));
            Assert.All(rows, r => Assert.Equal((Score(r, x => x.LastOrderAt), Score(r, x => x.OrdersCount), Score(r, x => x.RevenueMinor)), (r.RfmRecency!.Value, r.RfmFrequency!.Value, r.RfmMonetary!.Value)));
        }
    }
}
