using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PetShop.Data.Segments;
using PetShop.Targeting;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Areas.Admin;

/// <summary>Whether a segment is on, and from when until when.</summary>
public sealed record SegmentSchedule(bool IsActive, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt)
{
    public bool IsOn(DateTimeOffset at) => IsActive && Schedule.Holds(StartsAt, EndsAt, at);

    /// <summary>Alike to the minute, which is all that a form tells.</summary>
    public bool IsLike(SegmentSchedule other) => IsActive == other.IsActive && Minute(StartsAt) == Minute(other.StartsAt) && Minute(EndsAt) == Minute(other.EndsAt);

    private static long? Minute(DateTimeOffset? at) => at?.UtcTicks / TimeSpan.TicksPerMinute;
}

/// <summary>What is asked before an edit of a segment takes effect: whom it moves, and what rests on it.</summary>
public sealed class SaveQuestions(RuleComparison comparison, SegmentUsages usages, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private static readonly Rule Nobody = new AnyRule([]);

    /// <returns>Null when there is nothing to ask.</returns>
    public async Task<SaveQuestion?> OfAsync(Segment stored, SegmentSchedule edited, Rule rule, CancellationToken cancel)
    {
        var was = new SegmentSchedule(stored.IsActive, stored.StartsAt, stored.EndsAt);
        if (!was.IsActive && !edited.IsActive)
            return null;
        var uses = await usages.OfAsync(stored.Id, cancel);
        var old = RuleJson.TryParse(stored.Rule, out var known, out _) ? known : null;
        var isNewRule = was.IsActive && old is not null && SegmentFormActions.Grouped(old) != SegmentFormActions.Grouped(rule);
        var isNewState = !was.IsLike(edited) && (edited.IsActive || uses.Count > 0);
        if (!isNewRule && !isNewState)
            return null;
        var shown = $"{stored.Version} {edited} {RuleJson.Write(rule)}";
        var question = new SaveQuestion(null, uses, was.IsActive && !edited.IsActive && uses.Count > 0, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown)))) { SwitchesOn = !was.IsActive };
        if (!isNewState)
            return question with { Difference = await comparison.CompareAsync(old!, rule, cancel) };
        var now = clock.GetUtcNow();
        var (before, after) = (was.IsOn(now) ? old ?? Nobody : Nobody, edited.IsOn(now) ? rule : Nobody);
        var everyone = edited.IsActive ? await comparison.CompareAsync(Nobody, rule, cancel) : null;
        return question with
        {
            Difference = SegmentFormActions.Grouped(before) == SegmentFormActions.Grouped(after) ? null : before == Nobody && after == rule ? everyone : await comparison.CompareAsync(before, after, cancel),
            Later = everyone is null ? "" : Later(edited, now, everyone),
        };
    }

    private string Later(SegmentSchedule edited, DateTimeOffset now, RuleDifference everyone)
    {
        var who = everyone.Adds is { } count ? $"the {count:#,0} {(count == 1 ? "shopper" : "shoppers")} of today" : "its members";
        return edited switch
        {
            { StartsAt: { } from } when from > now => $"It comes on {shop.Value.Say(from)}: {who} would enter then{(edited.EndsAt is { } end ? $", and leave {shop.Value.Say(end)}" : "")}.",
            { EndsAt: { } until } when until <= now => $"It was over {shop.Value.Say(until)}: nobody is in it.",
            { EndsAt: { } until } => $"It goes off {shop.Value.Say(until)}: {who} would leave then.",
            _ => $"It has no end: {who} stay in it until the rule or they change.",
        };
    }
}
