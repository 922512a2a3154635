namespace PetShop.Targeting.Segments;

/// <summary>A part of rules that asks pets or events and whose answer is remembered of every shopper, as a bit: who only ordered again, or turned a day older, need not have all of it looked up anew.</summary>
/// <param name="RestsOn">What changes the answer: <see cref="Pets"/> and <see cref="Events"/>.</param>
public sealed record SegmentLeaf(int Slot, Rule Rule, int RestsOn)
{
    public const int Pets = 1;
    public const int Everything = -1;

    public int Word => Slot / SegmentBit.PerWord;
    public long Mask => 1L << Slot % SegmentBit.PerWord;

    public static int Events(BehaviourType type) => 1 << (int)type;

    /// <summary>The leaves of a rule and of those it refers to, some more than once; their slots are still to be given.</summary>
    public static IEnumerable<SegmentLeaf> Of(Rule rule, SegmentSet set) => rule switch
    {
        AllRule all => all.Parts.SelectMany(p => Of(p, set)),
        AnyRule any => any.Parts.SelectMany(p => Of(p, set)),
        NotRule not => Of(not.Part, set),
        SegmentRule other => Of(set[other.Segment].Rule, set),
        PetRule => [new(-1, rule, Pets)],
        TraitRule { Trait: { Scope: TraitScope.Shopper, Sql: { } sql } } when sql.Contains(SegmentSqlBuilder.Household, StringComparison.Ordinal) => [new(-1, rule, Pets)],
        EventRule events => [new(-1, rule, Events(events.Events.Type))],
        SequenceRule sequence => [new(-1, rule, Events(sequence.First.Type) | Events(sequence.Then.Type))],
        _ => [],
    };
}

/// <summary>The leaves a statement may know from memory.</summary>
/// <param name="Stale">What may have changed of those who are asked: leaves that rest on any of it are looked up, all others read from the row of the member.</param>
public sealed record LeafMemory(IReadOnlyDictionary<Rule, SegmentLeaf> Leaves, int Words, int Stale)
{
    /// <summary>Those that are looked up, and so to be written.</summary>
    public IEnumerable<SegmentLeaf> Asked => Leaves.Values.Where(l => (l.RestsOn & Stale) != 0);

    /// <summary>The leaf whose remembered answer still holds; null where it is to be looked up.</summary>
    internal SegmentLeaf? Remembered(Rule rule) => Leaves.TryGetValue(rule, out var leaf) && (leaf.RestsOn & Stale) == 0 ? leaf : null;
}
