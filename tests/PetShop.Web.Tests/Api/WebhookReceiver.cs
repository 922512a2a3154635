using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PetShop.Web.Api.Webhooks;

namespace PetShop.Web.Tests.Api;

/// <summary>Somebody's server on a loopback port, which takes messages and answers as a test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public sealed record Message(string Id, long Timestamp, string Signature, byte[] Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
        public JsonElement[] Transitions => [.. Json.GetProperty("data").GetProperty("transitions").EnumerateArray()];
        public long[] Ids => [.. Transitions.Select(t => t.GetProperty("id").GetInt64())];
        public bool IsSignedBy(string secret) => Signature.Split(' ').Contains(WebhookSignature.Of([secret], Id, Timestamp, Body));
    }

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    /// <summary>In the order they came.</summary>
    public ConcurrentQueue<Message> Messages { get; } = [];

    /// <summary>Answers with a status; runs after the message was taken.</summary>
    public Func<HttpContext, Task<int>> Answer { get; set; } = _ => Task.FromResult(204);

    public void Answers(HttpStatusCode status) => Answer = _ => Task.FromResult((int)status);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var headers = http.Request.Headers;
            receiver.Messages.Enqueue(new(headers["webhook-id"].ToString(), long.Parse(headers["webhook-timestamp"].ToString()), headers["webhook-signature"].ToString(), body.ToArray()));
            http.Response.StatusCode = await receiver.Answer(http);
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
