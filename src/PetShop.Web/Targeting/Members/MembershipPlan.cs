using System.Security.Cryptography;
using System.Text;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Members;

/// <summary>The bit of one stored segment.</summary>
/// <param name="Members">Its stored size.</param>
public sealed record StoredSlot(int SegmentId, int Slot, string Fingerprint, int Members);

/// <summary>One bit to fill.</summary>
/// <param name="Segment">Null when the segment is gone, off or outside its time, so that its members leave.</param>
/// <param name="IsNew">Whether its rule differs from that of the stored members.</param>
public sealed record PlannedBit(int SegmentId, int Slot, CompiledSegment? Segment, string Fingerprint, bool IsNew)
{
    /// <summary>What makes it new: its schedule when its time began or ended since the last look, otherwise an edit.</summary>
    public TransitionCause Cause { get; init; } = TransitionCause.Rule;

    /// <summary>It is on, but not at this time.</summary>
    public bool IsOutOfTime { get; init; }

    public SegmentBit Bit => new(Slot, Segment);
}

/// <summary>Which bit belongs to which segment, which to which remembered leaf, and which rules changed since the members were stored.</summary>
public sealed record MembershipPlan(IReadOnlyList<PlannedBit> Bits, IReadOnlyDictionary<Rule, SegmentLeaf> Leaves, bool HasNewLeaves, SegmentSet Set)
{
    /// <summary>How many words a shopper has.</summary>
    public int Words { get; } = Bits.Count == 0 ? 1 : Bits.Max(b => b.Slot) / SegmentBit.PerWord + 1;

    private int LeafWords { get; } = Leaves.Count == 0 ? 1 : Leaves.Values.Max(l => l.Slot) / SegmentBit.PerWord + 1;

    public IReadOnlyList<PlannedBit> Changed { get; } = [.. Bits.Where(b => b.IsNew)];
    public IReadOnlyList<PlannedBit> Live { get; } = [.. Bits.Where(b => b.Segment is not null)];

    /// <summary>What any leaf rests on.</summary>
    public int RestsOn { get; } = Leaves.Values.Aggregate(0, (all, leaf) => all | leaf.RestsOn);

    /// <summary>The leaves of all rules, where this much is stale.</summary>
    public LeafMemory Memory(int stale) => new(Leaves, LeafWords, stale);

    /// <summary>The leaves of these rules, to be looked up for everyone.</summary>
    public LeafMemory MemoryOf(IEnumerable<PlannedBit> changed) =>
        new(changed.Where(b => b.Segment is not null).SelectMany(b => SegmentLeaf.Of(b.Segment!.Rule, Set)).Select(l => l.Rule).Distinct().ToDictionary(r => r, r => Leaves[r]), LeafWords, SegmentLeaf.Everything);

    /// <param name="leaves">The remembered leaves: their slots by their JSON.</param>
    /// <param name="zone">Id of the shop's time zone: calendar windows rest on it.</param>
    /// <param name="before">What the stored members are true for; null when there are none.</param>
    public static MembershipPlan Of(RuleBook book, IReadOnlyList<StoredSlot> stored, IReadOnlyDictionary<string, int> leaves, string zone, DateTimeOffset? before, DateTimeOffset now)
    {
        var scheduled = book.Active.Where(s => !s.Compiled.Needs.IsLiveOnly).ToDictionary(s => s.Id);
        TransitionCause CauseOf(int id) => before is { } then && scheduled.TryGetValue(id, out var s) && s.IsOn(then) != s.IsOn(now) ? TransitionCause.Schedule : TransitionCause.Rule;
        var known = stored.ToDictionary(s => s.SegmentId);
        var taken = stored.Select(s => s.Slot).ToHashSet();
        var bits = new List<PlannedBit>();
        var (remembered, leafSlots) = (new Dictionary<Rule, SegmentLeaf>(), leaves.Values.ToHashSet());
        foreach (var segment in scheduled.Values.Where(s => s.IsOn(now)))
        {
            var (old, print) = (known.GetValueOrDefault(segment.Id), Fingerprint(segment.Compiled, book.Segments, zone));
            // Nobody was asked yet what is not remembered.
            var isNew = old?.Fingerprint != print;
            foreach (var leaf in SegmentLeaf.Of(segment.Compiled.Rule, book.Segments))
            {
                var isKnown = leaves.TryGetValue(RuleJson.Write(leaf.Rule), out var slot);
                isNew |= !isKnown;
                if (!remembered.ContainsKey(leaf.Rule))
                    remembered.Add(leaf.Rule, leaf with { Slot = isKnown ? slot : Free(leafSlots) });
            }
            bits.Add(new(segment.Id, old?.Slot ?? Free(taken), segment.Compiled, print, isNew) { Cause = old is null ? CauseOf(segment.Id) : TransitionCause.Rule });
        }
        bits.AddRange(stored.ExceptBy(bits.Select(b => b.SegmentId), s => s.SegmentId)
            .Select(s => new PlannedBit(s.SegmentId, s.Slot, null, "", true) { Cause = CauseOf(s.SegmentId), IsOutOfTime = scheduled.ContainsKey(s.SegmentId) }));
        return new([.. bits.OrderBy(b => b.Slot)], remembered, remembered.Count != leaves.Count || bits.Exists(b => b.IsNew), book.Segments);
    }

    private static int Free(HashSet<int> taken)
    {
        var slot = 0;
        while (!taken.Add(slot))
            slot++;
        return slot;
    }

    /// <summary>Tells apart what the rule of a segment says, with the rules it refers to.</summary>
    internal static string Fingerprint(CompiledSegment segment, SegmentSet set, string zone)
    {
        var rules = segment.Needs.Segments.Select(key => $"{key}={RuleJson.Write(set[key].Rule)}").Prepend(RuleJson.Write(segment.Rule)).Append(zone);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rules))));
    }
}
