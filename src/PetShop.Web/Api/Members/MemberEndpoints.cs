using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Api.Keys;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;

namespace PetShop.Web.Api.Members;

/// <summary>Who is in a segment, and why; every look is written down.</summary>
public static class MemberEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/segments/{key}/members", ListAsync).RequireScope(ApiScope.ReadMembers).Fails(404, 409, 422)
            .Tells("listMembers", "List the members of a segment", "As they are stored, up to a minute behind, in the order of their ids. A segment of few members is not listed: one could tell who they are.").Shows(null, Samples.MemberPage);
        api.MapGet("/segments/{key}/members/{shopperId:guid}", GetAsync).RequireScope(ApiScope.ReadMembers).Fails(404, 409)
            .Tells("getMembership", "Ask whether a shopper is in a segment, and why", "Worked out at this moment, part by part. Who has not agreed to what the rule rests on is not in, and the answer says so.").Shows(null, Samples.Membership);
        api.MapGet("/shoppers/{id:guid}/segments", OfShopperAsync).RequireScope(ApiScope.ReadMembers).Fails(404)
            .Tells("listSegmentsOfShopper", "List the segments of a shopper", "Those that are on and hold the shopper at this moment; segments that depend on the visit are left out.").Shows(null, Samples.ShopperSegments);
    }

    private static async Task<Results<Ok<Page<MemberResource>>, ProblemHttpResult>> ListAsync(
        string key, string? cursor, int? limit, PetShopDb db, ActiveRules rules, StoredMembers members, AuditLog audit, IOptions<ApiOptions> options, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var isRead = Cursor.TryRead(cursor, out Guid after);
        if (Cursor.Wrong(limit, cursor, isRead) is { } wrong)
            return Problem.Unsound([wrong]);
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == key, cancel) is not { } segment)
            return Problem.NoSegment(key);
        if ((await rules.GetAsync(cancel)).Segments.TryGet(key, out var compiled) && compiled.Needs.IsLiveOnly)
            return Problem.VisitDecides(key);
        if (Nobody(segment, clock.GetUtcNow()) is { } nobody)
            return Problem.Of(409, "not_stored", nobody);
        if (await members.SizeAsync(segment.Id, cancel) is not { } size)
            return Problem.Of(409, "not_stored", $"The members of '{key}' are being worked out. Ask again in a few seconds.");
        var smallest = options.Value.SmallestList;
        if (size.Members < smallest)
            return Problem.Of(403, "too_few", $"'{key}' holds fewer than {smallest} shoppers; lists as short as that are not given out, for one could tell who they are.");
        var page = limit ?? options.Value.PageSize;
        await audit.WriteAsync(ApiKeyHandler.Who(http.User), "members listed", $"segment {key}", cancel);
        return TypedResults.Ok(Page.Of(await members.ReadAsync(size.Bit, after, page + 1, cancel), page, m => m.ShopperId.ToString(), m => m));
    }

    // Why nobody can be in it at this moment; null when somebody may.
    private static string? Nobody(Segment segment, DateTimeOffset now) =>
        !segment.IsActive ? $"'{segment.Slug}' is switched off, so nobody is in it. Switch it on by PUT with isActive true."
        : now < segment.StartsAt ? $"'{segment.Slug}' begins at {segment.StartsAt:yyyy-MM-ddTHH:mm:ssZ}, so nobody is in it yet. Move startsAt by PUT to begin earlier."
        : now >= segment.EndsAt ? $"'{segment.Slug}' ended at {segment.EndsAt:yyyy-MM-ddTHH:mm:ssZ}, so nobody is in it any more. Move endsAt by PUT to go on."
        : null;

    private static async Task<Results<Ok<MembershipResource>, ProblemHttpResult>> GetAsync(
        string key, Guid shopperId, ActiveRules rules, PetShopDb db, ProfilePreview profiles, StoredMembers members, AuditLog audit, HttpContext http, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        if (await db.Segments.Where(s => s.Slug == key).Select(s => (int?)s.Id).SingleOrDefaultAsync(cancel) is not { } id || !book.Segments.TryGet(key, out var segment))
            return Problem.NoSegment(key);
        if (segment.Needs.IsLiveOnly)
            return Problem.VisitDecides(key);
        if (await profiles.OfShopperAsync(shopperId, "desktop", cancel) is not { } profile)
            return Problem.NoShopper(shopperId);
        var why = MembershipExplanation.Of(profile with { Rules = book }, segment);
        var move = (await members.LastMovesAsync(shopperId, id, cancel)).GetValueOrDefault(id);
        var isStored = move is not null && move.Entered == why.Passes;
        await audit.WriteAsync(ApiKeyHandler.Who(http.User), "membership explained", $"segment {key}, shopper {shopperId}", cancel);
        return TypedResults.Ok(new MembershipResource
        {
            ShopperId = shopperId, Segment = key, IsMember = why.Passes, Since = isStored ? move!.At : null, Cause = isStored ? move!.Cause : null,
            Why = ReasonResource.Of(why), Obstacles = [.. why.NearestMiss().Select(ReasonResource.Of)],
        });
    }

    private static async Task<Results<Ok<ShopperSegmentsResource>, ProblemHttpResult>> OfShopperAsync(
        Guid id, ProfilePreview profiles, StoredMembers members, AuditLog audit, HttpContext http, CancellationToken cancel)
    {
        if (await profiles.OfShopperAsync(id, "desktop", cancel) is not { } profile)
            return Problem.NoShopper(id);
        var moves = await members.LastMovesAsync(id, null, cancel);
        await audit.WriteAsync(ApiKeyHandler.Who(http.User), "segments of a shopper listed", $"shopper {id}", cancel);
        return TypedResults.Ok(new ShopperSegmentsResource(id, [.. profile.Rules.Active
            .Where(s => profile.IsIn(s.Slug) && !s.Compiled.Needs.IsLiveOnly).OrderBy(s => s.Slug, StringComparer.Ordinal)
            .Select(s => new ShopperSegmentResource { Key = s.Slug, Name = s.Name, Since = moves.GetValueOrDefault(s.Id) is { Entered: true } entry ? entry.At : null })]));
    }
}
