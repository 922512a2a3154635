using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PetShop.TestHost;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Browsing;

/// <summary>One browser window on the shop, and what it complained about.</summary>
public sealed partial class Visit
{
    /// <summary>How long a condition may take on a machine that also does other things, in milliseconds.</summary>
    public const float PatienceMs = 20_000;

    private const int MostStops = 150;

    private readonly List<string> _complaints = [];

    public Visit(IPage page, ShopServer shop, Look look)
    {
        (Page, Shop, Look) = (page, shop, look);
        page.SetDefaultTimeout(PatienceMs);
        page.Console += (_, message) => Note(message.Type == "error" ? $"Console error on {page.Url}: {message.Text}" : null);
        page.PageError += (_, error) => Note($"Script error on {page.Url}: {error}");
        page.Request += (_, request) => Note(IsForeign(request.Url) ? $"{page.Url} asks a foreign host for {request.Url}" : null);
        page.Response += (_, answer) => Note(answer.Status >= 400 ? $"{answer.Request.Method} {answer.Url} answered {answer.Status}" : null);
    }

    public IPage Page { get; }
    public ShopServer Shop { get; }
    public Look Look { get; }

    /// <summary>Console errors, script errors, answers of 400 and more, and requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator this[string css] => Page.Locator(css);

    public Task OpenAsync(string path) => Page.GotoAsync(new Uri(Shop.Address, path).ToString());

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Rail(string placement) => Page.Locator($".rail[data-placement='{placement}']");

    /// <summary>Answers the question about remembering.</summary>
    public async Task AnswerAsync(bool agree)
    {
        await Button(agree ? "Yes, that’s fine" : "No, thank you").ClickAsync();
        await Expect(this[".consent"]).ToHaveCountAsync(0);
    }

    public async Task SignInAsync(string email)
    {
        await OpenAsync("/account/sign-in");
        await Page.GetByLabel("Mail address").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(TestDatabase.DemoPassword);
        await Button("Sign in").ClickAsync();
        await Expect(Page).Not.ToHaveURLAsync(SignInAddress());
    }

    /// <summary>Puts a product into the cart from its own page.</summary>
    public async Task PutIntoCartAsync(string productPath)
    {
        await OpenAsync(productPath);
        await Button("Put into the cart").ClickAsync();
        await Expect(this[".toast"].First).ToContainTextAsync("cart");
    }

    /// <summary>Ids of the products that stand in <paramref name="part"/> of the page, in order.</summary>
    public async Task<int[]> ProductsInAsync(string part) =>
        await Page.EvaluateAsync<int[]>("part => [...document.querySelectorAll(part + ' [data-product]')].map(e => Number(e.dataset.product))", part);

    /// <summary>Presses Tab until the element has the focus.</summary>
    public async Task TabToAsync(string css)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>("css => document.activeElement.matches(css)", css))
                return;
        }
        Assert.Fail($"{MostStops} presses of Tab on {Page.Url} did not reach {css}.");
    }

    /// <summary>A page that is meant to answer with an error status has one complaint less.</summary>
    public void Forgive(Predicate<string> complaint) => _complaints.RemoveAll(complaint);

    /// <summary>Where a failed journey stands, for its message.</summary>
    public async Task<string> DescribeAsync()
    {
        try
        {
            var text = Spaces().Replace(await Page.Locator("main").First.InnerTextAsync(new() { Timeout = 2_000 }), " ");
            return $"At {Page.Url}, which reads: {text[..Math.Min(text.Length, 700)]}\n{string.Join('\n', _complaints)}";
        }
        catch (PlaywrightException)
        {
            return $"At {Page.Url}.\n{string.Join('\n', _complaints)}";
        }
    }

    private void Note(string? complaint)
    {
        if (complaint is not null)
            _complaints.Add(complaint);
    }

    private bool IsForeign(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https" or "ws" or "wss") && address.Authority != Shop.Address.Authority;

    [GeneratedRegex("/account/sign-in")] private static partial Regex SignInAddress();
    [GeneratedRegex(@"\s+")] private static partial Regex Spaces();
}
