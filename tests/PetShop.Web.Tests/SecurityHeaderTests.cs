using PetShop.TestHost;

namespace PetShop.Web.Tests;

public sealed class SecurityHeaderTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Theory]
    [InlineData("/help")]
    [InlineData("/nowhere")]
    [InlineData("/css/base.css")]
    public async Task Every_answer_tells_browsers_to_take_scripts_from_the_shop_alone(string path)
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var response = await visitor.Client.GetAsync(path);
        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/help")]
    [InlineData("/account/sign-in")]
    public async Task Pages_hold_no_script_that_the_policy_would_block(string path)
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        var page = await visitor.GetAsync(path);
        Assert.All(page.QuerySelectorAll("script:not([type='application/ld+json']):not([type='application/json'])"),
            script => Assert.StartsWith("/", script.GetAttribute("src"), StringComparison.Ordinal));
        Assert.DoesNotContain(page.QuerySelectorAll("*").SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
    }
}
