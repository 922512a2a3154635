using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Data.Segments;
using PetShop.Targeting;

namespace PetShop.Web.Targeting.Previews;

/// <summary>Segments and banners as they stood at a moment.</summary>
/// <param name="Notes">Whatever is not known of that moment, as sentences.</param>
/// <param name="Names">Of the banners, as they were called then.</param>
public sealed record PastRules(RuleBook Book, IReadOnlyList<string> Notes, IReadOnlyDictionary<int, string> Names)
{
    // The newest version at $1; of a banner older than its first stored version, that one.
    private const string BannersThen = """
        SELECT b.* FROM (
            SELECT DISTINCT ON (banner_id) content, is_gone FROM banner_versions v
            WHERE saved_at <= {0} OR version = 1 AND NOT is_creation
            ORDER BY banner_id, saved_at <= {0} DESC, saved_at DESC, version DESC) v
        CROSS JOIN LATERAL jsonb_populate_record(NULL::banners, v.content || '{{"updated_by": ""}}') b WHERE NOT v.is_gone
        """;

    public static async Task<PastRules> ReadAsync(PetShopDb db, DateTimeOffset at, Func<DateTimeOffset, string> say, CancellationToken cancel)
    {
        var banners = await db.Banners.FromSqlRaw(BannersThen, at.ToUniversalTime()).AsNoTracking().ToListAsync(cancel);
        var unsure = await db.BannerVersions.AsNoTracking().Where(v => v.Version == 1 && !v.IsCreation && v.SavedAt > at).Select(v => new { v.BannerId, v.SavedAt }).ToListAsync(cancel);
        var notes = unsure.Join(banners, u => u.BannerId, b => b.Id, (u, b) => $"How the banner “{b.Name}” stood then was not stored: it is shown as it was on {say(u.SavedAt)}, the first version there is.").ToList();
        var young = await db.BannerVersions.AsNoTracking().CountAsync(v => v.IsCreation && v.SavedAt > at, cancel);
        if (young > 0)
            notes.Add(young == 1 ? "One banner was made later and is left out." : $"{young} banners were made later and are left out.");
        var segments = await SegmentsAsync(db, at, say, notes, cancel);
        notes.AddRange(OfDeleted(banners.Where(b => b.IsActive && Schedule.Holds(b.StartsAt, b.EndsAt, at)), await db.Segments.Select(s => s.Id).ToHashSetAsync(cancel)));
        notes.Add("Prices are the public ones of today; what somebody paid stands in their orders, what they were shown in their own download.");
        notes.Add("Segments are those of then, with their rules and schedules; uploaded lists are those of now.");
        return new(new(segments, banners), notes, banners.ToDictionary(b => b.Id, b => b.Name));
    }

    // Of a segment that is deleted neither the rule nor its members are kept: whoever was in it then cannot be told any more.
    private static IEnumerable<string> OfDeleted(IEnumerable<Banner> banners, HashSet<int> segments)
    {
        foreach (var banner in banners)
        {
            if (banner.SegmentIds.Any(id => !segments.Contains(id)))
                yield return $"The banner “{banner.Name}” was for a segment that has been deleted since: who was in it then is not known, so {(banner.SegmentIds.Any(segments.Contains) ? "only those of its other segments are shown it" : "nobody is shown it")} here.";
            if (banner.ExcludedSegmentIds.Any(id => !segments.Contains(id)))
                yield return $"The banner “{banner.Name}” was kept from a segment that has been deleted since: who was in it then is not known, so here it is kept from nobody through it.";
        }
    }

    private static async Task<List<Segment>> SegmentsAsync(PetShopDb db, DateTimeOffset at, Func<DateTimeOffset, string> say, List<string> notes, CancellationToken cancel)
    {
        var segments = await db.Segments.AsNoTracking().ToListAsync(cancel);
        var versions = (await db.SegmentVersions.AsNoTracking().ToListAsync(cancel)).ToLookup(v => v.SegmentId);
        var (then, later, unsure) = (new List<Segment>(), new List<string>(), new List<string>());
        foreach (var segment in segments)
        {
            var rule = versions[segment.Id].Where(v => v.SavedAt <= at).MaxBy(v => v.Version);
            if (rule is null && versions[segment.Id].MinBy(v => v.Version) is { Version: > 1 } oldest)
            {
                notes.Add($"The rule of “{segment.Name}” at that time was not stored: the one of {say(oldest.SavedAt)} is asked.");
                rule = oldest;
            }
            // Without any version the segment was not there yet, or was written past the editor and never changed since.
            if (rule is null && (versions[segment.Id].Any() || segment.UpdatedAt > at))
                later.Add($"“{segment.Name}”");
            else
                then.Add(segment);
            segment.Rule = rule?.Rule ?? segment.Rule;
            if (rule?.IsActive is { } wasOn)
                (segment.IsActive, segment.StartsAt, segment.EndsAt) = (wasOn, rule.StartsAt, rule.EndsAt);
            else if (rule is not null)
                unsure.Add($"“{segment.Name}”");
        }
        if (later.Count > 0)
            notes.Add(later.Count == 1 ? $"The segment {later[0]} was made later: nobody was in it then." : $"{later.Count} segments were made later, and nobody was in them then: {string.Join(", ", later)}.");
        if (unsure.Count > 0)
            notes.Add($"Whether {string.Join(", ", unsure)} {(unsure.Count == 1 ? "was" : "were")} on then was not stored: taken as now.");
        return then;
    }
}
