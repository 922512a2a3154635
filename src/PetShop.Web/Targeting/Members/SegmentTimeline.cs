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
            ["at"] = l.At, ["segment"] = l.Segment, ["entered"] = l.Entered, ["because_of"] = l.Because,
        })]);

    /// <param name="Segment">Its name, or a word for one that is gone.</param>
    /// <param name="Because">What caused it, to be read after "because of".</param>
    public sealed record Line(DateTimeOffset At, string Segment, bool Entered, string Because);

    public async Task<IReadOnlyList<Line>> OfAsync(Guid shopper, int atMost, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var moves = await db.SegmentTransitions.AsNoTracking().Where(t => t.ShopperId == shopper).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(atMost).ToListAsync(cancel);
        var ids = moves.Select(m => m.SegmentId).Distinct().ToList();
        var names = await db.Segments.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        return moves.ConvertAll(m => new Line(m.At, names.GetValueOrDefault(m.SegmentId, "a segment that was deleted"), m.Entered, Words(m.Cause)));
    }

    private static string Words(TransitionCause cause) => cause switch
    {
        TransitionCause.Consent => "an answer about consent",
        TransitionCause.Profile => "an edit of the account or its pets",
        TransitionCause.Event => "something they did",
        TransitionCause.Clock => "time going by",
        TransitionCause.Rule => "an edit of the rule",
        TransitionCause.List => "a change of a list",
        TransitionCause.Catalogue => "a change of the catalogue",
        _ => "the nightly check",
    };
}
