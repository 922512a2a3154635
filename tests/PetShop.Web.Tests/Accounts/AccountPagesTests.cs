using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Accounts;

namespace PetShop.Web.Tests.Accounts;

public sealed partial class AccountPagesTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    /// <summary>Mail programs post here without a token; the sealed link is the proof.</summary>
    private static readonly string[] WithoutToken = ["unsubscribe/{token}"];

    [Fact]
    public async Task Every_page_refuses_a_post_without_an_antiforgery_token()
    {
        var server = await shop.ServerAsync();
        var visitor = await shop.SignedInAsync(await shop.AccountAsync());
        var pages = server.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Where(p => p.AreaName is null && Regex.IsMatch(p.ViewEnginePath, "^/(Account|Cart|Checkout|Orders|Pets)/", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)))
            .Select(p => p.AttributeRouteInfo!.Template!).Where(t => !WithoutToken.Contains(t)).ToList();
        Assert.True(pages.Count > 15, $"Only {pages.Count} pages were found.");
        foreach (var template in pages)
        {
            var path = "/" + Parameter().Replace(template, m => m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : "1");
            var answer = await visitor.Client.PostAsync(path, new FormUrlEncodedContent([]));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"POST {path} without a token answered {answer.StatusCode}.");
        }
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/orders")]
    [InlineData("/account/addresses")]
    [InlineData("/account/details")]
    [InlineData("/account/wish-list")]
    public async Task A_guest_is_asked_to_sign_in_first(string path)
    {
        var visitor = (await shop.ServerAsync()).NewVisitor();
        var answer = await visitor.Client.GetAsync(path);
        Assert.Equal("/account/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task The_address_book_keeps_changes_and_forgets_and_shows_nobody_elses()
    {
        var visitor = await shop.SignedInAsync(await shop.AccountAsync());
        var form = (await visitor.GetAsync("/account/addresses?edit=0")).Form("/account/addresses");
        var refused = await visitor.SubmitAsync(form, ("Input.FullName", "Ada L"), ("Input.Line1", "Way 1"), ("Input.Postcode", "123"), ("Input.City", "Berlin"));
        Assert.Contains("has 5 digits", refused.Content());
        var book = await visitor.SubmitAsync(form, ("Input.FullName", "Ada L"), ("Input.Line1", "Way 1"), ("Input.Postcode", "10115"), ("Input.City", "Berlin"));
        Assert.Contains("Way 1", book.Content());

        var id = await shop.WithDbAsync(db => db.Addresses.Where(a => a.FullName == "Ada L").Select(a => a.Id).SingleAsync());
        var stranger = await shop.SignedInAsync(await shop.AccountAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/account/addresses?edit={id}")).StatusCode);
        var strangersForm = (await stranger.GetAsync("/account/addresses?edit=0")).Form("/account/addresses");
        await stranger.PostAsync(strangersForm, ("Edit", id.ToString()), ("Input.FullName", "Eve"), ("Input.Line1", "Way 2"), ("Input.Postcode", "10115"), ("Input.City", "Berlin"));
        Assert.Equal("Ada L", await shop.WithDbAsync(db => db.Addresses.Where(a => a.Id == id).Select(a => a.FullName).SingleAsync()));

        await visitor.SubmitAsync(book.QuerySelector("main form[action*='Delete']")!);
        Assert.False(await shop.WithDbAsync(db => db.Addresses.AnyAsync(a => a.Id == id)));
    }

    [Fact]
    public async Task The_heart_puts_a_product_on_the_wish_list_and_takes_it_off()
    {
        var product = (await shop.ProductAsync()).ProductId;
        var visitor = await shop.SignedInAsync(await shop.AccountAsync());
        var heart = (await visitor.GetAsync("/cart")).QuerySelector("form#wish")!;
        await visitor.PostAsync(heart, ("productId", product.ToString()));
        Assert.Single((await visitor.GetAsync("/account/wish-list")).QuerySelectorAll($"[data-product='{product}']"));
        await visitor.PostAsync(heart, ("productId", product.ToString()));
        Assert.Empty((await visitor.GetAsync("/account/wish-list")).QuerySelectorAll($"[data-product='{product}']"));
    }

    [Fact]
    public async Task Every_entry_of_the_accounts_menu_leads_somewhere()
    {
        using var visitor = await shop.SignedInAsync(await shop.AccountAsync());
        var links = (await visitor.GetAsync("/account")).QuerySelectorAll(".account__nav a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Contains("/account/orders", links);
        foreach (var link in links)
            await visitor.GetAsync(link);
    }

    [Fact]
    public async Task One_click_ends_marketing_mails_without_a_sign_in_and_leaves_a_receipt()
    {
        var shopper = await shop.AccountAsync();
        await shop.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConsentEmail, true).SetProperty(x => x.ConsentAnalytics, true)));
        var server = await shop.ServerAsync();
        var link = server.Services.GetRequiredService<AccountLinks>().Unsubscribe(shopper.Id);
        using var mailProgram = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };

        var answer = await mailProgram.PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var after = await shop.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper.Id).Select(s => new { s.ConsentEmail, s.ConsentAnalytics }).SingleAsync());
        Assert.False(after.ConsentEmail);
        Assert.True(after.ConsentAnalytics);
        Assert.True(await shop.WithDbAsync(db => db.ConsentReceipts.AnyAsync(r => r.ShopperId == shopper.Id && r.Method == "withdraw" && !r.Email)));
        Assert.Equal(HttpStatusCode.NotFound, (await mailProgram.PostAsync("/unsubscribe/forged", null)).StatusCode);
    }

    [Fact]
    public async Task A_new_mail_address_counts_once_the_mail_to_it_was_opened()
    {
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        var email = $"{Guid.NewGuid():N}@example.com";
        var form = (await visitor.GetAsync("/account/details")).QuerySelector("main form[action*='Email']")!;
        await visitor.SubmitAsync(form, ("NewEmail", email), ("CurrentPassword", BuyingShop.Password));
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Id == shopper.Id && s.Email == shopper.Email)));

        var page = await visitor.GetAsync(BuyingShop.LinkIn(await shop.MailAsync(email, "new address")));
        await visitor.SubmitAsync(page.Form("/account/confirm-address"));
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Id == shopper.Id && s.Email == email)));
        await shop.MailAsync(shopper.Email!, "was changed");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
