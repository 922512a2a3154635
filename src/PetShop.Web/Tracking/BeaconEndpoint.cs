using System.Text.Json;
using Microsoft.Extensions.Options;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary><c>POST /t</c>: takes a page's reports and acknowledges them once they are committed.</summary>
public sealed class BeaconEndpoint(
    EventQueue queue, LiveHistories histories, DroppedEventCounter dropped, TrackingMetrics metrics, BeaconLimiter limiter, TimeProvider clock, IOptions<TrackingOptions> options)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken cancel)
    {
        var visitor = http.Visitor();
        if (!SameOrigin.Allows(http.Request))
            return Refuse(403, DropReason.OtherOrigin, "Only the shop's own pages may report.");
        if (visitor.RefusalReason is { } reason)
            return Refuse(403, reason, "Nothing is recorded for this visitor.");
        if (!limiter.TryTake(visitor.Id!.Value))
        {
            http.Response.Headers.RetryAfter = "60";
            return Refuse(429, DropReason.RateLimit, $"More than {options.Value.BeaconBatchesPerMinute} batches in a minute.");
        }
        if (await ReadBodyAsync(http.Request, cancel) is not { } body)
            return Refuse(413, DropReason.TooLarge, $"The body is larger than {options.Value.BeaconBytes} bytes.");
        var events = Parse(body, visitor, out var problem);
        return events is null ? Refuse(400, DropReason.Malformed, problem!) : await StoreAsync(http, visitor, events, cancel);
    }

    private async Task<IResult> StoreAsync(HttpContext http, Visitor visitor, List<ShopEvent> events, CancellationToken cancel)
    {
        var committed = queue.AddAcknowledged(events);
        try
        {
            if (committed is not null)
            {
                await committed.WaitAsync(options.Value.BeaconPatience, clock, cancel);
                foreach (var shopEvent in events.Where(e => e.DwellMs is null))
                    histories.Append(visitor, shopEvent);
                return Results.NoContent();
            }
            // Nothing is lost: the page keeps them, and those that found room are known again by their ids.
            metrics.Deferred(events.Count);
        }
        catch (TimeoutException)
        {
            // They may still be committed later; the same ids sent again change nothing.
        }
        http.Response.Headers.RetryAfter = "5";
        return Results.Json(new { reason = "Not stored yet; send the same events again." }, statusCode: 503);
    }

    private List<ShopEvent>? Parse(ReadOnlyMemory<byte> body, Visitor visitor, out string? problem)
    {
        try
        {
            return BeaconRules.Read(JsonSerializer.Deserialize(body.Span, BeaconJson.Default.BeaconBatch), visitor, clock.GetUtcNow(), options.Value.BeaconEvents, out problem);
        }
        catch (JsonException e)
        {
            problem = $"The body is not the JSON expected: {e.Path ?? "$"} at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
            return null;
        }
    }

    /// <summary>The body, or null when it is larger than allowed, whatever its header says.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancel)
    {
        var limit = options.Value.BeaconBytes;
        if (request.ContentLength > limit)
            return null;
        var buffer = new byte[limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length > limit ? null : buffer.AsMemory(0, length);
    }

    private IResult Refuse(int status, string reason, string text)
    {
        dropped.Count(reason);
        return Results.Json(new { reason = text }, statusCode: status);
    }
}
