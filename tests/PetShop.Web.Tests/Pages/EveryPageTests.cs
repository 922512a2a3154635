using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Checkout;
using PetShop.Web.Seeding;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Pages;

/// <summary>A demo shop under a name of its own.</summary>
public sealed class NamedShop : ShopFixture
{
    public const string Name = "Rosie and Rex";

    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.DemoAsync(), [$"Shop:Name={Name}", "Mail:FromAddress=rosie@example.com"]);
}

public sealed class EveryPageTests(NamedShop shop) : IClassFixture<NamedShop>
{
    private const string DemoSentence = "PetShop is open-source software; this is its demonstration shop, and it sends no parcels.";

    [Fact]
    public async Task Every_page_leads_to_privacy_and_bears_the_name_of_the_shop()
    {
        var server = await shop.ServerAsync();
        using var stranger = server.NewVisitor();
        using var administrator = server.NewVisitor();
        await BuyingShop.SignInAsync(administrator, DemoStaff.Administrator, TestDatabase.DemoPassword);
        var paths = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.RoutePattern.Parameters.All(p => p.IsOptional))
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/').Split("/{")[0].Split('{')[0]).Append("/shop/dog").Append("/shop/dog/dog-dry-food").Append("/admin/segments/1").Distinct();
        var (shopPages, adminPages) = (0, 0);
        foreach (var path in paths)
        {
            using var answer = await (path.StartsWith("/admin", StringComparison.Ordinal) || path.StartsWith("/account", StringComparison.Ordinal) ? administrator : stranger).Client.GetAsync(path);
            if ((int)answer.StatusCode is >= 300 and < 400 || answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = await stranger.ParseAsync(answer);
            Assert.True(page.QuerySelector("a[href='/privacy']") is not null, $"{path} has no link to /privacy");
            Assert.True(page.Title!.Contains(NamedShop.Name, StringComparison.Ordinal), $"{path} is titled {page.Title}");
            Assert.True(page.QuerySelectorAll(".logo").All(l => l.TextContent.Trim() == NamedShop.Name), $"{path} has another name beside its sign");
            if (path.StartsWith("/admin", StringComparison.Ordinal))
            {
                adminPages++;
                continue;
            }
            shopPages++;
            Assert.DoesNotContain("hello@petshop.example", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.False(page.Body.TextContent.Replace(DemoSentence, "", StringComparison.Ordinal).Contains("PetShop", StringComparison.Ordinal) && path != "/api/docs", $"{path} speaks of PetShop");
        }
        Assert.True(shopPages >= 20 && adminPages >= 20, $"Only {shopPages} pages of the shop and {adminPages} of the admin area were looked at.");
    }

    [Fact]
    public async Task The_demonstration_says_what_it_is_and_help_names_every_way_to_pay_that_there_is()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        await visitor.GetAsync("/");
        var page = await visitor.GetAsync("/help");
        Assert.Contains(DemoSentence, page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
        var gateways = server.Services.GetServices<IPaymentGateway>().ToList();
        Assert.Equal(3, gateways.Count);
        Assert.Equal(gateways.Select(g => $"{g.Name}. {g.Hint}"), page.QuerySelectorAll("#payment + ul li").Select(li => li.TextContent));
    }

    [Fact]
    public async Task What_broke_leads_to_privacy_too()
    {
        using var visitor = (await shop.ServerAsync()).NewVisitor();
        using var answer = await visitor.Client.GetAsync("/error");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull((await visitor.ParseAsync(answer)).QuerySelector("a[href='/privacy']"));
    }
}
