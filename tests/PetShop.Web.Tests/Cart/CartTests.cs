using System.Net;
using Microsoft.EntityFrameworkCore;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Cart;

public sealed class CartTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task A_cart_has_no_cookie_and_no_row_before_its_first_line()
    {
        var before = await shop.WithDbAsync(db => db.Carts.CountAsync());
        var visitor = (await shop.ServerAsync()).NewVisitor();
        await visitor.GetAsync("/cart");
        Assert.DoesNotContain("petshop.cart", visitor.CookieNames);
        Assert.Equal(before, await shop.WithDbAsync(db => db.Carts.CountAsync()));
    }

    [Fact]
    public async Task Quantities_change_things_leave_and_come_back()
    {
        var sku = await shop.ProductAsync(priceMinor: 1000);
        var visitor = (await shop.ServerAsync()).NewVisitor();
        var page = await BuyingShop.AddAsync(visitor, sku.Id, 2);
        Assert.Equal("2", page.QuerySelector("input[name=quantity][inputmode]")!.GetAttribute("value"));
        Assert.StartsWith("2", page.QuerySelector("#cart-badge")!.TextContent, StringComparison.Ordinal);

        page = await visitor.SubmitAsync(page.QuerySelector($"form#line-{sku.Id}")!, ("quantity", "5"));
        Assert.Contains("€50.00", page.Content());
        Assert.Contains("Delivery is free", page.Content());
        // A field emptied by mistake is no wish to take the thing out.
        page = await visitor.SubmitAsync(page.QuerySelector($"form#line-{sku.Id}")!, ("quantity", ""));
        Assert.Contains("€50.00", page.Content());
        page = await visitor.SubmitAsync(page.QuerySelector($"form#line-{sku.Id}")!, ("quantity", "0"));
        Assert.Contains("Nothing in here yet", page.Content());
        page = await visitor.SubmitAsync(page.Form("/cart"));
        Assert.Contains("€50.00", page.Content());
    }

    [Fact]
    public async Task What_is_sold_out_does_not_enter_and_what_is_short_is_said()
    {
        var (gone, scarce) = (await shop.ProductAsync(stock: 0), await shop.ProductAsync(stock: 2));
        var visitor = (await shop.ServerAsync()).NewVisitor();
        await BuyingShop.AddAsync(visitor, gone.Id);
        Assert.DoesNotContain("petshop.cart", visitor.CookieNames);
        var page = await BuyingShop.AddAsync(visitor, scarce.Id, 5);
        Assert.Contains("Only 2 left", page.Content());
        Assert.Null(page.QuerySelector("a[href='/checkout']"));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.Client.GetAsync("/checkout")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_joins_both_carts_and_the_larger_number_stays()
    {
        var (both, guests) = (await shop.ProductAsync(), await shop.ProductAsync());
        var shopper = await shop.AccountAsync();
        var phone = await shop.SignedInAsync(shopper);
        await BuyingShop.AddAsync(phone, both.Id, 3);

        var laptop = (await shop.ServerAsync()).NewVisitor();
        await BuyingShop.AddAsync(laptop, both.Id, 1);
        await BuyingShop.AddAsync(laptop, guests.Id, 2);
        await BuyingShop.SignInAsync(laptop, shopper.Email!, BuyingShop.Password);

        var lines = await shop.WithDbAsync(db => db.CartLines.Where(l => db.Carts.Any(c => c.Id == l.CartId && c.ShopperId == shopper.Id)).ToDictionaryAsync(l => l.SkuId, l => l.Quantity));
        Assert.Equal(new Dictionary<int, int> { [both.Id] = 3, [guests.Id] = 2 }, lines);
        Assert.StartsWith("5", (await laptop.GetAsync("/cart")).QuerySelector("#cart-badge")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reaches_a_shoppers_cart_by_its_cookie()
    {
        var sku = await shop.ProductAsync();
        var owner = await shop.SignedInAsync(await shop.AccountAsync());
        await BuyingShop.AddAsync(owner, sku.Id);
        var thief = (await shop.ServerAsync()).NewVisitor();
        thief.Cookies.Add(owner.Cookies.GetCookies(owner.Client.BaseAddress!)["petshop.cart"]!);
        Assert.Contains("Nothing in here yet", (await thief.GetAsync("/cart")).Content());
    }

    [Fact]
    public async Task A_card_that_asks_in_place_gets_a_toast_and_the_new_badges()
    {
        var sku = await shop.ProductAsync();
        var visitor = (await shop.ServerAsync()).NewVisitor();
        var form = (await visitor.GetAsync("/cart")).QuerySelector("form#cart-add")!;
        visitor.Client.DefaultRequestHeaders.Add("HX-Request", "true");
        var answer = await visitor.PostAsync(form, ("skuId", sku.Id.ToString()));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("class=\"toast\"", body);
        Assert.Contains("id=\"thumb-cart-badge\" hx-swap-oob=\"true\">1", body);
        Assert.DoesNotContain("<html", body);
    }
}
