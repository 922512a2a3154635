using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Orders;
using PetShop.TestHost;
using PetShop.Web.Reviews;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Reviews;

public sealed class ReviewTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task Only_a_buyer_reviews_and_a_second_review_changes_the_first()
    {
        var sku = await shop.ProductAsync();
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        var path = $"/account/reviews/{sku.ProductId}";
        Assert.Null((await visitor.GetAsync(path)).QuerySelector("main textarea"));
        await using (var scope = (await shop.ServerAsync()).Services.CreateAsyncScope())
            Assert.False(await scope.ServiceProvider.GetRequiredService<ReviewDesk>().SaveAsync(shopper.Id, "Eve", sku.ProductId, 5, "", "Never bought it", default));

        await OrderAsync(shopper.Id, sku.Id, sku.ProductId);
        await visitor.PostAsync((await visitor.GetAsync(path)).Form(path), ("Input.Rating", "2"), ("Input.Text", "So so."));
        await visitor.PostAsync((await visitor.GetAsync(path)).Form(path), ("Input.Rating", "5"), ("Input.Text", "Grew on us."));

        var review = await shop.WithDbAsync(db => db.Reviews.SingleAsync(r => r.ProductId == sku.ProductId));
        Assert.Equal((5, "Grew on us.", "Ada"), (review.Rating, review.Text, review.DisplayName));
        var product = await shop.WithDbAsync(db => db.Products.SingleAsync(p => p.Id == sku.ProductId));
        Assert.Equal((1, 5), (product.RatingCount, product.RatingSum));
    }

    [Fact]
    public async Task A_first_review_that_is_posted_twice_at_once_is_one_review()
    {
        var sku = await shop.ProductAsync();
        var shopper = await shop.AccountAsync();
        await OrderAsync(shopper.Id, sku.Id, sku.ProductId);
        var services = (await shop.ServerAsync()).Services;
        await using var first = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await first.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand(
            "INSERT INTO reviews (product_id, shopper_id, display_name, rating, title, text, created_at, is_hidden, report_count) VALUES ($1, $2, 'Ada', 3, '', 'First click', now(), false, 0)", first))
        {
            insert.Parameters.Add(new() { Value = sku.ProductId });
            insert.Parameters.Add(new() { Value = shopper.Id });
            await insert.ExecuteNonQueryAsync();
        }
        await using var scope = services.CreateAsyncScope();
        var second = scope.ServiceProvider.GetRequiredService<ReviewDesk>().SaveAsync(shopper.Id, "Ada", sku.ProductId, 4, "", "Second click", default);
        await Eventually.UntilAsync(() => shop.WithDbAsync(db => db.Database.SqlQuery<bool>(
            $"SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND {first.ProcessID} = ANY(pg_blocking_pids(pid))) AS \"Value\"").SingleAsync()));
        await transaction.CommitAsync();
        Assert.True(await second);
        var review = await shop.WithDbAsync(db => db.Reviews.SingleAsync(r => r.ProductId == sku.ProductId));
        Assert.Equal((4, "Second click"), (review.Rating, review.Text));
        Assert.Equal(1, await shop.WithDbAsync(db => db.Products.Where(p => p.Id == sku.ProductId).Select(p => p.RatingCount).SingleAsync()));
    }

    [Fact]
    public async Task A_reported_review_waits_for_the_staff_and_a_hidden_one_counts_no_more()
    {
        var sku = await shop.ProductAsync();
        var shopper = await shop.AccountAsync();
        await OrderAsync(shopper.Id, sku.Id, sku.ProductId);
        var visitor = await shop.SignedInAsync(shopper);
        var path = $"/account/reviews/{sku.ProductId}";
        await visitor.PostAsync((await visitor.GetAsync(path)).Form(path), ("Input.Rating", "1"), ("Input.Text", "Buy at evil.example"));
        var id = await shop.WithDbAsync(db => db.Reviews.Where(r => r.ProductId == sku.ProductId).Select(r => r.Id).SingleAsync());

        var reader = (await shop.ServerAsync()).NewVisitor();
        await reader.PostAsync((await reader.GetAsync($"/reviews/{id}/report")).Form($"/reviews/{id}/report"));
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ReviewDesk>();
        Assert.Contains(id, await desk.Reported.Select(r => r.Id).ToListAsync());
        Assert.True(await desk.DecideAsync(id, hide: true, default));
        Assert.Empty(await desk.Reported.Where(r => r.Id == id).ToListAsync());
        Assert.Equal(0, await shop.WithDbAsync(db => db.Products.Where(p => p.Id == sku.ProductId).Select(p => p.RatingCount).SingleAsync()));
    }

    private Task<int> OrderAsync(Guid shopperId, int skuId, int productId) => shop.WithDbAsync(db =>
    {
        var order = new Order
        {
            Number = Guid.NewGuid().ToString("N"), CheckoutKey = Guid.NewGuid(), ShopperId = shopperId, Email = "a@example.com", Status = OrderStatus.Delivered, PlacedAt = DateTimeOffset.UnixEpoch.AddYears(56),
            Currency = "EUR", DeliveryMethod = "standard", PaymentMethod = "invoice", FullName = "Ada", Line1 = "Way 1", Postcode = "10115", City = "Berlin", Country = "DE",
        };
        order.Lines.Add(new OrderLine { SkuId = skuId, ProductId = productId, ProductName = "Dinner", SkuLabel = "2 kg", Quantity = 1, UnitPriceMinor = 100, BasePriceMinor = 100 });
        db.Orders.Add(order);
        return db.SaveChangesAsync();
    });
}
