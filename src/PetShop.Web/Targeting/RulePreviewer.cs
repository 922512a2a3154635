using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>What a rule would do, before it is saved.</summary>
/// <param name="Count">Members; null where the rule depends on the visit, or could not be counted.</param>
/// <param name="Adds">Shoppers who would join, against the saved rule; null without one.</param>
public sealed record RulePreview(string Sentence, long? Count, long Shoppers)
{
    public IReadOnlyList<SegmentCounter.Member> Sample { get; init; } = [];
    public IReadOnlyList<Step> Funnel { get; init; } = [];
    public IReadOnlyList<string> Hints { get; init; } = [];
    public int? Adds { get; init; }
    public int? Removes { get; init; }

    /// <param name="Left">Shoppers who pass this part and all before it.</param>
    public sealed record Step(string Clause, long Left);
}

/// <summary>Previews rules over the real shoppers.</summary>
public sealed class RulePreviewer(ActiveRules rules, SegmentCounter counter)
{
    private const int SampleSize = 8;
    private const int FunnelSteps = 8;
    private const int SmallestForPrices = 50;

    /// <param name="rule">The rule as edited.</param>
    /// <param name="slug">The segment it belongs to; null for a new one.</param>
    /// <exception cref="SegmentReferenceException">The rule refers to itself or to nothing.</exception>
    public async Task<RulePreview> PreviewAsync(Rule rule, string? slug, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        var (set, draft) = With(book, rule, slug);
        var shoppers = await counter.ShoppersAsync(cancel);
        var preview = new RulePreview(RuleSentence.Of(rule), null, shoppers);
        if (draft.Needs.IsLiveOnly)
            return preview with { Hints = [$"Depends on the visit ({string.Join(", ", draft.Needs.LiveTraits.Select(t => t.Label))}): decided at each page, so nobody can be counted ahead.", .. Hints(draft, null, shoppers)] };
        try
        {
            var count = await counter.CountAsync(draft, set, cancel);
            preview = preview with { Count = count, Sample = await counter.SampleAsync(draft, set, SampleSize, cancel), Funnel = await FunnelAsync(draft, set, shoppers, cancel), Hints = Hints(draft, count, shoppers) };
            return slug is not null && book.Segments.TryGet(slug, out var saved) && !saved.Needs.IsLiveOnly && saved.Rule != rule ? await CompareAsync(preview, draft, set, saved, book, cancel) : preview;
        }
        catch (NpgsqlException e)
        {
            return preview with { Hints = [$"It could not be counted in time ({e.Message}). Narrow the windows, or count it at a quieter hour."] };
        }
    }

    /// <summary>The segments of the book with this rule in the place of its own.</summary>
    private static (SegmentSet Set, CompiledSegment Draft) With(RuleBook book, Rule rule, string? slug)
    {
        var all = book.Segments.Segments.ToDictionary(s => s.Key, s => s.Rule, StringComparer.Ordinal);
        var key = slug ?? "(new)";
        all[key] = rule;
        var set = new SegmentSet(all, book.Segments.Lists);
        return (set, set[key]);
    }

    private async Task<IReadOnlyList<RulePreview.Step>> FunnelAsync(CompiledSegment draft, SegmentSet set, long shoppers, CancellationToken cancel)
    {
        if (draft.Rule is not AllRule { Parts.Count: > 1 and <= FunnelSteps } all)
            return [];
        var left = await counter.FunnelAsync(draft, all.Parts, set, cancel);
        return [new("All shoppers", shoppers), .. all.Parts.Select((p, i) => new RulePreview.Step(RuleSentence.Of(p), left[i]))];
    }

    private async Task<RulePreview> CompareAsync(RulePreview preview, CompiledSegment draft, SegmentSet set, CompiledSegment saved, RuleBook book, CancellationToken cancel)
    {
        var at = counter.Now();
        var before = await counter.MembersAsync(saved, book.Segments, at, cancel);
        var after = await counter.MembersAsync(draft, set, at, cancel);
        return preview with { Adds = after.Count(id => !before.Contains(id)), Removes = before.Count(id => !after.Contains(id)) };
    }

    private static List<string> Hints(CompiledSegment draft, long? count, long shoppers)
    {
        var hints = new List<string>();
        if (RuleHints.Impossible(draft.Rule) is { } impossible)
            hints.Add(impossible);
        else if (count == 0 && shoppers > 0)
            hints.Add("Nobody matches today.");
        if (RuleHints.IsEveryone(draft.Rule) || (shoppers > 0 && count >= shoppers * 0.99))
            hints.Add("This is everyone: a banner without a segment does the same.");
        else if (count is > 0 and < SmallestForPrices)
            hints.Add($"Only {count} match; a segment under {SmallestForPrices} cannot set prices.");
        if (draft.Needs.Purposes != ConsentPurposes.None)
            hints.Add($"Rests on {draft.Needs.Purposes.ToString().ToLowerInvariant().Replace(",", " and", StringComparison.Ordinal)}: who has not agreed to that is left out.");
        if (draft.Needs.HistoryDays is null or > 365)
            hints.Add("Looks back further than a year: on the page only the last 365 days of events count.");
        return hints;
    }
}
