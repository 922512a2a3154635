using Microsoft.Extensions.Options;
using PetShop.Web.Targeting;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Sends what waits, look after look; on every replica, for each message is taken by one of them.</summary>
public sealed class WebhookJob(
    WebhookSender sender, WebhookQueue queue, IOptions<WebhookOptions> webhooks, IOptions<ApiOptions> api, IOptions<TargetingOptions> targeting, TimeProvider clock, ILogger<WebhookJob> logger)
    : RecurringJob(targeting, clock, logger, "webhooks", webhooks.Value.Interval)
{
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);
    private DateTimeOffset _cleanedAt = DateTimeOffset.MinValue;

    public override async Task RunAsync(CancellationToken cancel)
    {
        await sender.SendDueAsync(cancel);
        var now = Clock.GetUtcNow();
        if (now - _cleanedAt < BetweenCleanings)
            return;
        await queue.ForgetAsync(now - webhooks.Value.LogKept, now - api.Value.RepeatsKnown, cancel);
        _cleanedAt = now;
    }
}
