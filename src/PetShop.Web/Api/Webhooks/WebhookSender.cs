using System.Text.Json;
using Microsoft.Extensions.Options;
using PetShop.Data.Api;
using PetShop.Web.Api.Members;

namespace PetShop.Web.Api.Webhooks;

/// <summary>A message as receivers get it.</summary>
public sealed record WebhookMessage(string Type, DateTimeOffset Timestamp, WebhookMessage.Content Data)
{
    public const string OfTransitions = "segment.transitions";
    public const string OfTest = "webhook.test";

    public sealed record Content(IReadOnlyList<TransitionResource> Transitions);
}

/// <summary>Sends what waits, at least once: the answer of the receiver alone says that a message arrived.</summary>
public sealed partial class WebhookSender(
    WebhookQueue queue, WebhookClient client, WebhookSecrets secrets, Transitions transitions, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookSender> logger)
{
    private const int AtATime = 4;

    /// <summary>Sends everything that is due; one webhook's silence does not keep the others waiting.</summary>
    public async Task SendDueAsync(CancellationToken cancel)
    {
        var due = await queue.DueAsync(clock.GetUtcNow(), cancel);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancel }, async (webhook, stop) => await SendDueAsync(webhook, stop));
    }

    /// <summary>Sends one message now, whenever it is due.</summary>
    public async Task SendAsync(Guid delivery, CancellationToken cancel)
    {
        if (await queue.TakeAsync(delivery, clock.GetUtcNow(), options.Value.TakenFor, cancel) is { } taken)
            await AttemptAsync(taken, cancel);
    }

    /// <summary>The id a message has on all its attempts.</summary>
    public static string IdOf(Guid delivery) => $"msg_{delivery:N}";

    // Where one message fails the next would, too: the rest wait for the next look.
    private async Task SendDueAsync(int webhook, CancellationToken cancel)
    {
        for (var i = 0; i < options.Value.InARow; i++)
            if (await queue.TakeAsync(webhook, clock.GetUtcNow(), options.Value.TakenFor, cancel) is not { } taken || !await AttemptAsync(taken, cancel))
                return;
    }

    /// <returns>Whether the webhook may be sent more.</returns>
    private async Task<bool> AttemptAsync(TakenDelivery taken, CancellationToken cancel)
    {
        var told = taken.IsTest ? [] : await transitions.NamedAsync(taken.Transitions, cancel);
        if (told.Count == 0 && !taken.IsTest)
        {
            await queue.MarkAsync(taken.Id, DeliveryState.Dropped, new(null, "Everyone it spoke of was erased."), null, cancel);
            return true;
        }
        var answer = await PostAsync(taken, told, cancel);
        if (answer.Problem is not null)
        {
            await FailedAsync(taken, answer, cancel);
            return false;
        }
        await queue.MarkAsync(taken.Id, DeliveryState.Delivered, answer, null, cancel);
        await queue.WorksAsync(taken.WebhookId, cancel);
        return true;
    }

    private async Task<WebhookAnswer> PostAsync(TakenDelivery taken, List<TransitionResource> told, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (secrets.Open(taken.Secret, taken.FormerSecret, taken.FormerUntil, now) is not { } keys)
            return new(null, "Its secret cannot be opened any more, for the shop's keys were lost. Give it a new secret.");
        var message = new WebhookMessage(taken.IsTest ? WebhookMessage.OfTest : WebhookMessage.OfTransitions, taken.CreatedAt, new(told));
        return await client.PostAsync(new(taken.Url), IdOf(taken.Id), now, keys, JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), cancel);
    }

    private async Task FailedAsync(TakenDelivery taken, WebhookAnswer answer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var isGone = answer.Status == StatusCodes.Status410Gone;
        var next = taken.IsTest || isGone ? null : WebhookRetry.Next(options.Value, taken.Attempts, taken.CreatedAt, now, answer.NotBefore, Random.Shared.NextDouble());
        await queue.MarkAsync(taken.Id, next is null ? DeliveryState.GivenUp : DeliveryState.Waiting, answer, next, cancel);
        if (taken.IsTest)
            return;
        await queue.FailsAsync(taken.WebhookId, now, cancel);
        if (isGone)
            await DisableAsync(taken.WebhookId, answer.Problem!, cancel);
        else if (now - taken.FailingSince >= options.Value.GiveUpAfter)
            await DisableAsync(taken.WebhookId, $"It took no message for {options.Value.GiveUpAfter.TotalHours:0} hours. The last time: {answer.Problem}", cancel);
    }

    private async Task DisableAsync(int webhook, string because, CancellationToken cancel)
    {
        await queue.DisableAsync(webhook, because, cancel);
        LogDisabled(webhook, because);
    }

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} is switched off: {Because}")]
    private partial void LogDisabled(int webhook, string because);
}
