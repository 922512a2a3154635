using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Api;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Makes and edits webhooks, for the API and for the admin pages alike; every change is written down.</summary>
public sealed class WebhookDesk(PetShopDb db, WebhookSecrets secrets, WebhookSender sender, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private const int LongestName = 80;

    /// <returns>The secret, shown this once; null with the faults when it was not made.</returns>
    public async Task<(Webhook? Made, string Secret, IReadOnlyList<Fault> Faults)> MakeAsync(WebhookEdit edit, string who, CancellationToken cancel)
    {
        var (segments, faults) = await CheckAsync(edit, cancel);
        if (faults.Count > 0)
            return (null, "", faults);
        var secret = WebhookSignature.NewSecret();
        var webhook = db.Webhooks.Add(new() { Name = edit.Name.Trim(), Url = edit.Url, Secret = secrets.Seal(secret), CreatedAt = clock.GetUtcNow(), CreatedBy = who }).Entity;
        Apply(edit, segments, webhook);
        await db.SaveChangesAsync(cancel);
        await NoteAsync(webhook, "webhook made", who, cancel);
        return (webhook, secret, []);
    }

    /// <summary>Edits a webhook that this context tracks; switching it on again forgets why it was off.</summary>
    public async Task<IReadOnlyList<Fault>> EditAsync(Webhook webhook, WebhookEdit edit, string who, CancellationToken cancel)
    {
        var (segments, faults) = await CheckAsync(edit, cancel);
        if (faults.Count > 0)
            return faults;
        if (edit.IsActive && !webhook.IsActive)
            (webhook.FailingSince, webhook.DisabledBecause) = (null, null);
        Apply(edit, segments, webhook);
        await NoteAsync(webhook, "webhook edited", who, cancel);
        return [];
    }

    public async Task DeleteAsync(Webhook webhook, string who, CancellationToken cancel)
    {
        db.Webhooks.Remove(webhook);
        await NoteAsync(webhook, "webhook deleted", who, cancel);
    }

    /// <summary>Gives it a new secret, shown this once.</summary>
    public async Task<string> RotateAsync(Webhook webhook, string who, CancellationToken cancel)
    {
        var secret = secrets.Rotate(webhook, options.Value.FormerSecretKept, clock.GetUtcNow());
        await NoteAsync(webhook, "webhook given a new secret", who, cancel);
        return secret;
    }

    /// <summary>Sends a message that tells nothing, once, and says what came of it.</summary>
    public async Task<WebhookDelivery> TestAsync(Webhook webhook, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var delivery = db.WebhookDeliveries.Add(new() { Id = Guid.CreateVersion7(now), WebhookId = webhook.Id, CreatedAt = now, NextAttemptAt = now }).Entity;
        await db.SaveChangesAsync(cancel);
        await sender.SendAsync(delivery.Id, cancel);
        await db.Entry(delivery).ReloadAsync(cancel);
        return delivery;
    }

    /// <summary>Sends a message again now, under the id it had; null when there is no such message.</summary>
    public async Task<WebhookDelivery?> ResendAsync(int webhookId, Guid id, CancellationToken cancel)
    {
        if (await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == id && d.WebhookId == webhookId, cancel) is not { } delivery)
            return null;
        (delivery.State, delivery.Attempts, delivery.NextAttemptAt) = (DeliveryState.Waiting, 0, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await sender.SendAsync(id, cancel);
        await db.Entry(delivery).ReloadAsync(cancel);
        return delivery;
    }

    /// <summary>Webhooks as they are shown, with the keys of their segments.</summary>
    public async Task<IReadOnlyList<WebhookResource>> ShowAsync(IReadOnlyList<Webhook> webhooks, CancellationToken cancel)
    {
        var ids = webhooks.SelectMany(w => w.SegmentIds).Distinct().ToList();
        var keys = await db.Segments.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Slug, cancel);
        return [.. webhooks.Select(w => new WebhookResource
        {
            Id = w.Id, Name = w.Name, Url = w.Url, Segments = [.. w.SegmentIds.Where(keys.ContainsKey).Select(i => keys[i])], OnEntry = w.OnEntry, OnExit = w.OnExit, IsActive = w.IsActive,
            FailingSince = w.FailingSince, DisabledBecause = w.DisabledBecause, CreatedAt = w.CreatedAt,
        })];
    }

    private async Task<(int[] Segments, List<Fault> Faults)> CheckAsync(WebhookEdit edit, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        if (!Phrases.IsName(edit.Name) || edit.Name.Length > LongestName)
            faults.Add(new("$.name", "The name is missing, too long, or cannot be seen.", $"Give it 1 to {LongestName} letters."));
        if (WebhookAddress.Wrong(edit.Url, options.Value) is { } wrong)
            faults.Add(wrong);
        if (!edit.OnEntry && !edit.OnExit)
            faults.Add(new("$.onEntry", "It would be told of nothing.", "Ask for entries, exits or both."));
        var keys = edit.Segments.Distinct().ToList();
        if (keys.Exists(k => k.Contains('\0', StringComparison.Ordinal)))
            return ([], [.. faults, new("$.segments", "A key holds a zero character.", "Use keys of segments that are there, or none for all.")]);
        var ids = await db.Segments.Where(s => keys.Contains(s.Slug)).ToDictionaryAsync(s => s.Slug, s => s.Id, cancel);
        faults.AddRange(keys.Where(k => !ids.ContainsKey(k)).Select(k => new Fault("$.segments", $"There is no segment '{k}'.", "Use keys of segments that are there, or none for all.")));
        return ([.. ids.Values.Order()], faults);
    }

    private static void Apply(WebhookEdit edit, int[] segments, Webhook webhook) =>
        (webhook.Name, webhook.Url, webhook.SegmentIds, webhook.OnEntry, webhook.OnExit, webhook.IsActive) = (edit.Name.Trim(), edit.Url, segments, edit.OnEntry, edit.OnExit, edit.IsActive);

    private async Task NoteAsync(Webhook webhook, string action, string who, CancellationToken cancel)
    {
        db.AuditEntries.Add(new() { At = clock.GetUtcNow(), Actor = who, Action = action, Subject = $"webhook {webhook.Id}, {webhook.Name}" });
        await db.SaveChangesAsync(cancel);
    }
}
