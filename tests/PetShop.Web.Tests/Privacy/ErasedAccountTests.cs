using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Admin;

namespace PetShop.Web.Tests.Privacy;

public sealed class ErasedAccountTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task Who_erases_the_account_is_signed_out_of_every_browser_at_once()
    {
        var shopper = await shop.AccountAsync();
        using var here = await shop.SignedInAsync(shopper);
        using var there = await shop.SignedInAsync(shopper);
        Assert.Contains("Ada", (await there.GetAsync("/account")).Content(), StringComparison.Ordinal);

        var form = (await here.GetAsync("/privacy")).QuerySelector("form[action*='handler=Erase']")!;
        await here.SubmitAsync(form, ("Form.Understood", "true"), ("Form.Email", shopper.Email!));

        var page = await there.GetAsync("/account");
        Assert.EndsWith("/account/sign-in", new Uri(page.BaseUri).AbsolutePath, StringComparison.Ordinal);
        Assert.DoesNotContain("petshop.account", there.CookieNames);
    }

    [Fact]
    public async Task An_order_of_somebody_erased_stands_among_the_orders_without_a_place()
    {
        var sku = await shop.ProductAsync();
        var shopper = await shop.AccountAsync();
        var number = await shop.WithDbAsync(async db =>
        {
            var order = new Data.Orders.Order
            {
                Number = Guid.NewGuid().ToString("N")[..10], CheckoutKey = Guid.NewGuid(), ShopperId = shopper.Id, Email = shopper.Email!, PlacedAt = DateTimeOffset.UnixEpoch, Currency = "EUR",
                GoodsMinor = 1999, TotalMinor = 1999, DeliveryMethod = "standard", PaymentMethod = "invoice", FullName = "Ada Lovelace", Line1 = "1 Lane", Postcode = "10115", City = "Berlin", Country = "DE",
            };
            order.Lines.Add(new() { SkuId = sku.Id, ProductId = sku.ProductId, ProductName = "Dinner", SkuLabel = "2 kg", Quantity = 1, UnitPriceMinor = 1999, BasePriceMinor = 1999 });
            db.Orders.Add(order);
            await db.SaveChangesAsync();
            return order.Number;
        });
        using var staff = await shop.MerchandiserAsync();
        Assert.Contains("Ada Lovelace, Berlin", await RowAsync(), StringComparison.Ordinal);
        using var visitor = await shop.SignedInAsync(shopper);
        await visitor.SubmitAsync((await visitor.GetAsync("/privacy")).QuerySelector("form[action*='handler=Erase']")!, ("Form.Understood", "true"), ("Form.Email", shopper.Email!));
        var row = await RowAsync();
        Assert.Contains("Erased customer", row, StringComparison.Ordinal);
        Assert.DoesNotContain("Erased customer,", row, StringComparison.Ordinal);

        async Task<string> RowAsync() => (await staff.GetAsync($"/admin/orders?q={number}")).QuerySelector("main tbody tr")!.TextContent;
    }
}
