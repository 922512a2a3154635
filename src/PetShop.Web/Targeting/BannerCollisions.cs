using Npgsql;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Works out, over stored membership in memory, which banners meet the same people.</summary>
public sealed class BannerCollisions(NpgsqlDataSource source, ActiveRules rules, TimeProvider clock)
{
    private const string Alike = "SELECT coalesce(m.words, '{}'), count(*) FROM shoppers s LEFT JOIN segment_members m ON m.shopper_id = s.id GROUP BY 1";
    private const int Examples = 8;
    private const string Slots = "SELECT g.slug, s.slot FROM segment_slots s JOIN segments g ON g.id = s.segment_id";

    /// <summary>A board for each placement that has a banner to come or running, and how many shoppers there are.</summary>
    public async Task<(IReadOnlyList<(Placement Placement, CollisionBoard Board)> Boards, long Shoppers, IReadOnlySet<string> Live)> ReadAsync(CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        var groups = await ReadAsync(Alike, r => new AlikeShoppers(r.GetFieldValue<long[]>(0), r.GetInt64(1)), cancel);
        var slots = await SlotsAsync(cancel);
        var now = clock.GetUtcNow();
        // A rule on the visit under way has no stored members; neither has one saved a moment ago, or one whose time is still to come. Who was in one that is over is in it no more.
        var live = book.Active.Where(s => !(s.EndsAt <= now) && (s.Compiled.Needs.IsLiveOnly || !slots.ContainsKey(s.Slug))).Select(s => s.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var over in book.Active.Where(s => !s.IsOn(now)))
            slots.Remove(over.Slug);
        var boards = Placement.All.Select(p => (p, new CollisionBoard([.. book.Banners.Where(b => b.Placement == p.Key)], groups, slots, live, now)));
        return ([.. boards.Where(b => b.Item2.Reaches.Count > 0)], groups.Sum(g => g.Count), live);
    }

    /// <summary>A few of the shoppers whose stored segments let them meet both, always the same ones while nothing changes.</summary>
    public async Task<IReadOnlyList<SegmentCounter.Member>> SomeAsync(BannerCandidate winner, BannerCandidate loser, CancellationToken cancel)
    {
        var slots = await SlotsAsync(cancel);
        return await ReadAsync(FormattableString.Invariant($"""
            SELECT s.id, s.first_name || ' ' || s.last_name, coalesce(s.email, '') FROM shoppers s LEFT JOIN segment_members m ON m.shopper_id = s.id
            WHERE {Holds(winner, slots)} AND {Holds(loser, slots)} ORDER BY s.id LIMIT {Examples}
            """), r => new SegmentCounter.Member(r.GetGuid(0), r.GetString(1).Trim(), r.GetString(2)), cancel);
    }

    // As the board holds an audience against stored words.
    private static string Holds(BannerCandidate banner, Dictionary<string, SegmentBit> slots) =>
        $"{(banner.AnyOf.Count == 0 ? "true" : IsIn(banner.AnyOf, slots))} AND NOT {IsIn(banner.NoneOf, slots)}";

    private static string IsIn(IReadOnlyList<string> slugs, Dictionary<string, SegmentBit> slots) => $"({string.Join(" OR ", slugs.Where(slots.ContainsKey).Select(s => slots[s])
        .Select(b => FormattableString.Invariant($"coalesce(m.words[{b.Word + 1}] & {b.Mask} <> 0, false)")).DefaultIfEmpty("false"))})";

    private async Task<Dictionary<string, SegmentBit>> SlotsAsync(CancellationToken cancel) =>
        (await ReadAsync(Slots, r => (Slug: r.GetString(0), Bit: new SegmentBit(r.GetInt32(1), null)), cancel)).ToDictionary(s => s.Slug, s => s.Bit, StringComparer.Ordinal);

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(row(reader));
        return rows;
    }
}
