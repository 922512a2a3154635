using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class ShopperPageTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task Staff_set_a_shopper_apart_from_letters_and_prices_and_take_it_back_and_both_are_noted()
    {
        var server = await shop.ServerAsync();
        var shopper = await server.AddShopperAsync();
        await server.ExecuteAsync("UPDATE shoppers SET consent_email = true WHERE id = $1", shopper);
        using var staff = server.SignedIn("merchandiser");
        var counting = $"SELECT (consent_email, consent_prices)::text FROM segment_subjects WHERE shopper_id = '{shopper}'";
        Assert.Equal("(t,t)", await server.ScalarAsync<string>(counting));
        var page = await staff.GetAsync($"/admin/shoppers/{shopper}");
        Assert.DoesNotContain("Set apart by the shop", page.Body!.TextContent, StringComparison.Ordinal);
        page = await PressAsync(staff, page);
        Assert.Contains("Set apart by the shop", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("(f,f)", await server.ScalarAsync<string>(counting));
        page = await PressAsync(staff, page);
        Assert.DoesNotContain("Set apart by the shop", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("(t,t)", await server.ScalarAsync<string>(counting));
        Assert.Equal("shopper set apart; shopper no longer set apart", await server.ScalarAsync<string>($"SELECT string_agg(action, '; ' ORDER BY id) FROM audit_entries WHERE subject = 'shopper {shopper}' AND action LIKE '%apart'"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("perhaps")]
    public async Task A_post_that_does_not_say_whether_to_set_apart_is_refused_and_changes_nothing(string? apart)
    {
        var server = await shop.ServerAsync();
        var shopper = await server.AddShopperAsync();
        await server.ExecuteAsync("UPDATE shoppers SET is_suppressed = true WHERE id = $1", shopper);
        using var staff = server.SignedIn("merchandiser");
        using var answer = await staff.PostAsync(ApartForm(await staff.GetAsync($"/admin/shoppers/{shopper}")), ("apart", apart));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(await server.ScalarAsync<bool>($"SELECT is_suppressed FROM shoppers WHERE id = '{shopper}'"));
    }

    [Fact]
    public async Task Of_many_orders_the_newest_are_shown_and_said_to_be_and_no_fact_stands_without_a_value()
    {
        var server = await shop.ServerAsync();
        var shopper = await server.AddShopperAsync();
        await server.ExecuteAsync("""
            INSERT INTO orders (number, checkout_key, shopper_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
            SELECT gen_random_uuid()::text, gen_random_uuid(), $1, 'a@b.c', 4, now() - n * interval '1 day', 'EUR', 1000, 0, 1000, 'parcel', 'invoice', 'A', 'B', '1', 'C', 'DE' FROM generate_series(1, 21) n
            """, shopper);
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/shoppers/{shopper}");
        Assert.Equal("Orders, the newest 20 of 21", page.QuerySelector("#orders")!.TextContent);
        Assert.DoesNotContain(page.QuerySelectorAll(".facts dd"), d => d.TextContent.Trim().Length == 0);
    }

    private static Task<AngleSharp.Html.Dom.IHtmlDocument> PressAsync(TestVisitor staff, AngleSharp.Html.Dom.IHtmlDocument page) =>
        staff.SubmitAsync(ApartForm(page));

    private static AngleSharp.Html.Dom.IHtmlFormElement ApartForm(AngleSharp.Html.Dom.IHtmlDocument page) =>
        page.Forms.Single(f => f.Action.Contains("handler=Apart", StringComparison.Ordinal));
}
