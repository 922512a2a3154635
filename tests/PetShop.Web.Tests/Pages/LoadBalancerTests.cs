using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Pages;

/// <summary>What the shop makes of the headers in which a load balancer tells who asks.</summary>
public sealed class LoadBalancerTests
{
    // What the shopper's browser claims, then what the balancer saw.
    private const string Claimed = "203.0.113.9, 198.51.100.7";

    [Theory]
    // On its own machine a balancer is believed without the setting, too.
    [InlineData("ForwardedHeaders_Enabled=true", "198.51.100.7 https")]
    [InlineData("ForwardedHeaders_Enabled=false", "198.51.100.7 https")]
    public async Task The_last_address_counts_and_no_other_that_a_browser_may_have_made_up(string setting, string seen)
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [setting], b => b.Services.AddSingleton<IStartupFilter, Echo>());
        Assert.Equal(seen, await SeenAsync(server));
    }

    [Theory]
    [InlineData("ForwardedHeaders_Enabled=true", "198.51.100.7 https", true)]
    [InlineData("ForwardedHeaders_Enabled=false", "192.0.2.1 http", false)]
    public async Task A_balancer_on_another_machine_is_believed_with_the_setting_alone(string setting, string seen, bool secure)
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [setting], b =>
        {
            b.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, FarBalancer>());
            b.Services.AddSingleton<IStartupFilter, Echo>();
        });
        Assert.Equal(seen, await SeenAsync(server));
        using var page = await AskAsync(server, "/account/sign-in");
        var cookies = page.Headers.TryGetValues("Set-Cookie", out var set) ? set.ToList() : [];
        Assert.NotEmpty(cookies);
        Assert.All(cookies, c => Assert.Equal(secure, c.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<string> SeenAsync(ShopServer server)
    {
        using var answer = await AskAsync(server, "/test/who");
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> AskAsync(ShopServer server, string path)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", Claimed);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return await client.GetAsync(new Uri(path, UriKind.Relative));
    }

    private sealed class FarBalancer : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse("192.0.2.1");
                return rest(http);
            });
            next(app);
        };
    }

    private sealed class Echo : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Map("/test/who", who => who.Run(http => http.Response.WriteAsync($"{http.Connection.RemoteIpAddress} {http.Request.Scheme}")));
        };
    }
}
