using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Web.Api.Keys;

namespace PetShop.Web.Api.Members;

/// <summary>Entries and exits, oldest first; a cursor kept at the end finds what comes later.</summary>
public static class TransitionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/transitions", (string? cursor, int? limit, Transitions transitions, IOptions<ApiOptions> options, AuditLog audit, HttpContext http, CancellationToken cancel) => ReadAsync(null, cursor, limit, transitions, options, audit, http, cancel))
            .RequireScope(ApiScope.ReadMembers).Fails(422)
            .Tells("listTransitions", "List entries and exits", "Of all segments, oldest first. Keep \"next\" and ask with it again: what happened since is there, nothing twice. What a webhook missed is found here.").Shows(null, Samples.TransitionPage);
        api.MapGet("/segments/{key}/transitions", OfSegmentAsync).RequireScope(ApiScope.ReadMembers).Fails(404, 422)
            .Tells("listTransitionsOfSegment", "List entries into a segment and exits from it", "Oldest first; \"next\" is there at the end, too, for asking again later.").Shows(null, Samples.TransitionPage);
    }

    private static async Task<Results<Ok<Page<TransitionResource>>, ProblemHttpResult>> OfSegmentAsync(
        string key, string? cursor, int? limit, PetShopDb db, Transitions transitions, IOptions<ApiOptions> options, AuditLog audit, HttpContext http, CancellationToken cancel) =>
        await db.Segments.Where(s => s.Slug == key).Select(s => (int?)s.Id).SingleOrDefaultAsync(cancel) is { } id
            ? await ReadAsync(id, cursor, limit, transitions, options, audit, http, cancel) : Problem.NoSegment(key);

    private static async Task<Results<Ok<Page<TransitionResource>>, ProblemHttpResult>> ReadAsync(
        int? segmentId, string? cursor, int? limit, Transitions transitions, IOptions<ApiOptions> options, AuditLog audit, HttpContext http, CancellationToken cancel)
    {
        var isRead = Cursor.TryRead(cursor, out long after);
        if (Cursor.Wrong(limit, cursor, isRead) is { } wrong)
            return Problem.Unsound([wrong]);
        var size = limit ?? options.Value.PageSize;
        var read = await transitions.AfterAsync(after, segmentId, size + 1, cancel);
        if (read.Count > 0)
            await audit.WriteAsync(ApiKeyHandler.Who(http.User), "entries and exits listed", segmentId is { } id ? $"segment {id}" : "all segments", cancel);
        return TypedResults.Ok(Page.OfGrowing(read, size, t => t.Id.ToString(CultureInfo.InvariantCulture), cursor));
    }
}
