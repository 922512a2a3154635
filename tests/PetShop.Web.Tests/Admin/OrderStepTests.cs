using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PetShop.Data.Orders;
using PetShop.TestHost;
using PetShop.Web.Checkout;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

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

    [Fact]
    public async Task Cancelling_a_paid_order_gives_the_money_back_and_tells_the_buyer()
    {
        var (id, email, number) = await PaidOrderAsync("card");
        using var staff = await shop.MerchandiserAsync();
        await CancelAsync(staff, id);
        await Eventually.UntilAsync(async () => (await ReleaseAsync(id))?.ReleasedAt is not null);
        Assert.Equal(("card", $"pay-{number}", 1), ((await ReleaseAsync(id))!.Method, (await ReleaseAsync(id))!.Reference, (await ReleaseAsync(id))!.Attempts));
        Assert.Contains("Released", (await staff.GetAsync($"/admin/orders/{id}")).Content(), StringComparison.Ordinal);
        Assert.Contains("€2.00 you paid by card go back the way they came", (await shop.MailAsync(email, number)).Text, StringComparison.Ordinal);
        await shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.ShopperId, (Guid?)null)));
        var key = await shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).Select(o => o.CheckoutKey).SingleAsync());
        Assert.Contains("what you paid goes back the way it came", (await (await shop.ServerAsync()).NewVisitor().GetAsync($"/checkout/thanks/{key}")).Content(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_order_whose_invoice_was_paid_says_on_its_pages_and_by_mail_that_the_money_comes_back()
    {
        var (sku, shopper) = (await shop.ProductAsync(), await shop.AccountAsync());
        var id = await shop.OrderAsync(sku.Id, sku.ProductId, OrderStatus.Placed);
        await shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.ShopperId, shopper.Id).SetProperty(o => o.Email, shopper.Email)));
        using var staff = await shop.MerchandiserAsync();
        await StepAsync(staff, id, "Paid");
        await StepAsync(staff, id, "Cancelled");
        var order = await shop.WithDbAsync(db => db.Orders.AsNoTracking().SingleAsync(o => o.Id == id));
        var buyer = await shop.SignedInAsync(shopper);
        foreach (var page in new[] { $"/checkout/thanks/{order.CheckoutKey}", $"/account/orders/{order.Number}" })
            Assert.Contains("nothing is owed; what you may have paid already comes back to you.", (await buyer.GetAsync(page)).Content(), StringComparison.Ordinal);
        Assert.Contains("you have paid back to you", (await shop.MailAsync(shopper.Email!, order.Number)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_that_a_gateway_does_not_release_stays_due_until_it_does()
    {
        // No gateway of this shop is called so: its own first try fails and is noted.
        var (id, _, number) = await PaidOrderAsync("bank");
        using var staff = await shop.MerchandiserAsync();
        await CancelAsync(staff, id);
        await Eventually.UntilAsync(async () => (await ReleaseAsync(id))?.LastError is not null);
        Assert.Contains("refused once: No gateway for 'bank'", (await staff.GetAsync($"/admin/orders/{id}")).Content(), StringComparison.Ordinal);

        var (bank, clock) = (new StubbornBank(), new MovedClock(TimeProvider.System.GetUtcNow().AddHours(1)));
        using var releases = new PaymentReleases((await shop.ServerAsync()).Services.GetRequiredService<IServiceScopeFactory>(), [bank], clock, NullLogger<PaymentReleases>.Instance);
        Assert.True(await releases.ReleaseNextAsync(default));
        var refused = (await ReleaseAsync(id))!;
        Assert.Equal((2, "The bank is closed.", true, null), (refused.Attempts, refused.LastError, refused.NextTryAt > clock.Now, refused.ReleasedAt));
        Assert.False(await releases.ReleaseNextAsync(default));
        clock.Now = refused.NextTryAt!.Value;
        Assert.True(await releases.ReleaseNextAsync(default));
        var released = (await ReleaseAsync(id))!;
        Assert.Equal((3, null, null, true), (released.Attempts, released.LastError, released.NextTryAt, released.ReleasedAt is not null));
        Assert.Equal([$"pay-{number}", $"pay-{number}"], bank.Asked);
        Assert.False(await releases.ReleaseNextAsync(default));
    }

    /// <summary>A paid order, held by the gateway of a method under a reference.</summary>
    private async Task<(long Id, string Email, string Number)> PaidOrderAsync(string method)
    {
        var sku = await shop.ProductAsync();
        var id = await shop.OrderAsync(sku.Id, sku.ProductId, OrderStatus.Paid);
        var email = $"{Guid.NewGuid():N}@example.com";
        await shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.PaymentMethod, method).SetProperty(o => o.PaymentReference, o => "pay-" + o.Number).SetProperty(o => o.Email, email).SetProperty(o => o.TotalMinor, 200)));
        return (id, email, await shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).Select(o => o.Number).SingleAsync()));
    }

    private static Task CancelAsync(TestVisitor staff, long id) => StepAsync(staff, id, "Cancelled");

    private static async Task StepAsync(TestVisitor staff, long id, string to) =>
        await staff.SubmitAsync((await staff.GetAsync($"/admin/orders/{id}")).QuerySelector("form:has(button[name=to])")!, ("to", to));

    private Task<PaymentRelease?> ReleaseAsync(long id) => shop.WithDbAsync(db => db.PaymentReleases.AsNoTracking().SingleOrDefaultAsync(r => r.OrderId == id));

    [Fact]
    public async Task The_first_page_after_an_order_is_chosen_with_it_and_the_first_after_its_cancellation_without_it()
    {
        var server = await shop.ServerAsync();
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", """{"v":1,"attr":"orders.count","op":">=","value":1}""");
        var banner = await server.AddBannerAsync($"Buyers {segment.Id}", 900, [segment.Id]);
        await server.RefreshRulesAsync();
        await using var replica = await server.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var heard = new List<string>();
        replica.Notification += (_, news) => heard.Add(news.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {VisitorNews.Channel}", replica))
            await listen.ExecuteNonQueryAsync();
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        await visitor.AnswerAsync("accept");
        await BuyingShop.AddAsync(visitor, (await shop.ProductAsync(stock: 10)).Id);
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        heard.Clear();
        await visitor.SubmitAsync((await visitor.GetAsync("/checkout")).Form("/checkout"), Address(shopper.Email!));
        Assert.Equal(banner.Title, await visitor.BannerAsync());
        await using (var hear = new NpgsqlCommand("SELECT 1", replica))
            await hear.ExecuteNonQueryAsync();
        Assert.Contains($"{shopper.Id} stays", heard);

        var order = await shop.WithDbAsync(db => db.Orders.Where(o => o.ShopperId == shopper.Id).Select(o => o.Id).SingleAsync());
        using var staff = await shop.MerchandiserAsync();
        await staff.SubmitAsync((await staff.GetAsync($"/admin/orders/{order}")).QuerySelector("form:has(button[name=to])")!, ("to", "Cancelled"));
        Assert.NotEqual(banner.Title, await visitor.BannerAsync());
        await shop.WithDbAsync(db => db.Banners.Where(b => b.Id == banner.Id).ExecuteDeleteAsync());
    }

    private static (string, string?)[] Address(string email) =>
    [
        ("Input.Email", email), ("Input.Address.FullName", "Ada Lovelace"), ("Input.Address.Line1", "Way 1"), ("Input.Address.Postcode", "10115"),
        ("Input.Address.City", "Berlin"), ("Input.Address.Country", "DE"), ("Input.Payment", "invoice"),
    ];

    private Task<OrderStatus> StatusAsync(long id) => shop.WithDbAsync(db => db.Orders.Where(o => o.Id == id).Select(o => o.Status).SingleAsync());
}

/// <summary>A bank that is closed when it is first asked.</summary>
internal sealed class StubbornBank : IPaymentGateway
{
    public List<string?> Asked { get; } = [];
    public string Method => "bank";
    public string Name => "Bank";
    public string Hint => "";

    public Task<PaymentAnswer> SecureAsync(PaymentRequest request, CancellationToken cancel) => Task.FromResult<PaymentAnswer>(new PaymentAnswer.Secured("bank"));

    public Task ReleaseAsync(string? reference, CancellationToken cancel)
    {
        Asked.Add(reference);
        return Asked.Count == 1 ? throw new InvalidOperationException("The bank is closed.") : Task.CompletedTask;
    }
}
