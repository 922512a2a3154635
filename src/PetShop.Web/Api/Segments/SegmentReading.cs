using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PetShop.Data;
using PetShop.Web.Api.Keys;
using PetShop.Web.Targeting;

namespace PetShop.Web.Api.Segments;

/// <summary>Lists segments, shows one, and previews rules.</summary>
public static class SegmentReading
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/segments", ListAsync).RequireScope(ApiScope.ReadSegments).Fails(422)
            .Tells("listSegments", "List segments", "In the order they were made, a page at a time.").Shows(null, Samples.SegmentPage);
        api.MapGet("/segments/{key}", GetAsync).RequireScope(ApiScope.ReadSegments).Fails(404)
            .Tells("getSegment", "See one segment", "Its version comes as the ETag as well: send it back as If-Match when you edit.").Shows(null, Samples.Segment);
        api.MapPost("/segments/preview", PreviewAsync).RequireScope(ApiScope.ReadSegments).Fails(400, 415, 422)
            .Tells("previewRule", "Preview a rule", "Says what a rule means in plain English, whom it holds now and what deserves a second look. Nothing is saved.").Shows(Samples.RuleToPreview, Samples.RulePreview);
    }

    /// <summary>The ETag of a version.</summary>
    public static EntityTagHeaderValue TagOf(int version) => new($"\"{version}\"");

    private static async Task<Results<Ok<Page<SegmentResource>>, ProblemHttpResult>> ListAsync(
        bool? active, string? cursor, int? limit, PetShopDb db, ActiveRules rules, IOptions<ApiOptions> options, CancellationToken cancel)
    {
        var isRead = Cursor.TryRead(cursor, out long after);
        if (Cursor.Wrong(limit, cursor, isRead) is { } wrong)
            return Problem.Unsound([wrong]);
        var size = limit ?? options.Value.PageSize;
        var segments = await db.Segments.AsNoTracking().Where(s => s.Id > after && (active == null || s.IsActive == active)).OrderBy(s => s.Id).Take(size + 1).ToListAsync(cancel);
        var words = (await rules.GetAsync(cancel)).Words;
        return TypedResults.Ok(Page.Of(segments, size, s => s.Id.ToString(CultureInfo.InvariantCulture), s => SegmentResource.Of(s, words)));
    }

    private static async Task<Results<Ok<SegmentResource>, ProblemHttpResult>> GetAsync(string key, PetShopDb db, ActiveRules rules, HttpResponse response, CancellationToken cancel)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == key, cancel) is not { } segment)
            return Problem.NoSegment(key);
        response.GetTypedHeaders().ETag = TagOf(segment.Version);
        return TypedResults.Ok(SegmentResource.Of(segment, (await rules.GetAsync(cancel)).Words));
    }

    private static async Task<Results<Ok<RulePreviewResource>, ProblemHttpResult>> PreviewAsync(RuleToPreview draft, ActiveRules rules, RulePreviewer previewer, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        if (draft.Key is { } key && !book.Segments.TryGet(key, out _))
            return Problem.Unsound("$.key", $"There is no segment '{key}'.", "Leave the key out for a new segment.");
        if (SegmentChecks.RuleFaults(draft.Rule, draft.Key, await previewer.ReferencesAsync(cancel), out var rule) is { Count: > 0 } faults)
            return Problem.Unsound(faults);
        var preview = await previewer.PreviewAsync(rule!, draft.Key, cancel);
        return TypedResults.Ok(new RulePreviewResource
        {
            Sentence = preview.Sentence, Count = preview.Count, Shoppers = preview.Shoppers, Hints = preview.Hints, Adds = preview.Adds, Removes = preview.Removes,
            Funnel = [.. preview.Funnel.Where(f => !f.IsWithin).Select(f => new RulePreviewResource.FunnelStep(f.Clause, f.Left))],
        });
    }
}
