using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Api;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Api.Keys;
using PetShop.Web.Targeting;

namespace PetShop.Web.Api.Segments;

/// <summary>Makes, edits and switches off segments, through the class that the admin pages save by.</summary>
public sealed class SegmentWriting(PetShopDb db, ActiveRules rules, SegmentSaving saving, RulePreviewer previewer, IOptions<ApiOptions> options, TimeProvider clock)
{
    private const int LongestRequestName = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/segments", (NewSegment segment, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, SegmentWriting writing, HttpContext http, CancellationToken cancel) => writing.MakeAsync(segment, idempotencyKey, http, cancel))
            .RequireScope(ApiScope.WriteSegments).Fails(400, 409, 415, 422)
            .Tells("makeSegment", "Make a segment", "Pages follow from the next request on. Send an Idempotency-Key, and a repeated request makes nothing twice.").Shows(Samples.NewSegment, Samples.Segment);
        api.MapPut("/segments/{key}", (string key, SegmentEdit edit, [FromHeader(Name = "If-Match")] string? ifMatch, SegmentWriting writing, HttpContext http, CancellationToken cancel) => writing.EditAsync(key, edit, ifMatch, http, cancel))
            .RequireScope(ApiScope.WriteSegments).Fails(400, 404, 412, 415, 422, 428)
            .Tells("editSegment", "Edit a segment", "The whole segment as it shall be. If-Match holds the ETag you read: when somebody saved another version meanwhile, nothing is changed and the answer is 412.").Shows(Samples.SegmentEdit, Samples.Segment);
        api.MapDelete("/segments/{key}", (string key, [FromHeader(Name = "If-Match")] string? ifMatch, SegmentWriting writing, HttpContext http, CancellationToken cancel) => writing.SwitchOffAsync(key, ifMatch, http, cancel))
            .RequireScope(ApiScope.WriteSegments).Fails(404, 412)
            .Tells("switchOffSegment", "Switch a segment off", "Its members leave it and pages do without it at once. Its rule and its history stay: PUT with isActive true brings it back.").Shows(null, null);
    }

    private async Task<Results<Created<SegmentResource>, ProblemHttpResult>> MakeAsync(NewSegment made, string? request, HttpContext http, CancellationToken cancel)
    {
        if (request is { Length: 0 or > LongestRequestName })
            return Problem.Unsound("Idempotency-Key", "The key of the request is empty or too long.", $"Send 1 to {LongestRequestName} characters, such as a UUID.");
        // What nothing can read cannot be told from another such request either.
        if (made.Rule.ValueKind == JsonValueKind.Object && !RuleJson.IsWhole(made.Rule.GetRawText()))
            return Problem.Unsound(SegmentChecks.Faults(made.Key, made, await previewer.ReferencesAsync(cancel), out _));
        var (keyId, hash) = (ApiKeyHandler.IdOf(http.User), SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(made))));
        if (await RepeatedAsync(keyId, request, hash, http, cancel) is { } repeated)
            return repeated;
        if (SegmentChecks.Faults(made.Key, made, await previewer.ReferencesAsync(cancel), out var rule) is { Count: > 0 } faults)
            return Problem.Unsound(faults);
        var taken = Problem.Of(409, "segment_exists", $"There is a segment '{made.Key}' already. Choose another key, or edit it by PUT.");
        // The same request may have come twice at once, and the other one been quicker just now.
        if (await db.Segments.AnyAsync(s => s.Slug == made.Key, cancel))
            return await RepeatedAsync(keyId, request, hash, http, cancel) ?? taken;
        var segment = db.Segments.Add(new() { Slug = made.Key, Name = made.Name, Rule = "{}", Version = 0 }).Entity;
        Apply(made, segment);
        if (request is not null)
            db.ApiRequests.Add(new() { KeyId = keyId, Name = request, Hash = hash, Made = made.Key, At = clock.GetUtcNow() });
        if (await saving.SaveAsync(segment, RuleJson.Write(rule!), ApiKeyHandler.Who(http.User), cancel))
            return await CreatedAsync(segment.Id, http, cancel);
        db.ChangeTracker.Clear();
        return await RepeatedAsync(keyId, request, hash, http, cancel) ?? taken;
    }

    /// <summary>The answer to a request that was answered before; null for a new one.</summary>
    private async Task<Results<Created<SegmentResource>, ProblemHttpResult>?> RepeatedAsync(int keyId, string? request, byte[] hash, HttpContext http, CancellationToken cancel)
    {
        if (request is null)
            return null;
        var since = clock.GetUtcNow() - options.Value.RepeatsKnown;
        await db.ApiRequests.Where(r => r.KeyId == keyId && r.Name == request && r.At < since).ExecuteDeleteAsync(cancel);
        if (await db.ApiRequests.AsNoTracking().SingleOrDefaultAsync(r => r.KeyId == keyId && r.Name == request, cancel) is not { } known)
            return null;
        if (!known.Hash.AsSpan().SequenceEqual(hash))
            return Problem.Unsound("Idempotency-Key", "This Idempotency-Key came with another body before.", "Make a new one for a new request.");
        http.Response.Headers["Idempotent-Replayed"] = "true";
        var id = await db.Segments.Where(s => s.Slug == known.Made).Select(s => s.Id).SingleAsync(cancel);
        return await CreatedAsync(id, http, cancel);
    }

    // Read again: counting it has written its size.
    private async Task<Created<SegmentResource>> CreatedAsync(int id, HttpContext http, CancellationToken cancel)
    {
        var segment = await db.Segments.AsNoTracking().SingleAsync(s => s.Id == id, cancel);
        http.Response.GetTypedHeaders().ETag = SegmentReading.TagOf(segment.Version);
        return TypedResults.Created($"/api/v1/segments/{segment.Slug}", SegmentResource.Of(segment, (await rules.GetAsync(cancel)).Words));
    }

    private async Task<Results<Ok<SegmentResource>, ProblemHttpResult>> EditAsync(string key, SegmentEdit edit, string? ifMatch, HttpContext http, CancellationToken cancel)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Slug == key, cancel) is not { } segment)
            return Problem.NoSegment(key);
        if (string.IsNullOrEmpty(ifMatch))
            return Problem.Of(428, "version_missing", $"Send the ETag you read as If-Match, so that two who edit at once do not overwrite each other; of '{key}' it is \"{segment.Version}\" now.");
        if (!Matches(ifMatch, segment))
            return Changed(segment);
        if (SegmentChecks.Faults(key, edit, await previewer.ReferencesAsync(cancel), out var rule) is { Count: > 0 } faults)
            return Problem.Unsound(faults);
        Apply(edit, segment);
        if (!await saving.SaveAsync(segment, RuleJson.Write(rule!), ApiKeyHandler.Who(http.User), cancel))
            return await ChangedAsync(key, cancel);
        var saved = await db.Segments.AsNoTracking().SingleAsync(s => s.Id == segment.Id, cancel);
        http.Response.GetTypedHeaders().ETag = SegmentReading.TagOf(saved.Version);
        return TypedResults.Ok(SegmentResource.Of(saved, (await rules.GetAsync(cancel)).Words));
    }

    private async Task<Results<NoContent, ProblemHttpResult>> SwitchOffAsync(string key, string? ifMatch, HttpContext http, CancellationToken cancel)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Slug == key, cancel) is not { } segment)
            return Problem.NoSegment(key);
        if (!string.IsNullOrEmpty(ifMatch) && !Matches(ifMatch, segment))
            return Changed(segment);
        if (!segment.IsActive)
            return TypedResults.NoContent();
        segment.IsActive = false;
        if (!await saving.SaveAsync(segment, segment.Rule, ApiKeyHandler.Who(http.User), cancel))
            return await ChangedAsync(key, cancel);
        return TypedResults.NoContent();
    }

    private async Task<ProblemHttpResult> ChangedAsync(string key, CancellationToken cancel) => Changed(await db.Segments.AsNoTracking().SingleAsync(s => s.Slug == key, cancel));

    private static ProblemHttpResult Changed(Segment segment) =>
        Problem.Of(412, "changed", $"'{segment.Slug}' is at version {segment.Version} since {segment.UpdatedAt:yyyy-MM-dd HH:mm:ss}Z. Read it again, put your change in, and send it with the new ETag.");

    private static bool Matches(string ifMatch, Segment segment) => ifMatch == "*" || ifMatch.Trim() == $"\"{segment.Version}\"";

    private static void Apply(SegmentEdit edit, Segment segment)
    {
        (segment.Name, segment.Description, segment.IsActive) = (edit.Name.Trim(), edit.Description?.Trim() ?? "", edit.IsActive);
        (segment.Owner, segment.Purpose, segment.ReviewBy) = (edit.Owner?.Trim() ?? segment.Owner, edit.Purpose?.Trim() ?? segment.Purpose, edit.ReviewBy ?? segment.ReviewBy);
        (segment.StartsAt, segment.EndsAt) = (edit.StartsAt?.ToUniversalTime(), edit.EndsAt?.ToUniversalTime());
    }
}
