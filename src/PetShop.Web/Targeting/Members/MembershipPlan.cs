using System.Security.Cryptography;
using System.Text;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Members;

/// <summary>The bit of one stored segment.</summary>
/// <param name="Members">Its stored size.</param>
public sealed record StoredSlot(int SegmentId, int Slot, string Fingerprint, int Members);

/// <summary>One bit to fill.</summary>
/// <param name="Segment">Null when the segment is gone or off, so that its members leave.</param>
/// <param name="IsNew">Whether its rule differs from that of the stored members.</param>
public sealed record PlannedBit(int SegmentId, int Slot, CompiledSegment? Segment, string Fingerprint, bool IsNew)
{
    public SegmentBit Bit => new(Slot, Segment);
}

/// <summary>Which bit belongs to which segment, and which rules changed since the members were stored.</summary>
public sealed record MembershipPlan(IReadOnlyList<PlannedBit> Bits, SegmentSet Set)
{
    /// <summary>How many words a shopper has.</summary>
    public int Words { get; } = Bits.Count == 0 ? 1 : Bits.Max(b => b.Slot) / SegmentBit.PerWord + 1;

    public IReadOnlyList<PlannedBit> Changed { get; } = [.. Bits.Where(b => b.IsNew)];
    public IReadOnlyList<PlannedBit> Live { get; } = [.. Bits.Where(b => b.Segment is not null)];

    /// <param name="zone">Id of the shop's time zone: calendar windows rest on it.</param>
    public static MembershipPlan Of(RuleBook book, IReadOnlyList<StoredSlot> stored, string zone)
    {
        var known = stored.ToDictionary(s => s.SegmentId);
        var taken = stored.Select(s => s.Slot).ToHashSet();
        var bits = new List<PlannedBit>();
        foreach (var segment in book.Active.Where(s => !s.Compiled.Needs.IsLiveOnly))
        {
            var (old, print) = (known.GetValueOrDefault(segment.Id), Fingerprint(segment.Compiled, book.Segments, zone));
            bits.Add(new(segment.Id, old?.Slot ?? Free(taken), segment.Compiled, print, old?.Fingerprint != print));
        }
        bits.AddRange(stored.ExceptBy(bits.Select(b => b.SegmentId), s => s.SegmentId).Select(s => new PlannedBit(s.SegmentId, s.Slot, null, "", true)));
        return new([.. bits.OrderBy(b => b.Slot)], book.Segments);
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
