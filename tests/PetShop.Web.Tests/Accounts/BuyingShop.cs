using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Accounts;
using PetShop.Web.Catalog;
using PetShop.Web.Mail;

namespace PetShop.Web.Tests.Accounts;

/// <summary>A shop with mails in a folder of its own and patience for many posts from one address.</summary>
public sealed partial class BuyingShop : ShopFixture
{
    public const string Password = "three brown otters";

    private readonly string _mails = Path.Combine(Path.GetTempPath(), $"petshop-mails-{Guid.NewGuid():N}");

    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.EmptyAsync(),
        ["Accounts:PostsPerAddress=100000", "Mail:PollInterval=00:00:00.200", $"Mail:Folder={_mails}", "Tracking:FlushInterval=00:00:00.020"]);

    public async Task<T> WithDbAsync<T>(Func<PetShopDb, Task<T>> work)
    {
        await using var scope = (await ServerAsync()).Services.CreateAsyncScope();
        var result = await work(scope.ServiceProvider.GetRequiredService<PetShopDb>());
        // The shop hears of a change within milliseconds; a test must not depend on them.
        scope.ServiceProvider.GetRequiredService<ProductCache>().Clear();
        return result;
    }

    /// <summary>A product with one SKU.</summary>
    public Task<Sku> ProductAsync(int stock = 100, long priceMinor = 1999) => WithDbAsync(async db =>
    {
        var key = Guid.NewGuid().ToString("N")[..12];
        var brand = new Brand { Slug = $"brand-{key}", Name = "Northpaw" };
        var category = new Category { Slug = $"category-{key}", Name = "Dry food", Department = "dog", Path = ["dog", $"category-{key}"] };
        var product = new Product { Slug = $"product-{key}", Name = $"Dinner {key}", Brand = brand, Category = category, Department = "dog", Illustration = "kibble-bag" };
        var sku = new Sku { Code = key, Label = "2 kg", PackGrams = 2000, PriceMinor = priceMinor, Stock = stock };
        product.Skus.Add(sku);
        db.Products.Add(product);
        await db.SaveChangesAsync();
        return sku;
    });

    public Task<int> StockAsync(int skuId) => WithDbAsync(db => db.Skus.Where(s => s.Id == skuId).Select(s => s.Stock).SingleAsync());

    /// <summary>An account made as the seed command makes it.</summary>
    public async Task<Shopper> AccountAsync(string? email = null)
    {
        await using var scope = (await ServerAsync()).Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Shopper>>();
        email ??= $"{Guid.NewGuid():N}@example.com";
        var shopper = new Shopper { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, FirstName = "Ada" };
        Assert.True((await users.CreateAsync(shopper, Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(shopper, ShopRoles.Shopper)).Succeeded);
        return shopper;
    }

    public async Task<TestVisitor> SignedInAsync(Shopper shopper)
    {
        var visitor = (await ServerAsync()).NewVisitor();
        await SignInAsync(visitor, shopper.Email!, Password);
        Assert.Contains("petshop.account", visitor.CookieNames);
        return visitor;
    }

    public static async Task<IHtmlDocument> SignInAsync(TestVisitor visitor, string email, string password) =>
        await visitor.SubmitAsync((await visitor.GetAsync("/account/sign-in")).Form("/account/sign-in"), ("Input.Email", email), ("Input.Password", password));

    public static async Task<IHtmlDocument> AddAsync(TestVisitor visitor, int skuId, int quantity = 1) =>
        await visitor.SubmitAsync((await visitor.GetAsync("/cart")).QuerySelector("form#cart-add")!, ("skuId", skuId.ToString()), ("quantity", quantity.ToString()), ("returnUrl", "/cart"));

    /// <summary>Waits for a mail to arrive in the folder.</summary>
    public async Task<Letter> MailAsync(string to, string subjectPart)
    {
        var folder = (await ServerAsync()).Services.GetRequiredService<MailFolder>();
        for (var i = 0; i < 200; i++, await Task.Delay(50))
            if (folder.List(1000, to).FirstOrDefault(m => m.Letter.Subject.Contains(subjectPart, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found.Letter;
        throw new InvalidOperationException($"No mail to {to} about '{subjectPart}' came.");
    }

    /// <summary>Path and query of the first link in a mail's text.</summary>
    public static string LinkIn(Letter letter) => new Uri(Link().Match(letter.Text).Value).PathAndQuery;

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}

/// <summary>Finds forms as a shopper does.</summary>
public static class Forms
{
    /// <summary>The form in the page's content that posts to a path, or to the page itself.</summary>
    public static IElement Form(this IHtmlDocument page, string path) =>
        page.QuerySelectorAll("main form").FirstOrDefault(f => (f.GetAttribute("action") ?? new Uri(page.BaseUri).AbsolutePath) is var action && (action.Length == 0 || action == path || action.StartsWith(path + "?", StringComparison.Ordinal)))
        ?? throw new InvalidOperationException($"{page.BaseUri} has no form to {path}: {page.QuerySelector("main")?.InnerHtml}");

    public static string Content(this IHtmlDocument page) => page.QuerySelector("main")?.TextContent ?? "";
}
