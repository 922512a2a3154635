using System.Data;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Members;

/// <summary>Keeps stored membership equal to the rules: only those are asked whom an event, an edit or the clock may have moved; everyone when a rule is new or its time begins.</summary>
/// <remarks>One transaction over one snapshot a look: members, entries and exits, and the moment they are true for, change together or not at all.</remarks>
public sealed partial class SegmentMembership(
    NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock, ILogger<SegmentMembership> logger)
{
    // Looking up a share of the shoppers greater than this costs more than reading all of them.
    private const int EveryoneFrom = 5;
    private const int AtLeastFew = 20_000;
    private volatile ReadRules? _read;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The planner takes ten thousand look-ups for dearer than reading a million rows; they are not, the less if those who follow each other share a page of every index.
    internal const string ByIndex = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL random_page_cost = 1.1";
    private const string ByCost = "SET LOCAL enable_hashjoin = on; SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on; SET LOCAL random_page_cost = 4";

    /// <summary>Looks once; null when another process is at it.</summary>
    public Task<MembershipTick?> TryRefreshAsync(CancellationToken cancel) => RunAsync(null, everyone: false, null, cancel);

    /// <summary>Looks as soon as it is our turn; for an edit whose effect shall be seen at once.</summary>
    /// <exception cref="NpgsqlException">No turn came within 20 seconds; the background job will look soon.</exception>
    public async Task<MembershipTick> RefreshAsync(CancellationToken cancel) => (await RunAsync(Patience, everyone: false, null, cancel))!;

    /// <summary>Asks everyone about every segment.</summary>
    public async Task<MembershipTick> RefreshEveryoneAsync(CancellationToken cancel) => (await RunAsync(Patience, everyone: true, null, cancel))!;

    /// <summary>Looks once and then checks within the same snapshot; null when another process is at it.</summary>
    internal Task<MembershipTick?> TryRefreshAsync(Func<MembershipTables, MembershipPlan, Moment, Task> check, CancellationToken cancel) => RunAsync(null, everyone: false, check, cancel);

    private async Task<MembershipTick?> RunAsync(TimeSpan? patience, bool everyone, Func<MembershipTables, MembershipPlan, Moment, Task>? check, CancellationToken cancel)
    {
        await using var turn = await MembershipLock.TakeAsync(source, patience, cancel);
        if (turn is null)
            return null;
        await using var transaction = await turn.Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var tables = new MembershipTables(turn.Connection);
        // The work is one long statement at most; its memory is its own; compiling it, or a plan that fits any moment, would cost more than they save.
        await tables.ExecuteAsync("SET LOCAL jit = off; SET LOCAL work_mem = '256MB'; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL plan_cache_mode = force_custom_plan", [], cancel);
        var now = new Moment(clock.GetUtcNow(), shop.Value.Zone);
        var slots = await tables.SlotsAsync(cancel);
        var state = await tables.StateAsync(cancel);
        var plan = MembershipPlan.Of(await BookAsync(tables, cancel), slots, await tables.LeavesAsync(cancel), shop.Value.Zone.Id, state.AsOf, now.AsOf);
        var tick = await LookAsync(tables, plan, slots, state, now, everyone, cancel);
        if (check is not null)
            await check(tables, plan, now);
        await transaction.CommitAsync(cancel);
        if (tick.Entered + tick.Left > 0)
            LogMoved(tick.Asked is { } asked ? $"{asked} shoppers" : "all shoppers", tick.RulesChanged, tick.Entered, tick.Left);
        return tick;
    }

    private async Task<MembershipTick> LookAsync(
        MembershipTables tables, MembershipPlan plan, List<StoredSlot> slots, (DateTimeOffset? AsOf, string? Oldest, string? OldestNow) state, Moment now, bool everyone, CancellationToken cancel)
    {
        var (asOf, oldest, oldestNow) = state;
        var marks = await tables.TakeMarksAsync(cancel);
        var sizes = Sizes(slots, marks.Gone);
        if (asOf is null || await tables.IsEmptyAsync(cancel))
            return await FillAsync(tables, plan, now, oldestNow, cancel);
        if (SegmentClock.Crossed(plan.Live.Select(b => b.Segment!), plan.Set, new(asOf.Value, shop.Value.Zone), now) is { } crossed)
            await tables.MarkAsync(marks, crossed, cancel);
        everyone |= marks.Everyone || oldest != oldestNow || marks.Count > Math.Max(AtLeastFew, await tables.CountShoppersAsync(cancel) / EveryoneFrom);
        var moves = new List<(int SegmentId, int Entered, int Left)>();
        foreach (var changed in plan.Changed.GroupBy(b => b.Cause))
            moves.AddRange(await ApplyAsync(tables, plan, [.. changed], plan.MemoryOf(changed), null, NoCauses, changed.Key, now, cancel));
        var otherwise = marks.Everyone ? TransitionCause.Catalogue : everyone ? TransitionCause.Clock : marks.CommonestCause;
        if (everyone)
            moves.AddRange(await ApplyAsync(tables, plan, plan.Bits, plan.Memory(SegmentLeaf.Everything), null, marks.Causes(otherwise), otherwise, now, cancel));
        else if (marks.Count > 0 && plan.Bits.Count > 0)
            moves.AddRange(await FewAsync(tables, plan, marks, otherwise, now, cancel));
        foreach (var (segment, entered, left) in moves)
            sizes[segment] = sizes.GetValueOrDefault(segment) + entered - left;
        await tables.NoteAsync(plan, sizes, now.AsOf, oldestNow, cancel);
        return new(now.AsOf, everyone ? null : marks.Count, plan.Changed.Count, moves.Sum(m => (long)m.Entered), moves.Sum(m => (long)m.Left));
    }

    private static async Task<List<(int SegmentId, int Entered, int Left)>> FewAsync(
        MembershipTables tables, MembershipPlan plan, Marks marks, TransitionCause otherwise, Moment now, CancellationToken cancel)
    {
        var causes = marks.Causes(otherwise);
        var moves = new List<(int SegmentId, int Entered, int Left)>();
        await tables.ExecuteAsync(ByIndex, [], cancel);
        foreach (var (stale, shoppers) in marks.Kinds(plan.RestsOn))
            moves.AddRange(await ApplyAsync(tables, plan, plan.Bits, plan.Memory(stale), shoppers, causes, otherwise, now, cancel));
        await tables.ExecuteAsync(ByCost, [], cancel);
        return moves;
    }

    private static Task<List<(int SegmentId, int Entered, int Left)>> ApplyAsync(MembershipTables tables, MembershipPlan plan, IReadOnlyList<PlannedBit> bits, LeafMemory memory,
        List<Guid>? only, Dictionary<Guid, TransitionCause> causes, TransitionCause otherwise, Moment now, CancellationToken cancel) =>
        tables.ApplyAsync(Words(plan, bits, memory, now, only), only is not null, bits, memory, plan.Words, causes, otherwise, now.AsOf, cancel);

    private static async Task<MembershipTick> FillAsync(MembershipTables tables, MembershipPlan plan, Moment now, string? oldest, CancellationToken cancel)
    {
        await tables.FillAsync(Words(plan, plan.Live, plan.Memory(SegmentLeaf.Everything), now, null), cancel);
        var sizes = plan.Live.Count == 0 ? [] : await tables.CountAsync(plan.Live, cancel);
        await tables.NoteAsync(plan, sizes, now.AsOf, oldest, cancel);
        return new(now.AsOf, null, plan.Changed.Count, 0, 0);
    }

    private static readonly Dictionary<Guid, TransitionCause> NoCauses = [];

    private static SqlQuery Words(MembershipPlan plan, IReadOnlyList<PlannedBit> bits, LeafMemory memory, Moment now, List<Guid>? only) =>
        SegmentSql.Words([.. bits.Select(b => b.Bit)], plan.Words, plan.Set, now, only, memory);

    private static Dictionary<int, int> Sizes(List<StoredSlot> slots, List<long[]> gone) =>
        slots.ToDictionary(s => s.SegmentId, s => s.Members - gone.Count(w => new SegmentBit(s.Slot, null) is var bit && bit.Word < w.Length && (w[bit.Word] & bit.Mask) != 0));

    // Read here and not taken from those in use: an announcement may be on its way, and the rules shall be those of the snapshot. What reads the same as last time is not compiled again.
    private async Task<RuleBook> BookAsync(MembershipTables tables, CancellationToken cancel)
    {
        var rows = await tables.ReadAsync("SELECT id, slug, name, rule::text, is_active, starts_at, ends_at FROM segments ORDER BY id",
            r => new RuleRow(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetBoolean(4), r.IsDBNull(5) ? null : r.GetFieldValue<DateTimeOffset>(5), r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6)), cancel);
        var lists = (await tables.ReadAsync("SELECT slug FROM shopper_lists", r => r.GetString(0), cancel)).ToHashSet(StringComparer.Ordinal);
        if (_read is not { } last || !last.Rows.SequenceEqual(rows) || !last.Lists.SetEquals(lists))
            _read = last = new(rows, lists, new([.. rows.Select(r => new Segment { Id = r.Id, Slug = r.Slug, Name = r.Name, Rule = r.Rule, IsActive = r.IsActive, StartsAt = r.StartsAt, EndsAt = r.EndsAt })], [], lists));
        return last.Book;
    }

    private sealed record RuleRow(int Id, string Slug, string Name, string Rule, bool IsActive, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

    private sealed record ReadRules(List<RuleRow> Rows, HashSet<string> Lists, RuleBook Book);

    [LoggerMessage(LogLevel.Debug, "Segments: asked {Shoppers}, {RuleCount} rules were new, {Entered} entered, {Left} left")]
    private partial void LogMoved(string shoppers, int ruleCount, long entered, long left);
}
