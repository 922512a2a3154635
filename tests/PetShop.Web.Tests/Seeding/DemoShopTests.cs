using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.TestHost;
using PetShop.Web.Seeding;

namespace PetShop.Web.Tests.Seeding;

public sealed class DemoShopTests(DemoShopFixture shop) : IClassFixture<DemoShopFixture>
{
    [Fact]
    public async Task The_demo_has_at_least_400_products_whose_cards_were_kept_by_the_database()
    {
        await using var db = await DbAsync();
        Assert.InRange(await db.Products.CountAsync(), 400, 5_000);
        Assert.Equal(0, await db.Products.CountAsync(p => p.SkuCount == 0 || p.CardSkuId == null || p.PriceMinor <= 0));
        Assert.True(await db.Products.CountAsync(p => p.RatingCount > 0) > 50);
    }

    [Fact]
    public async Task A_reduced_price_is_below_the_lowest_price_before_it()
    {
        await using var db = await DbAsync();
        var reduced = await db.Skus.Where(s => s.PriorPriceMinor != null).ToListAsync();
        Assert.NotEmpty(reduced);
        Assert.All(reduced, s => Assert.True(s.PriceMinor < s.PriorPriceMinor));
    }

    [Fact]
    public async Task Orders_add_up_to_their_lines()
    {
        await using var db = await DbAsync();
        Assert.True(await db.Orders.CountAsync() > 200);
        Assert.Equal(0, await db.Orders.CountAsync(o => o.GoodsMinor != o.Lines.Sum(l => l.Quantity * l.UnitPriceMinor) || o.TotalMinor != o.GoodsMinor + o.DeliveryMinor));
    }

    [Fact]
    public async Task No_event_belongs_to_a_shopper_who_refused_to_be_measured()
    {
        await using var db = await DbAsync();
        Assert.True(await db.Events.CountAsync() > 5_000);
        Assert.Equal(0, await db.Events.CountAsync(e => db.Shoppers.Any(s => s.Id == e.ShopperId && !s.ConsentAnalytics)));
    }

    [Fact]
    public async Task Events_lie_in_monthly_partitions_and_none_in_the_default_one()
    {
        await using var db = await DbAsync();
        Assert.Equal(0, await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM events_default").SingleAsync());
    }

    [Fact]
    public async Task A_shop_with_products_is_not_seeded_again()
    {
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            scope.ServiceProvider.GetRequiredService<DemoShop>().SeedAsync(_ => { }, CancellationToken.None));
        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
    }

    private async Task<PetShopDb> DbAsync() =>
        (await shop.ServerAsync()).Services.CreateScope().ServiceProvider.GetRequiredService<PetShopDb>();
}
