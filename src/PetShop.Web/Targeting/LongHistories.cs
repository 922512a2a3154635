using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Has the database decide the segments that look back further than the events at hand of somebody who did more than are kept at hand.</summary>
internal sealed class LongHistories(NpgsqlDataSource source, TimeSpan patience)
{
    // Somebody of whom thousands of events are read waits no longer than this; the page then goes by those at hand.
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(2);

    /// <summary>The segments that events older than those at hand may decide; none while all are at hand.</summary>
    /// <param name="length">As many events as are kept at hand.</param>
    public static List<CompiledSegment> Beyond(RuleBook rules, VisitorHistory history, int length, Moment at)
    {
        if (history.Events.Count < length)
            return [];
        var oldest = history.Events[^1].OccurredAt;
        return [.. rules.Active.Select(s => s.Compiled).Where(s => !s.Needs.IsLiveOnly && (s.Needs.HistoryDays is not { } days || (days > 0 && at.AsOf.AddDays(-days - 1) <= oldest)))];
    }

    /// <summary>Those of the segments whose rule holds the shopper, by all that is stored.</summary>
    /// <exception cref="NpgsqlException">It failed, or took too long.</exception>
    public async Task<HashSet<string>> HoldingAsync(List<CompiledSegment> segments, SegmentSet set, Guid shopper, Moment at, CancellationToken cancel)
    {
        SegmentBit[] bits = [.. segments.Select((s, slot) => new SegmentBit(slot, s))];
        var query = SegmentSql.Words(bits, bits[^1].Word + 1, set, at, [shopper]);
        var rows = await SegmentScan.ReadAsync(source, query, r => r.GetFieldValue<long[]>(1), patience < LongestPatience ? patience : LongestPatience, cancel);
        return [.. bits.Where(b => rows.Exists(words => (words[b.Word] & b.Mask) != 0)).Select(b => b.Segment!.Key)];
    }
}
