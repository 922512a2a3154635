using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Events;
using PetShop.TestHost;
using PetShop.Web.Checkout;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Checkout;

public sealed class CheckoutTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    private static (string, string?)[] Address(string email, string payment = "invoice", string? card = null) =>
    [
        ("Input.Email", email), ("Input.Address.FullName", "Ada Lovelace"), ("Input.Address.Line1", "Way 1"), ("Input.Address.Postcode", "10115"),
        ("Input.Address.City", "Berlin"), ("Input.Address.Country", "DE"), ("Input.Payment", payment), ("Input.CardNumber", card),
    ];

    private static string NewEmail() => $"{Guid.NewGuid():N}@example.com";

    [Fact]
    public async Task A_guest_orders_and_the_stock_the_mail_and_the_confirmation_follow()
    {
        var sku = await shop.ProductAsync(stock: 10, priceMinor: 1250);
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 2);
        var email = NewEmail();
        var thanks = await visitor.SubmitAsync(page.Form("/checkout"), Address(email));

        var order = await shop.WithDbAsync(db => db.Orders.Include(o => o.Lines).SingleAsync(o => o.Email == email));
        Assert.Contains(order.Number, thanks.Content());
        Assert.Equal((2500, 490, 2990), (order.GoodsMinor, order.DeliveryMinor, order.TotalMinor));
        Assert.Equal(8, await shop.StockAsync(sku.Id));
        Assert.Contains("€29.90", (await shop.MailAsync(email, order.Number)).Text);
        Assert.Contains("Nothing in here yet", (await visitor.GetAsync("/cart")).Content());
    }

    [Fact]
    public async Task All_that_is_wrong_with_an_address_is_told_at_once()
    {
        var sku = await shop.ProductAsync(stock: 3);
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 1);
        var again = await visitor.SubmitAsync(page.Form("/checkout"), With(("Input.Address.FullName", ""), ("Input.Address.Postcode", "1011")));
        Assert.Contains("Please give the name on the doorbell.", again.Content(), StringComparison.Ordinal);
        Assert.Contains("A postcode in Germany has 5 digits.", again.Content(), StringComparison.Ordinal);
        again = await visitor.SubmitAsync(again.Form("/checkout"), With(("Input.Address.City", ""), ("Input.Address.Country", "JP")));
        Assert.Contains("Please give the town.", again.Content(), StringComparison.Ordinal);
        Assert.Contains("We cannot deliver to that country yet.", again.Content(), StringComparison.Ordinal);
        Assert.Equal(3, await shop.StockAsync(sku.Id));

        static (string, string?)[] With(params (string Name, string?)[] wrong) => [.. Address(NewEmail()).Where(f => !wrong.Any(w => w.Name == f.Item1)), .. wrong];
    }

    [Fact]
    public async Task A_product_has_one_picture_wherever_it_stands()
    {
        var sku = await shop.ProductAsync();
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        var slug = await shop.WithDbAsync(db => db.Products.Where(p => p.Id == sku.ProductId).Select(p => p.Slug).SingleAsync());
        var picture = Drawn(await visitor.GetAsync($"/products/{slug}"));
        Assert.NotNull(picture);
        Assert.Equal(picture, Drawn(await BuyingShop.AddAsync(visitor, sku.Id)));
        Assert.Equal(picture, Drawn(await visitor.SubmitAsync((await visitor.GetAsync("/checkout")).Form("/checkout"), Address(shopper.Email!))));
        Assert.Equal(picture, Drawn(await visitor.GetAsync("/account/orders")));
        await visitor.PostAsync((await visitor.GetAsync("/cart")).QuerySelector("form#wish")!, ("productId", $"{sku.ProductId}"));
        Assert.Equal(picture, Drawn(await visitor.GetAsync("/account/wish-list")));

        static string? Drawn(IHtmlDocument page) => page.QuerySelector("img[src*='/kibble-bag-']")?.GetAttribute("src");
    }

    [Fact]
    public async Task What_a_guest_orders_with_the_address_of_an_account_stays_out_of_it_until_its_owner_signs_in()
    {
        var shopper = await shop.AccountAsync();
        var sku = await shop.ProductAsync();
        var (guest, page) = await AtCheckoutAsync(sku.Id, 1);
        await guest.SubmitAsync(page.Form("/checkout"), Address($"  {shopper.Email!.ToUpperInvariant()} "));
        var order = await shop.WithDbAsync(db => db.Orders.SingleAsync(o => o.Email == shopper.Email));
        Assert.Null(order.ShopperId);
        Assert.DoesNotContain("petshop.account", guest.CookieNames);

        using var owner = (await shop.ServerAsync()).NewVisitor();
        await BuyingShop.SignInAsync(owner, $" {shopper.Email.ToUpperInvariant()}  ", BuyingShop.Password);
        Assert.Contains("petshop.account", owner.CookieNames);
        Assert.Contains(order.Number, (await owner.GetAsync("/account/orders")).Content());
        var stations = (await owner.GetAsync($"/account/orders/{order.Number}")).QuerySelectorAll(".track li");
        Assert.Equal([true, false, false, false], stations.Select(s => s.GetAttribute("data-done") == "true"));
    }

    [Fact]
    public async Task An_address_that_was_never_proven_opens_no_orders()
    {
        var shopper = await shop.AccountAsync();
        await shop.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.EmailConfirmed, false)));
        var (guest, page) = await AtCheckoutAsync((await shop.ProductAsync()).Id, 1);
        await guest.SubmitAsync(page.Form("/checkout"), Address(shopper.Email!));
        await shop.SignedInAsync(shopper);
        Assert.Null(await shop.WithDbAsync(db => db.Orders.Where(o => o.Email == shopper.Email).Select(o => o.ShopperId).SingleAsync()));
    }

    [Fact]
    public async Task The_same_form_posted_twice_at_once_makes_one_order()
    {
        var sku = await shop.ProductAsync(stock: 10);
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 1);
        var email = NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => visitor.PostAsync(page.Form("/checkout"), Address(email))));

        Assert.Single(answers.Select(a => a.Headers.Location!.ToString()).Distinct());
        Assert.Equal(1, await shop.WithDbAsync(db => db.Orders.CountAsync(o => o.Email == email)));
        Assert.Equal(9, await shop.StockAsync(sku.Id));
        var again = await visitor.PostAsync(page.Form("/checkout"), Address(email));
        Assert.Equal(answers[0].Headers.Location, again.Headers.Location);
        Assert.Equal(9, await shop.StockAsync(sku.Id));
    }

    [Fact]
    public async Task Twenty_buyers_of_the_last_three_units_get_three_orders_and_clear_words()
    {
        var sku = await shop.ProductAsync(stock: 3);
        var other = await shop.ProductAsync(stock: 100);
        var buyers = new List<(TestVisitor Visitor, IHtmlDocument Page)>();
        for (var i = 0; i < 20; i++)
        {
            var visitor = (await shop.ServerAsync()).NewVisitor();
            // Half of them fill their carts the other way round: the order of locks must not be theirs.
            foreach (var id in i % 2 == 0 ? (int[])[sku.Id, other.Id] : [other.Id, sku.Id])
                await BuyingShop.AddAsync(visitor, id);
            buyers.Add((visitor, await visitor.GetAsync("/checkout")));
        }

        var answers = await Task.WhenAll(buyers.Select(b => b.Visitor.PostAsync(b.Page.Form("/checkout"), Address(NewEmail()))));

        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Redirect));
        Assert.Equal(0, await shop.StockAsync(sku.Id));
        Assert.Equal(97, await shop.StockAsync(other.Id));
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Redirect))
        {
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            Assert.Contains("has just sold out", await refused.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_price_that_changed_meanwhile_is_told_and_asked_for_again()
    {
        var sku = await shop.ProductAsync(priceMinor: 1000);
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 1);
        await shop.WithDbAsync(db => db.Skus.Where(s => s.Id == sku.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.PriceMinor, 1200)));
        var email = NewEmail();

        var asked = await visitor.SubmitAsync(page.Form("/checkout"), Address(email));
        Assert.Contains("now costs €12.00; it was €10.00", asked.QuerySelector("[role=alert]")!.TextContent);
        Assert.False(await shop.WithDbAsync(db => db.Orders.AnyAsync(o => o.Email == email)));
        await visitor.SubmitAsync(asked.Form("/checkout"), Address(email));
        Assert.Equal(1690, await shop.WithDbAsync(db => db.Orders.Where(o => o.Email == email).Select(o => o.TotalMinor).SingleAsync()));
    }

    [Fact]
    public async Task A_forged_form_buys_nothing_and_is_asked_again()
    {
        var sku = await shop.ProductAsync(priceMinor: 5000);
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 1);
        var email = NewEmail();
        (string Seen, string Delivery)[] forged =
        [
            ($"{sku.Id}-1-1", "standard-0_express-0"), ($"{sku.Id}-1-5000", "standard-490_standard-490"), ($"{sku.Id}-1-5000_{sku.Id}-1-5000", "standard-490_express-990"),
            ($"{sku.Id}-2147483647-9223372036854775807_1-2147483647-9223372036854775807", "standard-9223372036854775807"), ("--_-_x", "-_-x-_standard"),
        ];
        foreach (var (seen, delivery) in forged)
        {
            using var answer = await visitor.PostAsync(page.Form("/checkout"), [.. Address(email), ("Input.Seen", seen), ("Input.SeenDelivery", delivery)]);
            Assert.Equal((seen, delivery, HttpStatusCode.OK), (seen, delivery, answer.StatusCode));
        }
        Assert.False(await shop.WithDbAsync(db => db.Orders.AnyAsync(o => o.Email == email)));
        Assert.Equal(100, await shop.StockAsync(sku.Id));
    }

    [Fact]
    public async Task Cards_decline_ask_again_and_pay_without_ever_doubling_an_order()
    {
        var sku = await shop.ProductAsync();
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 1);
        var email = NewEmail();
        page = await visitor.SubmitAsync(page.Form("/checkout"), Address(email, "card", TestCardGateway.Declines));
        Assert.Contains("declined", page.Content());
        page = await visitor.SubmitAsync(page.Form("/checkout"), Address(email, "card", TestCardGateway.NeedsRetry));
        Assert.Contains("try again", page.Content());
        Assert.Equal(100, await shop.StockAsync(sku.Id));
        page = await visitor.SubmitAsync(page.Form("/checkout"), Address(email, "card", TestCardGateway.NeedsRetry));
        Assert.Contains("Thank you", page.Content());
        Assert.Equal(Data.Orders.OrderStatus.Paid, await shop.WithDbAsync(db => db.Orders.Where(o => o.Email == email).Select(o => o.Status).SingleAsync()));
    }

    [Fact]
    public async Task Cash_is_paid_at_the_door_up_to_what_a_courier_carries()
    {
        var sku = await shop.ProductAsync(priceMinor: CashOnDeliveryGateway.LimitMinor);
        var (visitor, page) = await AtCheckoutAsync(sku.Id, 2);
        var email = NewEmail();
        page = await visitor.SubmitAsync(page.Form("/checkout"), Address(email, "cash"));
        Assert.Contains("at most €500 in cash", page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(100, await shop.StockAsync(sku.Id));

        // One unit is the limit itself, above which delivery is free.
        (visitor, page) = await AtCheckoutAsync(sku.Id, 1);
        await visitor.SubmitAsync(page.Form("/checkout"), Address(email, "cash"));
        var order = await shop.WithDbAsync(db => db.Orders.SingleAsync(o => o.Email == email));
        Assert.Equal(("cash", null, Data.Orders.OrderStatus.Placed, CashOnDeliveryGateway.LimitMinor), (order.PaymentMethod, order.PaymentReference, order.Status, order.TotalMinor));
        Assert.Contains("You pay the courier at the door", (await shop.MailAsync(email, order.Number)).Text);
    }

    [Fact]
    public async Task The_card_that_the_readme_names_is_accepted_and_the_page_names_the_others()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var named = System.Text.RegularExpressions.Regex.Matches(readme, @"\b\d{4}( \d{4}){3}\b").Select(m => m.Value).Distinct().ToList();
        Assert.NotEmpty(named);
        foreach (var card in named)
        {
            var (visitor, page) = await AtCheckoutAsync((await shop.ProductAsync()).Id, 1);
            Assert.All([card, TestCardGateway.Declines, TestCardGateway.NeedsRetry], number => Assert.Contains(number, page.Content()));
            Assert.Contains("Thank you", (await visitor.SubmitAsync(page.Form("/checkout"), Address(NewEmail(), "card", card))).Content());
        }
    }

    [Fact]
    public async Task A_guests_confirmation_needs_its_key_and_a_shoppers_order_its_shopper()
    {
        var (guest, page) = await AtCheckoutAsync((await shop.ProductAsync()).Id, 1);
        var email = NewEmail();
        var answer = await guest.PostAsync(page.Form("/checkout"), Address(email));
        var number = await shop.WithDbAsync(db => db.Orders.Where(o => o.Email == email).Select(o => o.Number).SingleAsync());
        var stranger = await shop.SignedInAsync(await shop.AccountAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/account/orders/{number}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/checkout/thanks/{Guid.NewGuid()}")).StatusCode);
        Assert.Contains(number, (await (await shop.ServerAsync()).NewVisitor().GetAsync(answer.Headers.Location!.ToString())).Content());

        var owner = await shop.SignedInAsync(await shop.AccountAsync());
        await BuyingShop.AddAsync(owner, (await shop.ProductAsync()).Id);
        var own = await owner.PostAsync((await owner.GetAsync("/checkout")).Form("/checkout"), Address(NewEmail()));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync(own.Headers.Location)).StatusCode);
        Assert.Equal("/account/sign-in", (await guest.Client.GetAsync(own.Headers.Location)).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Buying_again_brings_all_that_can_be_had_and_names_the_rest()
    {
        var (there, gone) = (await shop.ProductAsync(), await shop.ProductAsync(stock: 1));
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        await BuyingShop.AddAsync(visitor, there.Id, 2);
        await BuyingShop.AddAsync(visitor, gone.Id);
        await visitor.SubmitAsync((await visitor.GetAsync("/checkout")).Form("/checkout"), Address(shopper.Email!));

        var orders = await visitor.GetAsync("/account/orders");
        var cart = await visitor.SubmitAsync(orders.QuerySelector("main form[action*='BuyAgain']")!);
        Assert.Single(cart.QuerySelectorAll(".cart-line"));
        Assert.Contains("sold out", cart.QuerySelector("#toasts")!.TextContent);
    }

    [Fact]
    public async Task A_guests_order_joins_the_account_that_is_opened_with_its_address()
    {
        var (visitor, page) = await AtCheckoutAsync((await shop.ProductAsync()).Id, 1);
        var email = NewEmail();
        var thanks = await visitor.SubmitAsync(page.Form("/checkout"), Address(email));
        await visitor.SubmitAsync(thanks.Form("/account/register"));
        var welcome = await visitor.GetAsync(BuyingShop.LinkIn(await shop.MailAsync(email, "Finish")));
        await visitor.SubmitAsync(welcome.Form("/account/welcome"), ("Input.Password", BuyingShop.Password));
        Assert.Single((await visitor.GetAsync("/account/orders")).QuerySelectorAll(".order-row"));
    }

    [Fact]
    public async Task A_consenting_buyer_leaves_one_purchase_event_a_line()
    {
        var sku = await shop.ProductAsync();
        var visitor = (await shop.ServerAsync()).NewVisitor();
        await Tracking.TrackedShopSteps.AnswerAsync(visitor, "accept");
        await BuyingShop.AddAsync(visitor, sku.Id, 2);
        var page = await visitor.GetAsync("/checkout");
        var email = NewEmail();
        await visitor.PostAsync(page.Form("/checkout"), Address(email));
        await visitor.PostAsync(page.Form("/checkout"), Address(email));
        for (var i = 0; i < 100 && !await PurchasedAsync(); i++)
            await Task.Delay(50);
        Assert.Equal(1, await shop.WithDbAsync(db => db.Events.CountAsync(e => e.Type == EventType.Purchased && e.SkuId == sku.Id && e.Quantity == 2)));

        Task<bool> PurchasedAsync() => shop.WithDbAsync(db => db.Events.AnyAsync(e => e.Type == EventType.Purchased && e.SkuId == sku.Id));
    }

    private async Task<(TestVisitor Visitor, IHtmlDocument Page)> AtCheckoutAsync(int skuId, int quantity)
    {
        var visitor = (await shop.ServerAsync()).NewVisitor();
        await BuyingShop.AddAsync(visitor, skuId, quantity);
        return (visitor, await visitor.GetAsync("/checkout"));
    }
}
