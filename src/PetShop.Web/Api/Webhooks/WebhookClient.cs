using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Api.Webhooks;

/// <summary>What came of one attempt.</summary>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="Problem">Null when the message arrived.</param>
/// <param name="NotBefore">How long the receiver asks to wait.</param>
public sealed record WebhookAnswer(int? Status, string? Problem, TimeSpan? NotBefore = null);

/// <summary>Posts messages to addresses that strangers name: follows no redirect, keeps no cookie, goes by no proxy and into no private network, and waits for no long answer.</summary>
public sealed class WebhookClient : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private readonly WebhookOptions _options;
    private readonly HttpClient _http;

    public WebhookClient(IOptions<WebhookOptions> options)
    {
        _options = options.Value;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = ConnectAsync, ConnectTimeout = ConnectPatience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), MaxResponseHeadersLength = 16, MaxResponseDrainSize = 16 * 1024,
        };
        _http = new(handler) { Timeout = _options.Patience };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("PetShop-Webhooks/1");
    }

    public async Task<WebhookAnswer> PostAsync(Uri address, string id, DateTimeOffset at, IEnumerable<string> secrets, byte[] body, CancellationToken cancel)
    {
        var timestamp = at.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(secrets, id, timestamp, body));
        try
        {
            // What the answer says beside its status is not read.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return new((int)response.StatusCode, Words(response.StatusCode), Wait(response.Headers.RetryAfter, at));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, $"There was no answer within {_options.Patience.TotalSeconds:0.#} seconds.");
        }
        catch (HttpRequestException e)
        {
            return new(null, Words(e));
        }
    }

    public void Dispose() => _http.Dispose();

    // A name is looked up here and not before: one that led outside a moment ago may lead inside now.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = _options.AllowPrivateAddresses ? addresses : [.. addresses.Where(WebhookAddress.IsPublic)];
        if (allowed.Length == 0)
            throw new HttpRequestException($"{host} leads into a network of its own, where messages are not sent.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string? Words(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => $"It answered {(int)status}, a redirect, which is not followed. Give the address it leads to.",
        410 => "It answered 410: nobody is there any more.",
        _ => $"It answered {(int)status}.",
    };

    private static string Words(HttpRequestException error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
                return $"It could not be reached: {socket.Message}.";
            if (e is AuthenticationException)
                return "Its certificate is not one that can be trusted.";
        }
        return error.Message;
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now) => header?.Delta ?? (header?.Date is { } date && date > now ? date - now : null);
}
