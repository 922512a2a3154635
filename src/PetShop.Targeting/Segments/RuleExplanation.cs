using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Segments;

/// <summary>One line of "why in, why not": what was needed, what was found, and whether that passes.</summary>
/// <param name="Needed">The node as a clause.</param>
/// <param name="Actual">What is known of the visitor; empty for groups, whose parts tell.</param>
/// <param name="Passes">Whether the node is true for the visitor.</param>
/// <param name="Parts">The nodes below, or the pets one by one.</param>
public sealed record RuleExplanation(string Needed, string Actual, bool Passes, IReadOnlyList<RuleExplanation> Parts)
{
    /// <summary>One of the parts is enough.</summary>
    public bool IsAny { get; init; }

    /// <summary>The events that count, newest first; the first few of them.</summary>
    public IReadOnlyList<RuleEvidence> Evidence { get; init; } = [];

    /// <summary>When time alone turns the answer, if nobody does anything; null when it does not, or was not asked for.</summary>
    public DateTimeOffset? FlipsAt { get; init; }

    /// <summary>Explains a segment for one visitor; the root passes exactly when the segment matches.</summary>
    public static RuleExplanation Of(CompiledSegment segment, SegmentSet set, VisitorFacts visitor, Moment at, FigureWords figures)
    {
        var tree = new RuleExplainer(set, figures).Explain(segment.Rule, new Subject(visitor, at));
        var gate = Gate(segment.Needs.Purposes, visitor, at).ToList();
        return new(RuleSentence.Of(segment.Rule, figures), "", tree.Passes && gate.TrueForAll(g => g.Passes), [.. gate, tree]);
    }

    /// <summary>Explains with foresight: every line also says when it turns by itself.</summary>
    public static RuleExplanation Foreseen(CompiledSegment segment, SegmentSet set, VisitorFacts visitor, Moment at, FigureWords figures)
    {
        var x = new Subject(visitor, at);
        var foresight = new RuleForesight(set);
        var tree = new RuleExplainer(set, figures, foresight).Explain(segment.Rule, x);
        var gate = Gate(segment.Needs.Purposes, visitor, at).ToList();
        var isOpen = gate.TrueForAll(g => g.Passes);
        return new(RuleSentence.Of(segment.Rule, figures), "", tree.Passes && isOpen, [.. gate, tree]) { FlipsAt = isOpen ? tree.FlipsAt : null };
    }

    /// <summary>The fewest leaves that would have to turn for the rule to pass; empty when it does.</summary>
    public IReadOnlyList<RuleExplanation> NearestMiss() => Passes ? []
        : Actual.Length > 0 || Parts.All(p => p.Passes) ? [this]
        : IsAny ? Parts.Select(p => p.NearestMiss()).MinBy(m => m.Count)!
        : [.. Parts.Where(p => !p.Passes).SelectMany(p => p.NearestMiss())];

    /// <summary>The leaves that stand in the way, the shortest way to "why not"; empty when the rule passes.</summary>
    public IEnumerable<RuleExplanation> Obstacles() =>
        Passes ? [] : Actual.Length > 0 || Parts.All(p => p.Passes) ? [this] : Parts.Where(p => !p.Passes).SelectMany(p => p.Obstacles());

    private static IEnumerable<RuleExplanation> Gate(ConsentPurposes purposes, VisitorFacts visitor, Moment at)
    {
        foreach (var purpose in Enum.GetValues<ConsentPurposes>().Where(p => p != ConsentPurposes.None && purposes.HasFlag(p)))
        {
            var isTooYoung = ConsentBars.ForMinors.HasFlag(purpose) && ConsentBars.IsMinor(visitor.BirthYear, at.AsOf);
            var counts = visitor.PurposesAt(at).HasFlag(purpose);
            yield return new($"who agreed to {purpose.ToString().ToLowerInvariant()}{(isTooYoung ? " and is 18" : "")}", isTooYoung ? "may be under 18" : counts ? "agreed" : "has not agreed", counts, [])
            {
                FlipsAt = isTooYoung && visitor.Consents.HasFlag(purpose) ? ConsentBars.AdultFrom(visitor.BirthYear!.Value) : null,
            };
        }
    }
}

/// <summary>An event that a rule counts.</summary>
/// <param name="Until">When it leaves the window; null without one.</param>
public sealed record RuleEvidence(BehaviourFacts Event, DateTimeOffset? Until);

/// <summary>Walks a rule beside the facts.</summary>
/// <param name="foresight">Says when a line turns; null where nobody asks.</param>
internal sealed class RuleExplainer(SegmentSet set, FigureWords figures, RuleForesight? foresight = null)
{
    private const int MostEvidence = 5;

