using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>A segment that nothing and nobody needs, with what shows it.</summary>
public sealed record Retirement(Segment Segment, IReadOnlyList<string> Evidence);

/// <summary>Looks after segments once they are made: who opened them, which are needed no more, and how one is switched off or deleted.</summary>
public sealed class SegmentCare(PetShopDb db, SegmentUsages usages, SegmentSaving saving, ActiveRules rules, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock)
{
    /// <summary>Notes that a member of staff looks at a segment; to the hour.</summary>
    public Task NoteOpenedAsync(int id, CancellationToken cancel)
    {
        var (now, lately) = (clock.GetUtcNow(), clock.GetUtcNow().AddHours(-1));
        return db.Segments.Where(s => s.Id == id && (s.OpenedAt == null || s.OpenedAt < lately)).ExecuteUpdateAsync(s => s.SetProperty(x => x.OpenedAt, now), cancel);
    }

    /// <summary>Segments that are on though nothing names them and nobody edited or opened them for long (Targeting:SegmentsUnusedAfter).</summary>
    /// <param name="uses">What names each segment.</param>
    public IReadOnlyList<Retirement> Retirements(IEnumerable<Segment> segments, ILookup<int, SegmentUse> uses)
    {
        var before = clock.GetUtcNow() - options.Value.SegmentsUnusedAfter;
        return [.. segments.Where(s => s.IsActive && !uses[s.Id].Any() && s.UpdatedAt < before && !(s.OpenedAt >= before)).OrderBy(s => s.UpdatedAt).Select(s => new Retirement(s, Evidence(s)))];
    }

    /// <summary>Switches a segment off as a new version; false when somebody saved it at the same moment.</summary>
    public async Task<bool> SwitchOffAsync(Segment segment, string who, CancellationToken cancel)
    {
        segment.IsActive = false;
        return await saving.SaveAsync(segment, segment.Rule, who, cancel);
    }

    /// <summary>Deletes a segment that nothing names.</summary>
    /// <returns>What names it, and so keeps it; empty when it is gone.</returns>
    public async Task<IReadOnlyList<SegmentUse>> DeleteAsync(Segment segment, string who, CancellationToken cancel)
    {
        var uses = await usages.OfAsync(segment.Id, cancel);
        if (uses.Count > 0)
            return uses;
        db.Segments.Remove(segment);
        db.AuditEntries.Add(new() { At = clock.GetUtcNow(), Actor = who, Action = "segment deleted", Subject = $"segment {segment.Slug}" });
        await db.SaveChangesAsync(cancel);
        await db.SegmentDays.Where(d => d.SegmentId == segment.Id).ExecuteDeleteAsync(cancel);
        await rules.RefreshAsync(cancel);
        return [];
    }

    private List<string> Evidence(Segment s) =>
    [
        "No banner, no offer, no campaign, no merchandising rule and no other segment names it.",
        $"Last saved {Day(s.UpdatedAt)}{(s.UpdatedBy.Length > 0 ? $" by {s.UpdatedBy}" : "")}.",
        s.OpenedAt is { } at ? $"Nobody opened it since {Day(at)}." : "Nobody has opened it since openings are noted.",
        .. s.ReviewBy is { } due && due < DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).DateTime) ? [$"Its review was due {due:d MMMM yyyy}."] : (string[])[],
    ];

    private string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, shop.Value.Zone).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
