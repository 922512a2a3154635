using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.Demo.Simulation;
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
    public async Task Whoever_was_recorded_without_an_account_has_a_receipt_of_their_yes()
    {
        await using var db = await DbAsync();
        Assert.True(await db.Events.CountAsync(e => e.ShopperId == null) > 1_000);
        Assert.Equal(0, await db.Events.CountAsync(e => e.ShopperId == null && !db.ConsentReceipts.Any(r => r.VisitorId == e.VisitorId)));
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

    [Fact]
    public async Task A_seed_that_was_interrupted_leaves_nothing_and_two_starts_at_once_make_one_whole_shop()
    {
        await using var database = await TestDatabase.EmptyAsync();
        await using var one = Built(database);
        await using var two = Built(database);
        using var interrupted = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SeedAsync(one, interrupted, stopAt: "Simulating"));
        Assert.Equal((0, 0, 0, 0), await ReadAsync(one, async db => (await db.Brands.CountAsync(), await db.Categories.CountAsync(), await db.Products.CountAsync(), await db.Shoppers.CountAsync())));

        using var undisturbed = new CancellationTokenSource();
        var seeded = await Task.WhenAll(Task.Run(() => SeedAsync(one, undisturbed)), Task.Run(() => SeedAsync(two, undisturbed)));
        Assert.Equal([false, true], seeded.Order());
        Assert.False(await SeedAsync(two, undisturbed));
        var (persons, staff) = (DemoPersons.All.Select(p => p.ShopperId).ToList(), new[] { DemoStaff.Administrator, DemoStaff.Merchandiser });
        Assert.Equal((persons.Count, 2), await ReadAsync(one, async db => (await db.Shoppers.CountAsync(s => persons.Contains(s.Id) && s.PasswordHash != null), await db.Shoppers.CountAsync(s => staff.Contains(s.Email)))));
        var (segments, banners, offers, letters) = await ReadAsync(one, async db => (await db.Segments.CountAsync(), await db.Banners.CountAsync(), await db.PriceOffers.CountAsync(), await db.Campaigns.CountAsync()));
        Assert.True(segments >= 8 && banners >= 10 && offers > 0 && letters > 0, $"{segments} segments, {banners} banners, {offers} offers, {letters} letters");
        var (products, orders, features) = await ReadAsync(one, async db => (await db.Products.CountAsync(), await db.Orders.CountAsync(), await db.ShopperFeatures.CountAsync()));
        Assert.True(products >= 400 && orders > 0 && features > 0, $"{products} products, {orders} orders, {features} facts for segments");
    }

    private static WebApplication Built(TestDatabase database) => Shop.Build(
        ["--environment=Development", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}", "--Serilog:MinimumLevel:Default=Warning", "--Demo:Shoppers=20", "--Demo:Days=30"],
        database.ConnectionString);

    private static async Task<bool> SeedAsync(WebApplication built, CancellationTokenSource cancel, string stopAt = "never")
    {
        await using var scope = built.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DemoShop>().SeedWhenEmptyAsync(said =>
        {
            if (said.StartsWith(stopAt, StringComparison.Ordinal))
                cancel.Cancel();
        }, cancel.Token);
    }

    private static async Task<T> ReadAsync<T>(WebApplication built, Func<PetShopDb, Task<T>> read)
    {
        await using var scope = built.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<PetShopDb>());
    }

    private async Task<PetShopDb> DbAsync() =>
        (await shop.ServerAsync()).Services.CreateScope().ServiceProvider.GetRequiredService<PetShopDb>();
}
