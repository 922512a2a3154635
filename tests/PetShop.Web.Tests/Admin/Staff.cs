using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Orders;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Accounts;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Admin;

/// <summary>Members of staff of a shop with real accounts, and what they work on.</summary>
public static class Staff
{
    public static async Task<TestVisitor> MerchandiserAsync(this BuyingShop shop)
    {
        var account = await shop.AccountAsync();
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Shopper>>();
        Assert.True((await users.AddToRoleAsync((await users.FindByIdAsync(account.Id.ToString()))!, ShopRoles.Merchandiser)).Succeeded);
        return await shop.SignedInAsync(account);
    }

    /// <summary>An order of two of a SKU.</summary>
    public static Task<long> OrderAsync(this BuyingShop shop, int skuId, int productId, OrderStatus status) => shop.WithDbAsync(async db =>
    {
        var order = new Order
        {
            Number = Guid.NewGuid().ToString("N"), CheckoutKey = Guid.NewGuid(), Email = "a@example.com", Status = status, PlacedAt = DateTimeOffset.UnixEpoch.AddYears(56),
            Currency = "EUR", DeliveryMethod = "standard", PaymentMethod = "invoice", FullName = "Ada", Line1 = "Way 1", Postcode = "10115", City = "Berlin", Country = "DE",
        };
        order.Lines.Add(new OrderLine { SkuId = skuId, ProductId = productId, ProductName = "Dinner", SkuLabel = "2 kg", Quantity = 2, UnitPriceMinor = 100, BasePriceMinor = 100 });
        db.Orders.Add(order);
        await db.SaveChangesAsync();
        return order.Id;
    });
}
