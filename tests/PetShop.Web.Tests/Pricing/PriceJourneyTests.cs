using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Data.Orders;
using PetShop.TestHost;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Pricing;

/// <summary>A personal price from the first card to the order's letter.</summary>
public sealed class PriceJourneyTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    private static (string, string?)[] Address(string email) =>
    [
        ("Input.Email", email), ("Input.Address.FullName", "Ada Lovelace"), ("Input.Address.Line1", "Way 1"), ("Input.Address.Postcode", "10115"), ("Input.Address.City", "Berlin"), ("Input.Address.Country", "DE"), ("Input.Payment", "invoice"),
    ];

    [Fact]
    public async Task A_member_meets_one_price_with_its_label_from_the_card_to_the_letter_and_pays_it()
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2000));
        var offer = await server.OfferAsync(sku.ProductId);
        var (member, account) = await shop.MemberAsync(offer.Breed);
        var slug = await shop.SlugAsync(sku.ProductId);
        await member.OwnPriceBecomesAsync(slug, "€18.00");
        var page = await member.GetAsync($"/products/{slug}");
        var price = page.QuerySelector(".product__price .price--yours")!;
        Assert.Equal("Your price", price.QuerySelector(".price__label")!.TextContent);
        Assert.Contains("Public price €20.00", price.QuerySelector(".price__public")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("You ride: why this price?", price.QuerySelector(".price__why")!.TextContent);
        Assert.Contains("\"price\":\"20.00\"", page.QuerySelector("script[type='application/ld+json']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("€9.00 / kg", price.TextContent, StringComparison.Ordinal);

        await server.ScalarAsync<long>("INSERT INTO wish_list_items (shopper_id, product_id, added_at) VALUES ($1, $2, now()) RETURNING 1::bigint", account.Id, sku.ProductId);
        await Eventually.UntilAsync(async () => (await member.GetAsync("/account/wish-list")).QuerySelector(".product-card .price--yours .price__now")?.TextContent == "€18.00");
        var why = await member.GetAsync(price.QuerySelector(".price__why")!.GetAttribute("href")!);
        Assert.Contains("10\u00a0% off", why.Content(), StringComparison.Ordinal);
        Assert.Contains("Juno", why.Content(), StringComparison.Ordinal);
        Assert.Contains("you ride", (await member.GetAsync("/privacy/facts")).QuerySelector("#prices")!.TextContent, StringComparison.Ordinal);

        var cart = await BuyingShop.AddAsync(member, sku.Id, 2);
        Assert.Contains("Your price €18.00 each", Flat(cart.QuerySelector(".cart-line")!.TextContent), StringComparison.Ordinal);
        Assert.Equal("€36.00", cart.QuerySelector(".cart-line__price")!.TextContent);
        var checkout = await member.GetAsync("/checkout");
        Assert.Contains("Your price €18.00 each, public price €20.00", Flat(checkout.QuerySelector(".bill")!.TextContent), StringComparison.Ordinal);
        var thanks = await member.SubmitAsync(checkout.Form("/checkout"), Address(account.Email!));
        Assert.Contains("Your price €18.00 each, public price €20.00, because you ride", Flat(thanks.Content()), StringComparison.Ordinal);
        var again = await member.PostAsync(checkout.Form("/checkout"), Address(account.Email!));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, again.StatusCode);

        var order = await shop.WithDbAsync(db => db.Orders.AsNoTracking().Include(o => o.Lines).SingleAsync(o => o.Email == account.Email));
        var line = Assert.Single(order.Lines);
        Assert.Equal((1800, 2000, "you ride", offer.Offer.Id, 3600), (line.UnitPriceMinor, line.BasePriceMinor, line.PriceReason, line.PriceOfferId!.Value, order.GoodsMinor));
        Assert.Contains("Your price €18.00 each, public price €20.00, because you ride", (await shop.MailAsync(account.Email!, order.Number)).Text, StringComparison.Ordinal);
        Assert.Contains("Your price €18.00 each", Flat((await member.GetAsync($"/account/orders/{order.Number}")).Content()), StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => server.ScalarAsync<long>("UPDATE order_lines SET price_reason = 'because' WHERE id = $1 RETURNING 1::bigint", line.Id));

        using var stranger = server.NewVisitor();
        Assert.Null(await stranger.OwnPriceAsync(slug));
        Assert.DoesNotContain("€18.00", (await stranger.GetAsync($"/products/{slug}")).Content(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("without prices")]
    [InlineData("no member")]
    [InlineData("minor")]
    [InlineData("suppressed")]
    [InlineData("privacy signal")]
    [InlineData("held out")]
    [InlineData("robot")]
    public async Task Whoever_may_not_have_a_personal_price_sees_the_public_one(string who)
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2000));
        var offer = await server.OfferAsync(sku.ProductId);
        var slug = await shop.SlugAsync(sku.ProductId);
        var (visitor, account) = await shop.MemberAsync(offer.Breed, isMember: who != "no member");
        // The control: what each case takes away is all that keeps the price from them.
        if (who != "no member")
            await visitor.OwnPriceBecomesAsync(slug, "€18.00");
        await (who switch
        {
            "refused" => visitor.AnswerAsync("refuse"),
            "without prices" => visitor.AnswerAsync("choose", "analytics", "personalisation", "email"),
            "minor" => server.ScalarAsync<long>("UPDATE shoppers SET birth_year = extract(year FROM now())::int - 18 WHERE id = $1 RETURNING 1::bigint", account.Id),
            "suppressed" => server.ScalarAsync<long>("UPDATE shoppers SET is_suppressed = true WHERE id = $1 RETURNING 1::bigint", account.Id),
            "held out" => HoldOutAsync(server, offer.Offer.Id, account.Id),
            _ => Task.CompletedTask,
        });
        if (who == "privacy signal")
            visitor.Client.DefaultRequestHeaders.Add("Sec-GPC", "1");
        if (who == "robot")
        {
            visitor.Client.DefaultRequestHeaders.UserAgent.Clear();
            visitor.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
        }
        // A withdrawal acts on the very next request; what other hands change in the database is announced within moments.
        if (who is "refused" or "without prices" or "privacy signal" or "robot" or "no member")
            Assert.Null(await visitor.OwnPriceAsync(slug));
        else
            await visitor.OwnPriceBecomesAsync(slug, null);
        Assert.Equal("€20.00", (await visitor.GetAsync($"/products/{slug}")).QuerySelector(".product__price .price__now")!.TextContent);
    }

    [Fact]
    public async Task The_switch_beside_the_reason_ends_personal_prices_at_once_and_leaves_every_other_answer()
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2000));
        var offer = await server.OfferAsync(sku.ProductId);
        var (member, account) = await shop.MemberAsync(offer.Breed);
        var slug = await shop.SlugAsync(sku.ProductId);
        await member.OwnPriceBecomesAsync(slug, "€18.00");
        await member.SubmitAsync((await member.GetAsync("/prices/why")).QuerySelector("form[action*='handler=Off']")!);
        Assert.Null(await member.OwnPriceAsync(slug));
        var now = await shop.WithDbAsync(db => db.Shoppers.AsNoTracking().SingleAsync(s => s.Id == account.Id));
        Assert.Equal((true, true, true, false), (now.ConsentAnalytics, now.ConsentPersonalisation, now.ConsentEmail, now.ConsentPrices));
    }

    [Fact]
    public async Task An_offer_that_ends_between_cart_and_order_is_told_and_the_public_price_asked_for()
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2000));
        var offer = await server.OfferAsync(sku.ProductId);
        var (member, account) = await shop.MemberAsync(offer.Breed);
        await member.OwnPriceBecomesAsync(await shop.SlugAsync(sku.ProductId), "€18.00");
        await BuyingShop.AddAsync(member, sku.Id);
        var page = await member.GetAsync("/checkout");
        await server.ScalarAsync<long>("UPDATE price_offers SET is_active = false WHERE id = $1 RETURNING 1::bigint", offer.Offer.Id);
        var asked = await member.SubmitAsync(page.Form("/checkout"), Address(account.Email!));
        Assert.Contains("now costs €20.00; it was €18.00", asked.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.False(await shop.WithDbAsync(db => db.Orders.AnyAsync(o => o.Email == account.Email)));
        await member.SubmitAsync(asked.Form("/checkout"), Address(account.Email!));
        var line = await shop.WithDbAsync(db => db.Set<OrderLine>().SingleAsync(l => l.ProductId == sku.ProductId));
        Assert.Equal((2000, 2000, null, null), (line.UnitPriceMinor, line.BasePriceMinor, line.PriceReason, line.PriceOfferId));
    }

    [Fact]
    public async Task A_reduction_of_the_public_price_stays_with_it_and_the_floor_is_the_cost()
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2400));
        await shop.WithDbAsync(db => db.Skus.Where(s => s.Id == sku.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.PriceMinor, 2000).SetProperty(x => x.CostMinor, 1900)));
        var offer = await server.OfferAsync(sku.ProductId);
        var (member, _) = await shop.MemberAsync(offer.Breed);
        var slug = await shop.SlugAsync(sku.ProductId);
        await member.OwnPriceBecomesAsync(slug, "€19.00");
        Assert.Equal("Public price €20.00, before €24.00", (await member.GetAsync($"/products/{slug}")).QuerySelector(".product__price .price__public")!.TextContent);
    }

    [Fact]
    public async Task What_was_shown_is_noted_once_a_day_exported_and_kept_apart_for_those_held_out()
    {
        var (server, sku) = (await shop.ServerAsync(), await shop.ProductAsync(priceMinor: 2000));
        var offer = await server.OfferAsync(sku.ProductId);
        var (member, account) = await shop.MemberAsync(offer.Breed);
        var slug = await shop.SlugAsync(sku.ProductId);
        await member.OwnPriceBecomesAsync(slug, "€18.00");
        await member.GetAsync($"/products/{slug}");
        await BuyingShop.AddAsync(member, sku.Id);
        await member.GetAsync("/cart");
        const string Count = "SELECT count(*) FROM events WHERE offer_id = $1 AND type = $2";
        await server.EventuallyAsync(2, Count, offer.Offer.Id, (short)EventType.PriceShown);
        var row = await shop.WithDbAsync(db => db.Events.AsNoTracking().SingleAsync(e => e.OfferId == offer.Offer.Id && e.Placement == "product"));
        Assert.Equal((1800L, 2000L, sku.Id, "1:shown", account.Id), (row.ValueMinor!.Value, row.PublicMinor!.Value, row.SkuId!.Value, row.Strategy, row.ShopperId!.Value));

        var (other, lot) = await shop.MemberAsync(offer.Breed);
        await HoldOutAsync(server, offer.Offer.Id, lot.Id);
        // Until the lot is heard of, the page may still show the price; what is noted last is that it was kept from them.
        await Eventually.UntilAsync(async () => await other.OwnPriceAsync(slug) is null);
        await BuyingShop.AddAsync(other, sku.Id);
        await other.GetAsync("/cart");
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE offer_id = $1 AND type = 17 AND placement = 'cart' AND value_minor = 1800 AND strategy = '1:holdout' AND shopper_id = $2", offer.Offer.Id, lot.Id);

        using var json = await member.PostAsync((await member.GetAsync("/privacy")).QuerySelector("form[action*='handler=Download']")!, ("format", "json"));
        using var document = System.Text.Json.JsonDocument.Parse(await json.Content.ReadAsStringAsync());
        var shown = document.RootElement.GetProperty("prices_shown").EnumerateArray().ToList();
        Assert.Contains(shown, s => s.GetProperty("shown_minor").GetInt64() == 1800 && s.GetProperty("public_minor").GetInt64() == 2000 && s.GetProperty("reason").GetString() == "you ride");
    }

    /// <summary>Makes the greatest share keep the public price; the account gets a key that is of it.</summary>
    private static async Task HoldOutAsync(ShopServer server, int offer, Guid account)
    {
        var key = Enumerable.Range(0, 1000).Select(i => $"key-{i}").First(k => PetShop.Targeting.Experiments.Bucketing.Bucket($"exp:offer-{offer}", k) < 5000);
        await server.ScalarAsync<long>("UPDATE shoppers SET rollout_key = $2 WHERE id = $1 RETURNING 1::bigint", account, key);
        await server.ScalarAsync<long>("SELECT 1::bigint FROM (SELECT pg_notify('petshop_visitors', $1::text)) x", account.ToString());
        await server.ScalarAsync<long>("UPDATE price_offers SET holdout_percent = 50 WHERE id = $1 RETURNING 1::bigint", offer);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
