using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Targeting;

/// <summary>What a rule would do, before it is saved.</summary>
/// <param name="Count">Members; null where the rule depends on the visit, or could not be counted.</param>
public sealed record RulePreview(string Sentence, long? Count, long Shoppers)
{
    /// <summary>Asked while somebody types; nothing but the sentence and the hints that need no other figure is filled in then.</summary>
    public bool IsEstimate { get; init; }
    /// <summary>Counted over a sample.</summary>
    public bool IsRough { get; init; }
    public IReadOnlyList<SegmentCounter.Member> Sample { get; init; } = [];
    public IReadOnlyList<Step> Funnel { get; init; } = [];
    public IReadOnlyList<string> Hints { get; init; } = [];
    public IReadOnlyList<SegmentOverlap> Overlaps { get; init; } = [];

    /// <summary>Shoppers who would join, against the saved rule; null without one.</summary>
    public int? Adds { get; init; }
    public int? Removes { get; init; }

    /// <param name="Left">Shoppers who pass this part and all before it; of ways into an "any", who pass this part.</param>
    public sealed record Step(string Clause, long Left)
    {
        /// <summary>What the rule would gain (or, less than zero, lose) without this part; null where that is no question.</summary>
        public long? Change { get; init; }

        /// <summary>A part of the group above it: with all before that group, of a "none of" or an "all" also with those above it in the group.</summary>
        public bool IsWithin { get; init; }
    }
}

/// <summary>Previews rules over the real shoppers: roughly while somebody types, exactly when asked.</summary>
public sealed class RulePreviewer(ActiveRules rules, SegmentCounter counter, RulePatterns patterns, SegmentOverlaps overlaps, TraitSpreads spreads, RuleWarnings warnings, CatalogueNameReader catalogue)
{
    private const int SampleSize = 8;

    /// <summary>Checks what a rule names, of segments, lists and the catalogue, at its places in the JSON.</summary>
    public async Task<RuleReferences> ReferencesAsync(CancellationToken cancel) => (await rules.GetAsync(cancel)).References.With((await catalogue.ReadAsync(cancel)).Keys, Money.Figures);

    /// <summary>Checks of a rule that was stored before that its segments and lists are there; what the catalogue has lost since is only warned of.</summary>
    public async Task<RuleReferences> StoredReferencesAsync(CancellationToken cancel) => (await rules.GetAsync(cancel)).References;

    /// <summary>Whether the segments still work together with this rule among them.</summary>
    /// <exception cref="SegmentReferenceException">The rule refers to itself or to nothing.</exception>
    public async Task CheckAsync(Rule rule, string? slug, CancellationToken cancel) => With(await rules.GetAsync(cancel), rule, slug);

    /// <summary>The sentence, a rough size and what can be said against the rule without asking everyone.</summary>
    /// <inheritdoc cref="PreviewAsync"/>
    public async Task<RulePreview> EstimateAsync(Rule rule, string? slug, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        var (set, draft) = With(book, rule, slug);
        var shoppers = await counter.ShoppersAsync(cancel);
        var preview = new RulePreview(RuleSentence.Of(rule, book.Words), null, shoppers) { IsEstimate = true };
        try
        {
            var size = await counter.EstimateAsync(draft, set, cancel);
            return preview with { Count = size?.Count, IsRough = size?.IsRough == true, Hints = [.. warnings.Of(draft, book.Words, size, shoppers), .. await GoneAsync(rule, cancel), .. await warnings.OfAgeAsync(draft, cancel)] };
        }
        catch (NpgsqlException e)
        {
            return preview with { Hints = [.. warnings.Of(draft, book.Words, null, shoppers), RuleWarnings.Uncounted(e)] };
        }
    }

    /// <param name="rule">The rule as edited.</param>
    /// <param name="slug">The segment it belongs to; null for a new one.</param>
    /// <exception cref="SegmentReferenceException">The rule refers to itself or to nothing.</exception>
    public async Task<RulePreview> PreviewAsync(Rule rule, string? slug, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        var (set, draft) = With(book, rule, slug);
        var preview = new RulePreview(RuleSentence.Of(rule, book.Words), null, 0);
        try
        {
            if (draft.Needs.IsLiveOnly)
                return preview with { Shoppers = await counter.ShoppersAsync(cancel), Hints = warnings.Of(draft, book.Words, null, 0) };
            var saved = slug is not null && book.Segments.TryGet(slug, out var known) && !known.Needs.IsLiveOnly && known.Rule != rule ? known.Rule : null;
            var ask = new RuleQuestions(draft, saved, book.Words);
            var others = await overlaps.SegmentsAsync(slug, cancel);
            var (table, both) = await patterns.CountAsync(ask.Asked, set, ask.Whole, [.. others.Select(o => o.Bit)], cancel);
            var count = table.Count(ask.Whole);
            return preview with
            {
                Count = count, Shoppers = table.Total, Funnel = ask.Funnel(table),
                Adds = saved is null ? null : (int)table.Count(ask.Whole, none: ask.Saved), Removes = saved is null ? null : (int)table.Count(ask.Saved, none: ask.Whole),
                Hints = [.. warnings.Of(draft, book.Words, new(count), table.Total, ask.Refused(table)), .. RuleWarnings.OfGaps(ask.Gaps(table)), .. await GoneAsync(rule, cancel), .. await warnings.OfAgeAsync(draft, cancel)],
                Sample = await counter.SampleAsync(draft, set, SampleSize, cancel), Overlaps = SegmentOverlaps.Of(others, both),
            };
        }
        catch (NpgsqlException e)
        {
            return preview with { Hints = [RuleWarnings.Uncounted(e)] };
        }
    }

    /// <summary>How a trait is spread under the rule and outside of it; null where the visit decides, the rule is unsound, or it took too long.</summary>
    public async Task<TraitSpread?> SpreadAsync(Trait trait, Rule rule, string? slug, CancellationToken cancel)
    {
        try
        {
            var book = await rules.GetAsync(cancel);
            var (set, draft) = With(book, rule, slug);
            return draft.Needs.IsLiveOnly ? null : await spreads.OfAsync(trait, draft, set, book.Names, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or SegmentReferenceException)
        {
            return null;
        }
    }

    private async Task<IEnumerable<string>> GoneAsync(Rule rule, CancellationToken cancel) => (await catalogue.ReadAsync(cancel)).Keys.Gone(rule);

    /// <summary>The segments of the book with this rule in the place of its own.</summary>
    /// <exception cref="SegmentReferenceException">The rule refers to itself or to nothing.</exception>
    public static (SegmentSet Set, CompiledSegment Draft) With(RuleBook book, Rule rule, string? slug)
    {
        var all = book.Segments.Segments.ToDictionary(s => s.Key, s => s.Rule, StringComparer.Ordinal);
        // No key holds a bracket, so a new rule takes nobody's place.
        var key = slug ?? "(new)";
        all[key] = rule;
        var names = slug is null ? book.References.Names.Append(new(key, "this rule")).ToDictionary(StringComparer.Ordinal) : book.References.Names;
        var set = new SegmentSet(all, book.Segments.Lists, names);
        return (set, set[key]);
    }
}
