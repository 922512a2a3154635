namespace PetShop.Targeting.Segments;

/// <summary>What a rule must be given before it can be asked, with everything its segments need.</summary>
public sealed record RuleNeeds
{
    /// <summary>Browsing is recorded with the first purpose and used with the second; "never viewed" says nothing of those who refused either.</summary>
    public const ConsentPurposes OfBehaviour = ConsentPurposes.Analytics | ConsentPurposes.Personalisation;

    private RuleNeeds() { }

    /// <summary>The union over the leaves; who has not agreed to all of them is no member.</summary>
    public ConsentPurposes Purposes { get; private init; }

    /// <summary>How many days of events must be at hand; 0 for none, null for all there are.</summary>
    public int? HistoryDays { get; private init; } = 0;

    /// <summary>Every trait named, in alphabetical order of key.</summary>
    public ValueList<Trait> Traits { get; private init; } = [];

    /// <summary>The segments referred to, directly or through others.</summary>
    public ValueList<string> Segments { get; private init; } = [];

    /// <summary>Keys of the lists named, directly or through segments.</summary>
    public ValueList<string> Lists { get; private init; } = [];

    /// <summary>Traits of the visit under way; with any of them the rule has no members to count, only visitors to match.</summary>
    public IEnumerable<Trait> LiveTraits => Traits.Where(t => t.IsLiveOnly);

    public bool IsLiveOnly => LiveTraits.Any();

    /// <summary>The most sensitive trait named.</summary>
    public Sensitivity Sensitivity => Traits.Select(t => t.Sensitivity).DefaultIfEmpty().Max();

    /// <summary>Reads the needs off a tree; <paramref name="segment"/> gives those of a segment referred to.</summary>
    public static RuleNeeds Of(Rule rule, Func<string, RuleNeeds> segment) => rule switch
    {
        AllRule all => Union(all.Parts.Select(p => Of(p, segment))),
        AnyRule any => Union(any.Parts.Select(p => Of(p, segment))),
        NotRule not => Of(not.Part, segment),
        TraitRule leaf => OfTrait(leaf.Trait),
        PetRule pet => Union([new() { Purposes = ConsentPurposes.Personalisation }, Of(pet.Where, segment)]),
        EventRule events => Union([OfEvents(events.Within), OfFilter(events.Events, segment), events.Measure.Of is { } of ? OfTrait(of) : new()]),
        SequenceRule sequence => Union([OfEvents(sequence.Within), OfFilter(sequence.First, segment), OfFilter(sequence.Then, segment)]),
        SegmentRule other => Union([segment(other.Segment), new() { Segments = [other.Segment] }]),
        // Choosing for someone because a list names them is choosing for them in person.
        NamedListRule list => new() { Purposes = ConsentPurposes.Personalisation, Lists = [list.List] },
        ListRule => new() { Purposes = ConsentPurposes.Personalisation },
        _ => new(),
    };

    private static RuleNeeds OfTrait(Trait trait) => new() { Purposes = trait.Purpose, Traits = [trait] };

    private static RuleNeeds OfFilter(EventFilter filter, Func<string, RuleNeeds> segment) => filter.Where is { } where ? Of(where, segment) : new();

    private static RuleNeeds OfEvents(Window? within) => new() { Purposes = OfBehaviour, HistoryDays = within?.AtMostDays };

    private static RuleNeeds Union(IEnumerable<RuleNeeds> parts)
    {
        var all = parts.ToList();
        return new()
        {
            Purposes = all.Aggregate(ConsentPurposes.None, (sum, p) => sum | p.Purposes),
            HistoryDays = all.Any(p => p.HistoryDays is null) ? null : all.Max(p => p.HistoryDays) ?? 0,
            Traits = all.SelectMany(p => p.Traits).Distinct().OrderBy(t => t.Key, StringComparer.Ordinal).ToValueList(),
            Lists = all.SelectMany(p => p.Lists).Distinct().Order(StringComparer.Ordinal).ToValueList(),
            Segments = all.SelectMany(p => p.Segments).Distinct().Order(StringComparer.Ordinal).ToValueList(),
        };
    }
}
