using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Web.Privacy;

namespace PetShop.Web.Targeting.Members;

/// <summary>When a shopper entered and left segments, and why; newest first.</summary>
public sealed class SegmentTimeline(IServiceScopeFactory scopes)
{
    /// <summary>For the download of a person's data; a trigger on shoppers erases it.</summary>
    public static PersonalDataSource Source { get; } = new("segment_history", async (services, subject, cancel) =>
        subject.ShopperId is not { } shopper ? [] : [.. (await services.GetRequiredService<SegmentTimeline>().OfAsync(shopper, int.MaxValue, cancel)).Select(l => new PersonalDataRow
        {
            ["at"] = l.At, ["segment"] = l.Segment, ["rule_version"] = l.Version, ["entered"] = l.Entered, ["because_of"] = l.Because,
        })]);

    /// <param name="Segment">Its name, or a word for one that is gone.</param>
    /// <param name="Version">Of its rule at that time; null where the segment is gone.</param>
    /// <param name="Because">What caused it, to be read after "because of".</param>
    public sealed record Line(DateTimeOffset At, string Segment, int? Version, bool Entered, string Because);

    public async Task<IReadOnlyList<Line>> OfAsync(Guid shopper, int atMost, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var moves = await db.SegmentTransitions.AsNoTracking().Where(t => t.ShopperId == shopper).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(atMost)
            .Select(t => new
            {
                t.At, t.Entered, t.Cause, Segment = db.Segments.Where(s => s.Id == t.SegmentId).Select(s => new { s.Name, s.Version }).FirstOrDefault(),
                Version = db.SegmentVersions.Where(v => v.SegmentId == t.SegmentId && v.SavedAt <= t.At).Max(v => (int?)v.Version),
            }).ToListAsync(cancel);
        return moves.ConvertAll(m => new Line(m.At, m.Segment?.Name ?? "a segment that was deleted", m.Version ?? m.Segment?.Version, m.Entered, Say(m.Cause)));
    }

    /// <summary>A cause, to be read after "because of".</summary>
    public static string Say(TransitionCause cause) => cause switch
    {
        TransitionCause.Consent => "an answer about consent",
        TransitionCause.Profile => "an edit of the account or its pets",
        TransitionCause.Event => "something they did",
        TransitionCause.Clock => "time going by",
        TransitionCause.Rule => "an edit of the rule",
        TransitionCause.List => "a change of a list",
        TransitionCause.Catalogue => "a change of the catalogue",
        TransitionCause.Merge => "a sign-in that joined a browser to the account",
        TransitionCause.Model => "a new forecast or score",
        TransitionCause.Schedule => "the schedule of the segment",
        TransitionCause.Check => "the nightly check",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "A cause without words."),
    };
}