    public RuleExplanation Explain(Rule rule, Subject x) => Plain(rule, x) with { FlipsAt = foresight?.NextFlip(rule, x) };

    private RuleExplanation Plain(Rule rule, Subject x)
    {
        var needed = RuleSentence.Clause(rule, figures);
        switch (rule)
        {
            case AllRule all:
                var each = all.Parts.Select(p => Explain(p, x)).ToList();
                return new(all.Parts.Count == 0 ? needed : "all of these", "", each.TrueForAll(p => p.Passes), each);
            case AnyRule any:
                var some = any.Parts.Select(p => Explain(p, x)).ToList();
                return new(any.Parts.Count == 0 ? needed : "any of these", "", some.Exists(p => p.Passes), some) { IsAny = true };
            case NotRule not:
                var part = Explain(not.Part, x);
                return part.Parts.Count == 0 ? new(needed, part.Actual, !part.Passes, []) { Evidence = part.Evidence } : new("not this", "", !part.Passes, [part]);
            case SegmentRule other:
                var inner = Explain(set[other.Segment].Rule, x);
                return new(needed, inner.Passes ? "a member" : "no member", inner.Passes, [inner]);
            case PetRule pet:
                return Pets(pet, needed, x);
            default:
                return new(needed, Actual(rule, x), RuleCompiler.Compile(rule, key => set[key].Tree)(x), []) { Evidence = Evidence(rule, x) };
        }
    }

    private RuleExplanation Pets(PetRule rule, string needed, Subject x)
    {
        var passes = RuleCompiler.Compile(rule, key => set[key].Tree)(x);
        var pets = x.Visitor.Pets.Select((pet, i) =>
        {
            var where = Explain(rule.Where, x with { Pet = pet });
            return where with { Needed = $"{pet.Name ?? $"Pet {i + 1}"}: {where.Needed}" };
        }).ToList();
        return new(needed, pets.Count == 0 ? "no pets" : $"{pets.Count(p => p.Passes)} of {pets.Count} pets", passes, pets);
    }

    private static List<RuleEvidence> Evidence(Rule rule, Subject x)
    {
        var (filter, within) = rule switch
        {
            EventRule events => (events.Events, events.Within),
            SequenceRule sequence => (sequence.First, sequence.Within),
            _ => (null, null),
        };
        if (filter is null)
            return [];
        var (search, start, found) = (new EventSearch(filter, within), EventSearch.NotYet, new List<BehaviourFacts>());
        for (var i = search.Next(x, 0, ref start); i >= 0; i = search.Next(x, i + 1, ref start))
            found.Add(x.Visitor.Events[i]);
        return [.. found.OrderByDescending(e => e.OccurredAt).Take(MostEvidence).Select(e => new RuleEvidence(e, within is null ? null : RuleForesight.Leaves(e.OccurredAt, within, x.At)))];
    }

    private static string Began(SequenceRule sequence, Subject x)
    {
        var times = EventTests.Figure(new EventRule(sequence.First, EventMeasure.Count, RuleOperator.AtLeast, 1, sequence.Within))(x) ?? 0;
        return times == 0 ? "it never began" : times == 1 ? "it began once" : $"it began {times} times";
    }

    private string Actual(Rule rule, Subject x) => rule switch
    {
        SequenceRule sequence => Began(sequence, x),
        TraitRule leaf => Say(leaf.Trait, leaf.Trait.Read(x)),
        EventRule events => EventTests.Figure(events)(x) is { } figure
            ? events.Measure.Kind is MeasureKind.First or MeasureKind.Last ? $"{figure} days ago" : figures.Say(figure, events.Measure.Unit) : "never",
        RolloutRule rollout => (x.Visitor.RolloutKey ?? x.Visitor.ShopperId?.ToString()) is { } key
            ? $"bucket {Bucketing.Bucket(rollout.Salt, key)}, needed under {rollout.BasisPoints}" : "no key yet",
        NamedListRule list => x.Visitor.ShopperId is null ? "not signed in" : TraitTests.Contains(x.Visitor.Lists, list.List) ? "on the list" : "not on the list",
        ListRule => x.Visitor.ShopperId?.ToString() ?? "not signed in",
        _ => "",
    };

    private string Say(Trait trait, TraitValue value) => value switch
    {
        { IsKnown: false } => "not known",
        { Text: { } text } => figures.Names.Value(trait, text),
        { Texts: { } texts } => string.Join(", ", texts.Select(t => figures.Names.Value(trait, t))),
        { Number: var number } when trait.Type == TraitType.Truth => number == 1 ? "yes" : "no",
        { Number: var number } => figures.Say(number!.Value, trait.Unit),
    };
}
