using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Api;

public sealed class ApiPageTests(ApiShop shop) : IClassFixture<ApiShop>
{
    [Fact]
    public async Task An_administrator_makes_a_key_sees_it_once_and_revokes_it()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("administrator");
        var page = await staff.GetAsync("/admin/api");
        page = await staff.SubmitAsync(page.QuerySelector("#new-key")!, ("Input.Name", ""));
        Assert.Contains("Say what the key is for", page.QuerySelector("#new-key")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tick what the key may do", page.QuerySelector("#new-key")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.QuerySelector("#new-key")!, ("Input.Name", "Newsletter"), ("Input.Scopes", "segments:read"), ("Input.Days", "30"));
        var key = page.QuerySelector(".api-secret code")!.TextContent;
        Assert.Matches(new Regex("^psk_[0-9a-f]{8}_[0-9a-f]{64}$"), key);
        using var program = server.ProgramWith(key);
        (await program.GetReplyAsync("/api/v1/segments")).Ok();
        (await program.GetReplyAsync("/api/v1/webhooks")).Problem(403, "scope_missing");
        page = await staff.GetAsync("/admin/api");
        Assert.DoesNotContain(key, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var row = page.QuerySelectorAll(".api-keys tbody tr").Single(r => r.TextContent.Contains(key[..12], StringComparison.Ordinal));
        Assert.Contains("until 20 Dec 2026", row.TextContent, StringComparison.Ordinal);
        await staff.SubmitAsync(row.QuerySelector("form")!);
        (await program.GetReplyAsync("/api/v1/segments")).Problem(401, "no_key");
    }

    [Fact]
    public async Task A_webhook_is_made_tested_resent_given_a_new_secret_and_deleted_on_its_page()
    {
        var server = await shop.ServerAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await server.AddSegmentAsync("page-dogs", ApiSteps.DogHomes);
        using var staff = server.SignedIn("administrator");
        var page = await staff.SubmitAsync((await staff.GetAsync("/admin/api/webhooks/new")).QuerySelector("#webhook")!, ("Input.Name", "Letters"), ("Input.Url", "ftp://x"));
        Assert.Contains("no web address", page.QuerySelector("#webhook")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.QuerySelector("#webhook")!, ("Input.Url", receiver.Url), ("Input.Segments", "page-dogs"));
        var secret = page.QuerySelector(".api-secret code")!.TextContent;
        Assert.Contains("while it is off is not told later", page.QuerySelector("#webhook")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(page.QuerySelector("#test")!);
        var message = Assert.Single(receiver.Messages);
        Assert.True(message.IsSignedBy(secret));
        Assert.Equal("webhook.test", message.Json.GetProperty("type").GetString());
        Assert.Contains("The test arrived: the answer was 204", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        receiver.Answers(HttpStatusCode.InternalServerError);
        page = await staff.SubmitAsync(page.QuerySelector("form[action*='handler=Resend']")!);
        Assert.Contains("It did not arrive. It answered 500.", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(message.Id, receiver.Messages.Last().Id);
        receiver.Answers(HttpStatusCode.OK);
        page = await staff.SubmitAsync(page.QuerySelector("#rotate")!);
        var renewed = page.QuerySelector(".api-secret code")!.TextContent;
        page = await staff.SubmitAsync(page.QuerySelector("form[action*='handler=Resend']")!);
        Assert.True(receiver.Messages.Last().IsSignedBy(secret) && receiver.Messages.Last().IsSignedBy(renewed));
        page = await staff.SubmitAsync(page.QuerySelector("#delete form")!);
        Assert.DoesNotContain("Letters", page.QuerySelector("main")!.TextContent.Replace("“Letters” is deleted", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_are_managed_by_the_api_as_well_and_every_message_is_logged()
    {
        var server = await shop.ServerAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await server.ProgramAsync(ApiScope.ManageWebhooks);
        var made = (await program.AskAsync(HttpMethod.Post, "/api/v1/webhooks", $$"""{"name":"a","url":"{{receiver.Url}}"}""")).Ok(HttpStatusCode.Created);
        var path = made.Headers["Location"];
        Assert.DoesNotContain("whsec", (await program.GetReplyAsync(path)).Ok().Body + (await program.GetReplyAsync("/api/v1/webhooks")).Ok().Body, StringComparison.Ordinal);
        Assert.Equal(["$.name", "$.url", "$.onEntry", "$.segments"], (await program.AskAsync(HttpMethod.Put, path, """{"name":" ","url":"x","onEntry":false,"onExit":false,"segments":["not-there"]}""")).Problem(422, "unsound").FaultPlaces);
        Assert.False((await program.AskAsync(HttpMethod.Put, path, $$"""{"name":"b","url":"{{receiver.Url}}","onExit":false}""")).Ok()["onExit"].GetBoolean());
        receiver.Answers(HttpStatusCode.BadGateway);
        var test = (await program.AskAsync(HttpMethod.Post, path + "/test")).Ok();
        Assert.Equal(("given-up", 502, true), (test["state"].GetString(), test["answer"].GetInt32(), test["isTest"].GetBoolean()));
        receiver.Answers(HttpStatusCode.OK);
        Assert.Equal("delivered", (await program.AskAsync(HttpMethod.Post, $"{path}/deliveries/{test["id"].GetGuid()}/resend")).Ok()["state"].GetString());
        shop.Clock.Now += TimeSpan.FromSeconds(1);
        await program.AskAsync(HttpMethod.Post, path + "/test");
        var first = (await program.GetReplyAsync(path + "/deliveries?limit=1")).Ok();
        var second = (await program.GetReplyAsync($"{path}/deliveries?limit=1&cursor={first["next"].GetString()}")).Ok();
        Assert.Equal((test["id"].GetGuid(), false), (second["items"][0].GetProperty("id").GetGuid(), second["hasMore"].GetBoolean()));
        Assert.NotEqual(test["id"].GetGuid(), first["items"][0].GetProperty("id").GetGuid());
        (await program.AskAsync(HttpMethod.Post, $"{path}/deliveries/{Guid.NewGuid()}/resend")).Problem(404, "no_such_delivery");
        Assert.Equal(HttpStatusCode.NoContent, (await program.AskAsync(HttpMethod.Delete, path)).Status);
        (await program.GetReplyAsync(path)).Problem(404, "no_such_webhook");
        (await program.GetReplyAsync(path + "/deliveries")).Problem(404, "no_such_webhook");
        (await program.AskAsync(HttpMethod.Post, path + "/secret")).Problem(404, "no_such_webhook");
    }
}
