using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Tracking;

/// <summary>A shop that writes events quickly, with a page that only records, and shoppers signed in by a header.</summary>
public sealed class TrackedShop : ShopFixture
{
    public static readonly string[] Settings =
    [
        "Tracking:FlushInterval=00:00:00.020", "Tracking:HistoryRefresh=00:00:01", "Tracking:BeaconPatience=00:00:01.500", "Tracking:BeaconBatchesPerMinute=40",
    ];

    protected override async Task<ShopServer> StartAsync() =>
        await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), Settings, Configure);

    public static void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter, TestPages>();

    /// <summary>Adds <c>/test/view/{product}</c>, <c>/test/history</c> and sign-in by the header <c>X-Shopper</c>.</summary>
    private sealed class TestPages : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (http.Request.Headers["X-Shopper"].ToString() is { Length: > 0 } id)
                    http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Name, $"{id}@example.com"), new(ClaimTypes.Role, http.Request.Headers["X-Role"].ToString())], "test"));
                return rest(http);
            });
            next(app);
            app.Map("/test/view", view => view.Run(http =>
            {
                http.RequestServices.GetRequiredService<EventRecorder>().Record(EventType.ProductViewed, int.Parse(http.Request.Path.Value![1..]));
                return http.Response.WriteAsync("seen");
            }));
            app.Map("/test/history", history => history.Run(async http =>
            {
                var events = (await http.RequestServices.GetRequiredService<LiveHistories>().GetAsync(http.Visitor(), http.RequestAborted)).Events;
                await http.Response.WriteAsync(string.Join(",", events.Select(e => e.ProductId)));
            }));
        };
    }
}

/// <summary>What these tests ask of a served shop again and again.</summary>
public static class TrackedShopSteps
{
    public static async Task<TestVisitor> ConsentingVisitorAsync(this ShopServer shop, Guid? shopper = null)
    {
        var visitor = shop.NewVisitor(c => { if (shopper is { } id) c.DefaultRequestHeaders.Add("X-Shopper", id.ToString()); });
        await visitor.AnswerAsync("accept");
        (await visitor.Client.GetAsync("/test/history")).EnsureSuccess();
        return visitor;
    }

    public static async Task AnswerAsync(this TestVisitor visitor, string answer, params string[] purposes)
    {
        using var response = await visitor.Client.PostAsync("/privacy/consent", new FormUrlEncodedContent(
            [new("answer", answer), new("returnUrl", "/privacy"), .. purposes.Select(p => KeyValuePair.Create(p, "on"))]));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/privacy", response.Headers.Location!.ToString());
    }

    public static async Task ViewAsync(this TestVisitor visitor, int product) =>
        (await visitor.Client.GetAsync($"/test/view/{product}")).EnsureSuccess().Dispose();

    public static Task<string> HistoryAsync(this TestVisitor visitor) => visitor.Client.GetStringAsync("/test/history");

    public static Guid? IdOf(this TestVisitor visitor) =>
        VisitorToken.Parse(visitor.Cookies.GetCookies(visitor.Client.BaseAddress!)[VisitorCookies.Visitor]?.Value)?.Id;

    public static async Task<Guid> AddShopperAsync(this ShopServer shop, bool consents = true)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var id = Guid.CreateVersion7();
        db.Shoppers.Add(new Shopper
        {
            Id = id, UserName = $"{id}@example.com", NormalizedUserName = $"{id}@EXAMPLE.COM".ToUpperInvariant(), Email = $"{id}@example.com",
            FirstName = "Ada", RegisteredAt = DateTimeOffset.UnixEpoch,
            ConsentAnalytics = consents, ConsentPersonalisation = consents, ConsentPrices = consents,
        });
        await db.SaveChangesAsync();
        return id;
    }

    public static async Task<T> ScalarAsync<T>(this ShopServer shop, string sql, params object[] values)
    {
        await using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Asks until the answer is the one expected, for at most ten seconds.</summary>
    public static async Task EventuallyAsync(this ShopServer shop, long expected, string sql, params object[] values)
    {
        long actual = -1;
        for (var i = 0; i < 200 && actual != expected; i++)
        {
            if (i > 0)
                await Task.Delay(50);
            actual = await shop.ScalarAsync<long>(sql, values);
        }
        Assert.Equal(expected, actual);
    }
}
