using System.Net;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Accounts;

public sealed class SignInTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task Registering_asks_for_an_address_and_the_mail_leads_to_an_account()
    {
        var visitor = (await shop.ServerAsync()).NewVisitor();
        var email = $"{Guid.NewGuid():N}@example.com";
        await visitor.SubmitAsync((await visitor.GetAsync("/account/register")).Form("/account/register"), ("Input.Email", email));
        Assert.False(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Email == email)));

        var welcome = await visitor.GetAsync(BuyingShop.LinkIn(await shop.MailAsync(email, "Finish")));
        var account = await visitor.SubmitAsync(welcome.Form("/account/welcome"), ("Input.Password", BuyingShop.Password), ("Input.FirstName", "Grace"));

        Assert.Contains("Hello, Grace", account.Content());
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Email == email && s.EmailConfirmed)));
        await shop.MailAsync(email, "Welcome");
    }

    [Fact]
    public async Task Registration_and_forgotten_passwords_answer_known_and_unknown_addresses_alike()
    {
        var known = (await shop.AccountAsync()).Email!;
        var unknown = $"{Guid.NewGuid():N}@example.com";
        foreach (var path in (string[])["/account/register", "/account/forgot-password"])
            Assert.Equal(await AnswerAsync(path, known), await AnswerAsync(path, unknown));
        await shop.MailAsync(known, "already have");
        await shop.MailAsync(unknown, "Finish");
        await shop.MailAsync(known, "new password");
        await shop.MailAsync(unknown, "No PetShop account");

        async Task<string> AnswerAsync(string path, string email)
        {
            using var visitor = (await shop.ServerAsync()).NewVisitor();
            var form = (await visitor.GetAsync(path)).Form(path);
            var answer = await visitor.PostAsync(form, ("Input.Email", email));
            var page = await visitor.GetAsync(answer.Headers.Location!.ToString());
            return $"{answer.StatusCode} {answer.Headers.Location} {string.Join(",", visitor.CookieNames.Order())} {page.Content().Replace(email, "<address>", StringComparison.Ordinal)}";
        }
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_a_paused_account_get_the_same_words()
    {
        var paused = (await shop.AccountAsync()).Email!;
        for (var i = 0; i < 5; i++)
            await FailAsync(paused, "wrong password");
        var wrong = await FailAsync((await shop.AccountAsync()).Email!, "wrong password");

        Assert.Equal(wrong, await FailAsync($"{Guid.NewGuid():N}@example.com", "wrong password"));
        Assert.Equal(wrong, await FailAsync(paused, "wrong password"));
        Assert.Equal(wrong, await FailAsync(paused, BuyingShop.Password));
        await shop.MailAsync(paused, "short break");
    }

    [Fact]
    public async Task A_reset_link_works_once_ends_the_pause_and_signs_in()
    {
        var email = (await shop.AccountAsync()).Email!;
        for (var i = 0; i < 5; i++)
            await FailAsync(email, "wrong password");
        var visitor = (await shop.ServerAsync()).NewVisitor();
        await visitor.SubmitAsync((await visitor.GetAsync("/account/forgot-password")).Form("/account/forgot-password"), ("Input.Email", email));
        var link = BuyingShop.LinkIn(await shop.MailAsync(email, "Choose a new password"));

        var account = await visitor.SubmitAsync((await visitor.GetAsync(link)).Form("/account/reset-password"), ("Input.Password", "four green herons"));
        Assert.Contains("Hello, Ada", account.Content());
        var other = (await shop.ServerAsync()).NewVisitor();
        var spent = await other.SubmitAsync((await other.GetAsync(link)).Form("/account/reset-password"), ("Input.Password", "five blue lizards"));
        Assert.Contains("run out", spent.Content());
        await BuyingShop.SignInAsync(other, email, "four green herons");
        Assert.Contains("petshop.account", other.CookieNames);
    }

    [Fact]
    public async Task A_reset_link_proves_the_address()
    {
        var email = (await shop.AccountAsync()).Email!;
        await shop.WithDbAsync(db => db.Shoppers.Where(s => s.Email == email).ExecuteUpdateAsync(set => set.SetProperty(s => s.EmailConfirmed, false)));
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        await visitor.SubmitAsync((await visitor.GetAsync("/account/forgot-password")).Form("/account/forgot-password"), ("Input.Email", email));
        var link = BuyingShop.LinkIn(await shop.MailAsync(email, "Choose a new password"));
        await visitor.SubmitAsync((await visitor.GetAsync(link)).Form("/account/reset-password"), ("Input.Password", "four green herons"));
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Email == email && s.EmailConfirmed)));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("password1234!")]
    [InlineData("aaaaaaaaaaaaaa")]
    public async Task A_weak_password_is_refused_beside_its_field(string password)
    {
        var visitor = (await shop.ServerAsync()).NewVisitor();
        var email = $"{Guid.NewGuid():N}@example.com";
        await visitor.SubmitAsync((await visitor.GetAsync("/account/register")).Form("/account/register"), ("Input.Email", email));
        var welcome = await visitor.GetAsync(BuyingShop.LinkIn(await shop.MailAsync(email, "Finish")));
        var page = await visitor.SubmitAsync(welcome.Form("/account/welcome"), ("Input.Password", password));
        Assert.NotEmpty(page.QuerySelector("[data-valmsg-for='Input.Password']")!.TextContent);
        Assert.DoesNotContain("petshop.account", visitor.CookieNames);
    }

    [Theory]
    [InlineData("https://evil.example/", "/account")]
    [InlineData("//evil.example/", "/account")]
    [InlineData("/cart", "/cart")]
    public async Task Signing_in_leads_only_to_pages_of_the_shop(string returnUrl, string expected)
    {
        var email = (await shop.AccountAsync()).Email!;
        var visitor = (await shop.ServerAsync()).NewVisitor();
        var form = (await visitor.GetAsync("/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl))).Form("/account/sign-in");
        var answer = await visitor.PostAsync(form, ("Input.Email", email), ("Input.Password", BuyingShop.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Signing_out_takes_a_post_and_leaves_no_cart_behind()
    {
        var visitor = await shop.SignedInAsync(await shop.AccountAsync());
        await BuyingShop.AddAsync(visitor, (await shop.ProductAsync()).Id);
        var page = await visitor.GetAsync("/account/sign-out");
        Assert.Contains("petshop.account", visitor.CookieNames);
        await visitor.PostAsync(page.Form("/account/sign-out"));
        Assert.DoesNotContain("petshop.account", visitor.CookieNames);
        Assert.DoesNotContain("petshop.cart", visitor.CookieNames);
    }

    [Fact]
    public async Task A_guests_wishes_are_on_the_wish_list_after_signing_in_however_often_they_were_wished_for()
    {
        var (first, second, account) = ((await shop.ProductAsync()).ProductId, (await shop.ProductAsync()).ProductId, await shop.AccountAsync());
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        foreach (var product in (int[])[first, second, first])
            Assert.StartsWith("/account/sign-in", await WishAsync(visitor, product), StringComparison.Ordinal);
        await visitor.GetAsync("/account/sign-in");
        Assert.Empty(await WishesAsync(account.Id));

        await BuyingShop.SignInAsync(visitor, account.Email!, "wrong password");
        var page = await BuyingShop.SignInAsync(visitor, account.Email!, BuyingShop.Password);
        Assert.Contains("What you wished for is on your wish list", page.QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([first, second], await WishesAsync(account.Id));

        // Wished for once more as a guest it stays; what was brought does not come again for the next person.
        await visitor.PostAsync((await visitor.GetAsync("/account/sign-out")).Form("/account/sign-out"));
        await WishAsync(visitor, first);
        await BuyingShop.SignInAsync(visitor, account.Email!, BuyingShop.Password);
        Assert.Equal([first, second], await WishesAsync(account.Id));
        await visitor.PostAsync((await visitor.GetAsync("/account/sign-out")).Form("/account/sign-out"));
        var other = await shop.AccountAsync();
        await BuyingShop.SignInAsync(visitor, other.Email!, BuyingShop.Password);
        Assert.Empty(await WishesAsync(other.Id));
    }

    [Fact]
    public async Task A_guests_wish_is_kept_through_registering_even_when_the_mail_is_opened_elsewhere()
    {
        var (product, email) = ((await shop.ProductAsync()).ProductId, $"{Guid.NewGuid():N}@example.com");
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var elsewhere = (await shop.ServerAsync()).NewVisitor();
        await WishAsync(visitor, product);
        await visitor.SubmitAsync((await visitor.GetAsync("/account/register")).Form("/account/register"), ("Input.Email", email));
        var welcome = await elsewhere.GetAsync(BuyingShop.LinkIn(await shop.MailAsync(email, "Finish")));
        await elsewhere.SubmitAsync(welcome.Form("/account/welcome"), ("Input.Password", BuyingShop.Password));
        Assert.Equal([product], await WishesAsync(await shop.WithDbAsync(db => db.Shoppers.Where(s => s.Email == email).Select(s => s.Id).SingleAsync())));
    }

    private static async Task<string> WishAsync(TestVisitor visitor, int product)
    {
        using var answer = await visitor.PostAsync((await visitor.GetAsync("/help")).QuerySelector("form#wish")!, ("productId", product.ToString()));
        return answer.Headers.Location!.ToString();
    }

    private Task<int[]> WishesAsync(Guid shopper) => shop.WithDbAsync(db => db.WishListItems.Where(w => w.ShopperId == shopper).Select(w => w.ProductId).Order().ToArrayAsync());

    private async Task<string> FailAsync(string email, string password)
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var page = await BuyingShop.SignInAsync(visitor, email, password);
        Assert.DoesNotContain("petshop.account", visitor.CookieNames);
        return page.Content().Replace(email, "<address>", StringComparison.Ordinal);
    }
}
