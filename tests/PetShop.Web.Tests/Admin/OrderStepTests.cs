using System.Net;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Orders;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Admin;

public sealed class OrderStepTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task An_order_goes_from_paid_to_shipped_to_delivered_and_then_rests()
    {
        var sku = await shop.ProductAsync();
        var id = await shop.OrderAsync(sku.Id, sku.ProductId, OrderStatus.Placed);
        using var staff = await shop.MerchandiserAsync();
        foreach (var step in new[] { OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered })
        {
            var page = await staff.GetAsync($"/admin/orders/{id}");
            Assert.Contains(step.ToString(), page.QuerySelectorAll("form button[name=to]").Select(b => b.GetAttribute("value")));
            await staff.SubmitAsync(page.QuerySelector("form:has(button[name=to])")!, ("to", step.ToString()));
            Assert.Equal(step, await StatusAsync(id));
        }
        Assert.Empty((await staff.GetAsync($"/admin/orders/{id}")).QuerySelectorAll("button[name=to]"));
    }

    [Fact]
    public async Task A_step_that_skips_or_goes_back_is_refused()
    {
        var sku = await shop.ProductAsync();
        var id = await shop.OrderAsync(sku.Id, sku.ProductId, OrderStatus.Shipped);
        using var staff = await shop.MerchandiserAsync();
        var form = (await staff.GetAsync($"/admin/orders/{id}")).QuerySelector("form:has(button[name=to])")!;
        foreach (var step in new[] { OrderStatus.Cancelled, OrderStatus.Paid, OrderStatus.Placed, (OrderStatus)99 })
        {
            using var answer = await staff.PostAsync(form, ("to", step.ToString()));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Equal(OrderStatus.Shipped, await StatusAsync(id));
    }

    [Fact]
    public async Task A_cancelled_order_puts_its_goods_back_once_although_two_people_cancel_it()
    {
        var sku = await shop.ProductAsync(stock: 5);
        var id = await shop.OrderAsync(sku.Id, sku.ProductId, OrderStatus.Placed);
        using var staff = await shop.MerchandiserAsync();
        var form = (await staff.GetAsync($"/admin/orders/{id}")).QuerySelector("form:has(button[name=to])")!;
        await staff.SubmitAsync(form, ("to", "Cancelled"));
        var second = await staff.SubmitAsync(form, ("to", "Cancelled"));
        Assert.Contains("Somebody else has changed this order", second.Content(), StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Cancelled, await StatusAsync(id));
        Assert.Equal(7, await shop.StockAsync(sku.Id));
    }

    private Task<OrderStatus> StatusAsync(long id) => shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).Select(o => o.Status).SingleAsync());
}
