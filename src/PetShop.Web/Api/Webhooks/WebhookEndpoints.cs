using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Api;
using PetShop.Web.Api.Keys;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Manages webhooks and shows what became of their messages.</summary>
public static class WebhookEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").RequireScope(ApiScope.ManageWebhooks);
        webhooks.MapGet("", ListAsync).Fails().Tells("listWebhooks", "List webhooks", "All of them, in the order they were made.").Shows(null, Samples.Webhooks);
        webhooks.MapPost("", MakeAsync).Fails(400, 415, 422)
            .Tells("makeWebhook", "Make a webhook", "From now on entries and exits are posted to its address, at most 100 a message, signed by the scheme of Standard Webhooks with the secret in the answer.").Shows(Samples.WebhookEdit, Samples.WebhookWithSecret);
        webhooks.MapGet("/{id:int}", GetAsync).Fails(404).Tells("getWebhook", "See one webhook", "Its secret is not shown again.").Shows(null, Samples.Webhook);
        webhooks.MapPut("/{id:int}", EditAsync).Fails(400, 404, 415, 422)
            .Tells("editWebhook", "Edit a webhook", "The whole webhook as it shall be. With isActive true one that was switched off is tried again, and what waits for it is sent.").Shows(Samples.WebhookEdit, Samples.Webhook);
        webhooks.MapDelete("/{id:int}", DeleteAsync).Fails(404).Tells("deleteWebhook", "Delete a webhook", "With the log of its messages, and those that wait.").Shows(null, null);
        webhooks.MapPost("/{id:int}/secret", RotateAsync).Fails(404)
            .Tells("rotateSecret", "Give a webhook a new secret", "For a day messages carry two signatures, by the new secret and by the one before, so that you can change over without losing any.").Shows(null, Samples.WebhookWithSecret);
        webhooks.MapPost("/{id:int}/test", TestAsync).Fails(404)
            .Tells("testWebhook", "Send a test", "Posts one message of the type webhook.test that tells nothing, and answers with what came of it. It is not tried again.").Shows(null, Samples.Delivery);
        webhooks.MapGet("/{id:int}/deliveries", DeliveriesAsync).Fails(404, 422)
            .Tells("listDeliveries", "List the messages of a webhook", "The newest first, for 30 days.").Shows(null, Samples.DeliveryPage);
        webhooks.MapPost("/{id:int}/deliveries/{deliveryId:guid}/resend", ResendAsync).Fails(404)
            .Tells("resendDelivery", "Send a message again", "At once and under the same webhook-id; who was erased since is no longer in it.").Shows(null, Samples.Delivery);
    }

    private static async Task<Ok<IReadOnlyList<WebhookResource>>> ListAsync(PetShopDb db, WebhookDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.ShowAsync(await db.Webhooks.AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancel), cancel));

    private static async Task<Results<Created<WebhookWithSecret>, ProblemHttpResult>> MakeAsync(WebhookEdit webhook, WebhookDesk desk, HttpContext http, CancellationToken cancel)
    {
        var (made, secret, faults) = await desk.MakeAsync(webhook, ApiKeyHandler.Who(http.User), cancel);
        return made is null ? Problem.Unsound(faults)
            : TypedResults.Created($"/api/v1/webhooks/{made.Id}", new WebhookWithSecret { Webhook = await ShowAsync(made, desk, cancel), Secret = secret });
    }

    private static async Task<Results<Ok<WebhookResource>, ProblemHttpResult>> GetAsync(int id, PetShopDb db, WebhookDesk desk, CancellationToken cancel) =>
        await db.Webhooks.FindAsync([id], cancel) is { } webhook ? TypedResults.Ok(await ShowAsync(webhook, desk, cancel)) : Problem.NoWebhook(id);

    private static async Task<Results<Ok<WebhookResource>, ProblemHttpResult>> EditAsync(int id, WebhookEdit edit, PetShopDb db, WebhookDesk desk, HttpContext http, CancellationToken cancel)
    {
        if (await db.Webhooks.FindAsync([id], cancel) is not { } webhook)
            return Problem.NoWebhook(id);
        return await desk.EditAsync(webhook, edit, ApiKeyHandler.Who(http.User), cancel) is { Count: > 0 } faults ? Problem.Unsound(faults) : TypedResults.Ok(await ShowAsync(webhook, desk, cancel));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(int id, PetShopDb db, WebhookDesk desk, HttpContext http, CancellationToken cancel)
    {
        if (await db.Webhooks.FindAsync([id], cancel) is not { } webhook)
            return Problem.NoWebhook(id);
        await desk.DeleteAsync(webhook, ApiKeyHandler.Who(http.User), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<WebhookWithSecret>, ProblemHttpResult>> RotateAsync(int id, PetShopDb db, WebhookDesk desk, HttpContext http, CancellationToken cancel)
    {
        if (await db.Webhooks.FindAsync([id], cancel) is not { } webhook)
            return Problem.NoWebhook(id);
        var secret = await desk.RotateAsync(webhook, ApiKeyHandler.Who(http.User), cancel);
        return TypedResults.Ok(new WebhookWithSecret { Webhook = await ShowAsync(webhook, desk, cancel), Secret = secret, FormerUntil = webhook.FormerUntil });
    }

    private static async Task<Results<Ok<DeliveryResource>, ProblemHttpResult>> TestAsync(int id, PetShopDb db, WebhookDesk desk, CancellationToken cancel) =>
        await db.Webhooks.FindAsync([id], cancel) is { } webhook ? TypedResults.Ok(DeliveryResource.Of(await desk.TestAsync(webhook, cancel))) : Problem.NoWebhook(id);

    private static async Task<Results<Ok<DeliveryResource>, ProblemHttpResult>> ResendAsync(int id, Guid deliveryId, WebhookDesk desk, CancellationToken cancel) =>
        await desk.ResendAsync(id, deliveryId, cancel) is { } delivery ? TypedResults.Ok(DeliveryResource.Of(delivery))
            : Problem.Of(404, "no_such_delivery", $"Webhook {id} has no message {deliveryId}. GET /api/v1/webhooks/{id}/deliveries lists those of the last 30 days.");

    private static async Task<Results<Ok<Page<DeliveryResource>>, ProblemHttpResult>> DeliveriesAsync(
        int id, string? cursor, int? limit, PetShopDb db, IOptions<ApiOptions> options, CancellationToken cancel)
    {
        var isRead = Cursor.TryRead(cursor, out string? text);
        var (ticks, last) = (0L, Guid.Empty);
        isRead = isRead && text!.Split('/') is [var at, var before] && long.TryParse(at, CultureInfo.InvariantCulture, out ticks) && Guid.TryParseExact(before, "D", out last);
        if (Cursor.Wrong(limit, cursor, isRead) is { } wrong)
            return Problem.Unsound([wrong]);
        if (!await db.Webhooks.AnyAsync(w => w.Id == id, cancel))
            return Problem.NoWebhook(id);
        var size = limit ?? options.Value.PageSize;
        var from = new DateTimeOffset(ticks, TimeSpan.Zero);
        var deliveries = await db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == id && (!isRead || d.CreatedAt < from || (d.CreatedAt == from && d.Id < last)))
            .OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Take(size + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(deliveries, size, d => string.Create(CultureInfo.InvariantCulture, $"{d.CreatedAt.UtcTicks}/{d.Id}"), DeliveryResource.Of));
    }

    private static async Task<WebhookResource> ShowAsync(Webhook webhook, WebhookDesk desk, CancellationToken cancel) => (await desk.ShowAsync([webhook], cancel))[0];
}
