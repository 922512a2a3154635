using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Api.Keys;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Api;

/// <summary>A shop without background jobs, whose clock stands until a test moves it and whose lists may be of two.</summary>
public sealed class ApiShop : ShopFixture
{
    internal MovedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    protected override async Task<ShopServer> StartAsync() =>
        await ApiSteps.StartAsync(await TestDatabase.EmptyAsync(), Clock, ["Api:SmallestList=2", "Api:WrongKeysPerMinute=10000", "Api:RequestsPerMinute=100000"]);
}

/// <summary>What these tests ask of the API again and again.</summary>
internal static class ApiSteps
{
    public const string Buyers = """{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}}""";
    public const string DogHomes = """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"dog"}}""";

    public static Task<ShopServer> StartAsync(TestDatabase database, MovedClock clock, IEnumerable<string> settings, bool ownsDatabase = true) =>
        ShopServer.StartAsync(database, [.. TargetedShop.Settings, .. settings], builder => Configure(builder, clock), ownsDatabase);

    private static void Configure(WebApplicationBuilder builder, MovedClock clock)
    {
        TargetedShop.Configure(builder);
        builder.Services.RemoveAll<TimeProvider>();
        builder.Services.AddSingleton<TimeProvider>(clock);
    }

    public static async Task<T> WithAsync<TService, T>(this ShopServer server, Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A program with a key of these scopes; all of them unless some are named.</summary>
    public static async Task<HttpClient> ProgramAsync(this ShopServer server, params ApiScope[] scopes)
    {
        var key = await server.WithAsync<ApiKeys, string>(k => k.MakeAsync("test", [.. (scopes.Length > 0 ? scopes : ApiScope.All).Select(s => s.Name)], null, "tests", CancellationToken.None));
        return server.ProgramWith(key);
    }

    public static HttpClient ProgramWith(this ShopServer server, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public static Task<Reply> GetReplyAsync(this HttpClient program, string path) => program.AskAsync(HttpMethod.Get, path);

    public static async Task<Reply> AskAsync(this HttpClient program, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await program.SendAsync(request);
        Assert.False(response.Headers.Contains("Set-Cookie"), $"{method} {path} set a cookie.");
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.Tag, response.Content.Headers.ContentType?.MediaType, response.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value)));
    }

    public static string NewSegment(string key, string rule) => JsonSerializer.Serialize(new { key, name = key, rule = JsonDocument.Parse(rule).RootElement });

    public static string NewKey() => $"s-{Guid.NewGuid():N}"[..14];

    public static async Task<Guid> DogPersonAsync(this ShopServer server, bool consents = true)
    {
        var shopper = await server.AddShopperAsync(consents);
        await server.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().StoreAsync(shopper, new PetFacts { Species = "dog" });
        return shopper;
    }

    public static Task MembersAsync(this ShopServer server) => server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
}

/// <summary>An answer, read to its end.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, string? Tag, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement this[string name] => Json.GetProperty(name);

    /// <summary>The answer, which is one of success.</summary>
    public Reply Ok(HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Body}");
        return this;
    }

    /// <summary>The answer, which is a problem with words for people.</summary>
    public Reply Problem(int status, string code)
    {
        Assert.True((int)Status == status, $"{(int)Status} instead of {status}: {Body}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((status, code), (this["status"].GetInt32(), this["code"].GetString()));
        Assert.False(string.IsNullOrWhiteSpace(this["title"].GetString()));
        Assert.EndsWith(".", this["detail"].GetString(), StringComparison.Ordinal);
        return this;
    }

    public string[] FaultPlaces => [.. this["faults"].EnumerateArray().Select(f => f.GetProperty("place").GetString()!)];
}
