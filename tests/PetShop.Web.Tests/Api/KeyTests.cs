using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Api;
using PetShop.TestHost;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Api;

public sealed class KeyTests(ApiShop shop) : IClassFixture<ApiShop>
{
    [Fact]
    public async Task Every_operation_asks_for_its_own_scope_and_takes_no_other()
    {
        var server = await shop.ServerAsync();
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();
        Assert.True(endpoints.Count >= 20, $"Only {endpoints.Count} operations found.");
        using var stranger = server.ProgramWith(null);
        foreach (var holder in ApiScope.All)
        {
            using var program = await server.ProgramAsync(holder);
            foreach (var endpoint in endpoints)
            {
                var needed = endpoint.Metadata.GetMetadata<ApiScope>();
                var (method, path) = (new HttpMethod(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]), Filled(endpoint.RoutePattern.RawText!));
                Assert.True(needed is not null, $"{method} {path} asks for no scope.");
                var answer = await program.AskAsync(method, path, method == HttpMethod.Get ? null : "{}");
                if (needed != holder)
                    answer.Problem(403, "scope_missing");
                else
                    Assert.True(answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)answer.Status < 500, $"{method} {path} with {holder.Name}: {answer.Status} {answer.Body}");
                (await stranger.AskAsync(method, path, method == HttpMethod.Get ? null : "{}")).Problem(401, "no_key");
            }
        }
    }

    [Fact]
    public async Task A_key_is_stored_as_a_hash_and_does_not_count_once_it_is_revoked_expired_or_changed_by_a_letter()
    {
        var server = await shop.ServerAsync();
        var text = await server.WithAsync<ApiKeys, string>(k => k.MakeAsync("short", ["segments:read"], shop.Clock.Now.AddHours(1), "tests", CancellationToken.None));
        var key = await server.WithDbAsync(db => db.ApiKeys.AsNoTracking().SingleAsync(k => k.Prefix == text.Substring(0, 12)));
        Assert.Equal(32, key.Hash.Length);
        Assert.DoesNotContain(text[13..], System.Text.Json.JsonSerializer.Serialize(key), StringComparison.Ordinal);
        await AnswersAsync(server, text, 200);
        await AnswersAsync(server, text[..^1] + (text[^1] == '0' ? '1' : '0'), 401, "not known");
        await AnswersAsync(server, "psk_short", 401, "looks like");
        shop.Clock.Now += TimeSpan.FromHours(1);
        await AnswersAsync(server, text, 401, "has expired");
        var other = await server.WithAsync<ApiKeys, string>(k => k.MakeAsync("other", ["segments:read"], null, "tests", CancellationToken.None));
        await AnswersAsync(server, other, 200);
        var id = await server.WithDbAsync(db => db.ApiKeys.Where(k => k.Prefix == other.Substring(0, 12)).Select(k => k.Id).SingleAsync());
        Assert.True(await server.WithAsync<ApiKeys, bool>(k => k.RevokeAsync(id, "tests", CancellationToken.None)));
        await AnswersAsync(server, other, 401, "was revoked");
        Assert.False(await server.WithAsync<ApiKeys, bool>(k => k.RevokeAsync(id, "tests", CancellationToken.None)));
        Assert.Equal(2, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Subject == $"key {other.Substring(0, 12)}")));
    }

    [Fact]
    public async Task The_last_use_is_written_once_an_hour()
    {
        var server = await shop.ServerAsync();
        var text = await server.WithAsync<ApiKeys, string>(k => k.MakeAsync("busy", ["segments:read"], null, "tests", CancellationToken.None));
        var first = shop.Clock.Now;
        await AnswersAsync(server, text, 200);
        shop.Clock.Now += TimeSpan.FromMinutes(59);
        await AnswersAsync(server, text, 200);
        Assert.Equal(first, (await KeyAsync(server, text)).LastUsedAt);
        shop.Clock.Now += TimeSpan.FromMinutes(1);
        await AnswersAsync(server, text, 200);
        Assert.Equal(shop.Clock.Now, (await KeyAsync(server, text)).LastUsedAt);
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_how_long_to_wait_and_no_other_key_waits()
    {
        await using var server = await ApiSteps.StartAsync(await TestDatabase.EmptyAsync(), new(shop.Clock.Now), ["Api:RequestsPerMinute=3", "Api:WrongKeysPerMinute=2"]);
        using var program = await server.ProgramAsync(ApiScope.ReadSegments, ApiScope.EvaluateVisitors);
        for (var i = 0; i < 3; i++)
            (await program.GetReplyAsync("/api/v1/segments")).Ok();
        var refused = (await program.GetReplyAsync("/api/v1/segments")).Problem(429, "too_many");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 60);
        (await program.AskAsync(HttpMethod.Post, "/api/v1/visitors/evaluate", "{}")).Ok();
        using var other = await server.ProgramAsync(ApiScope.ReadSegments);
        (await other.GetReplyAsync("/api/v1/segments")).Ok();
        for (var i = 0; i < 2; i++)
            await AnswersAsync(server, $"psk_00000000_{new string('0', 64)}", 401, "not known");
        using var guesser = server.ProgramWith($"psk_00000000_{new string('0', 64)}");
        Assert.InRange(int.Parse((await guesser.GetReplyAsync("/api/v1/segments")).Problem(429, "wrong_keys").Headers["Retry-After"]), 1, 60);
    }

    [Fact]
    public async Task Neither_the_cookie_of_a_member_of_staff_nor_another_site_gets_in()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("administrator");
        using var answer = await staff.Client.GetAsync("/api/v1/segments");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var program = await server.ProgramAsync(ApiScope.ReadSegments);
        var crossed = await program.AskAsync(HttpMethod.Get, "/api/v1/segments", null, ("Origin", "https://elsewhere.example"));
        Assert.DoesNotContain(crossed.Ok().Headers.Keys, h => h.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        (await program.AskAsync(HttpMethod.Options, "/api/v1/segments", null, ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "GET"))).Problem(405, "no_such_method");
        (await program.GetReplyAsync("/api/v2/anything")).Problem(404, "no_such_operation");
    }

    private static Task<ApiKey> KeyAsync(ShopServer server, string text) => server.WithDbAsync(db => db.ApiKeys.AsNoTracking().SingleAsync(k => k.Prefix == text.Substring(0, 12)));

    private static async Task AnswersAsync(ShopServer server, string key, int status, string words = "")
    {
        using var program = server.ProgramWith(key);
        var answer = await program.GetReplyAsync("/api/v1/segments");
        if (status == 200)
            answer.Ok();
        else
            Assert.Contains(words, answer.Problem(status, "no_key")["detail"].GetString(), StringComparison.Ordinal);
    }

    private static string Filled(string pattern) => pattern.Replace("{key}", "nobody", StringComparison.Ordinal).Replace("{id:int}", "999999", StringComparison.Ordinal)
        .Replace("{shopperId:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{deliveryId:guid}", Guid.Empty.ToString(), StringComparison.Ordinal);
}
