using AngleSharp.Html.Dom;
using PetShop.Demo.Simulation;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Tracking;

public sealed class AccountConsentTests(DemoShopFixture shop) : IClassFixture<DemoShopFixture>
{
    [Fact]
    public async Task A_browser_that_was_not_asked_follows_the_account_until_the_person_leaves()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var before = await visitor.GetAsync("/");
        Assert.NotNull(before.QuerySelector("form[action*='/privacy/consent']"));
        Assert.DoesNotContain("petshop.visitor", visitor.CookieNames);

        var account = await SignInAsync(visitor, DemoPersons.Maya.Email);
        Assert.Contains("petshop.visitor", visitor.CookieNames);
        Assert.Null(account.QuerySelector("form[action*='/privacy/consent']"));

        var leave = await visitor.GetAsync("/account/sign-out");
        await visitor.SubmitAsync(leave.QuerySelector("main form[method=post]")!);
        await visitor.GetAsync("/");
        Assert.DoesNotContain("petshop.visitor", visitor.CookieNames);
    }

    [Fact]
    public async Task A_refusal_in_the_browser_outweighs_what_the_account_agreed_to()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var page = await visitor.GetAsync("/");
        var refuse = page.QuerySelector("form[action*='/privacy/consent'] button[value='refuse']")!;
        await visitor.SubmitAsync(refuse.Closest("form")!, (refuse.GetAttribute("name")!, "refuse"));
        await SignInAsync(visitor, DemoPersons.Maya.Email);
        Assert.DoesNotContain("petshop.visitor", visitor.CookieNames);
    }

    [Fact]
    public async Task A_browser_that_agreed_joins_the_account_again_after_a_sign_out()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        await SignInAsync(visitor, DemoPersons.Tom.Email);
        var first = visitor.IdOf();
        await visitor.SubmitAsync((await visitor.GetAsync("/account/sign-out")).QuerySelector("main form[method=post]")!);

        await visitor.GetAsync($"/products/{await server.ScalarAsync<string>("SELECT slug FROM products ORDER BY id LIMIT 1")}");
        var browser = visitor.IdOf()!.Value;
        Assert.NotEqual(first, browser);
        await server.EventuallyAsync(1, "SELECT count(*) FROM events WHERE visitor_id = $1 AND type = 1", browser);
        await server.ScalarAsync<long>("""
            INSERT INTO pets (id, visitor_id, name, species, allergies, created_at) VALUES (gen_random_uuid(), $1, 'Olive', 'cat', '{}', now()) RETURNING 1::bigint
            """, browser);

        await SignInAsync(visitor, DemoPersons.Tom.Email);
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE visitor_id = $1 AND type = 1 AND shopper_id = $2", browser, DemoPersons.Tom.ShopperId));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM pets WHERE name = 'Olive' AND shopper_id = $1 AND visitor_id IS NULL", DemoPersons.Tom.ShopperId));
        Assert.Equal(1, await server.ScalarAsync<long>("SELECT count(*) FROM consent_receipts WHERE visitor_id = $1 AND method = 'carried' AND personalisation", browser));
    }

    private static async Task<IHtmlDocument> SignInAsync(TestVisitor visitor, string email)
    {
        var page = await visitor.GetAsync("/account/sign-in");
        var form = page.QuerySelector("input[type=password]")!.Closest("form")!;
        string Name(string type) => form.QuerySelector($"input[type={type}]")!.GetAttribute("name")!;
        await visitor.SubmitAsync(form, (Name("email"), email), (Name("password"), TestDatabase.DemoPassword));
        return await visitor.GetAsync("/account");
    }
}
