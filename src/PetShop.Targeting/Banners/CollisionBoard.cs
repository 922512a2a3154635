using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Banners;

/// <summary>Shoppers who are in the same segments.</summary>
/// <param name="Words">Their stored bits, as <see cref="SegmentBit"/> places them.</param>
public sealed record AlikeShoppers(long[] Words, long Count);

/// <summary>Two banners of one placement that the same people may meet at the same time.</summary>
/// <param name="Shoppers">Whose stored segments let them meet both.</param>
/// <param name="Strangers">Whether visitors without an account meet both, too.</param>
/// <param name="IsPageByPage">Whether either audience is decided on the page, so that the number tells only a part.</param>
/// <param name="From">From when both run; not before now.</param>
/// <param name="Until">Until when both run; null for no end.</param>
public sealed record Collision(BannerCandidate Winner, BannerCandidate Loser, long Shoppers, bool Strangers, bool IsPageByPage, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Whom one banner can reach.</summary>
/// <param name="Shoppers">Who is in its audience.</param>
/// <param name="FirstFor">Who sees it before any other, at the best of times.</param>
/// <param name="IsShadowed">Nobody ever sees it, because others come first whenever it runs.</param>
/// <param name="IsPageByPage">Whether its audience is decided on the page.</param>
public sealed record Reach(BannerCandidate Banner, long Shoppers, long FirstFor, bool IsShadowed, bool IsPageByPage, IReadOnlyList<BannerCandidate> OutrankedBy);

/// <summary>Which banners of one placement meet the same people, who wins, and which is never seen.</summary>
public sealed class CollisionBoard
{
    private readonly List<Audience> _audiences;
    private readonly IReadOnlyList<AlikeShoppers> _groups;
    private readonly List<DateTimeOffset> _turns;

    /// <param name="banners">Of one placement; those switched off or over are passed over.</param>
    /// <param name="groups">Every shopper once.</param>
    /// <param name="slots">The bit of each stored segment, by slug.</param>
    /// <param name="live">Slugs of segments that are decided page by page.</param>
    public CollisionBoard(IReadOnlyList<BannerCandidate> banners, IReadOnlyList<AlikeShoppers> groups, IReadOnlyDictionary<string, SegmentBit> slots, IReadOnlySet<string> live, DateTimeOffset now)
    {
        _groups = groups;
        _audiences = [.. banners.Where(b => b.IsActive && !(b.EndsAt <= now)).OrderByDescending(b => b.Priority).ThenBy(b => b.Id).Select(b => new Audience(b, slots, live))];
        _turns = [.. _audiences.SelectMany(a => new[] { a.Banner.StartsAt, a.Banner.EndsAt }).OfType<DateTimeOffset>().Where(t => t > now).Append(now).Distinct().Order()];
        Collisions = [.. Pairs(now)];
        Reaches = [.. _audiences.Select((_, i) => ReachOf(i))];
    }

    /// <summary>By how many shoppers meet both, the most first.</summary>
    public IReadOnlyList<Collision> Collisions { get; }

    /// <summary>The first in priority first.</summary>
    public IReadOnlyList<Reach> Reaches { get; }

    private IEnumerable<Collision> Pairs(DateTimeOffset now) =>
        from w in Enumerable.Range(0, _audiences.Count)
        from l in Enumerable.Range(w + 1, _audiences.Count - w - 1)
        let a = _audiences[w]
        let b = _audiences[l]
        let span = Overlap(a.Banner, b.Banner, now)
        where span is not null
        let shoppers = _groups.Where(g => a.Holds(g.Words) && b.Holds(g.Words)).Sum(g => g.Count)
        let strangers = a.HoldsStrangers && b.HoldsStrangers
        let live = a.IsPageByPage || b.IsPageByPage
        where shoppers > 0 || strangers || live
        orderby shoppers descending, a.Banner.Id, b.Banner.Id
        select new Collision(a.Banner, b.Banner, shoppers, strangers, live, span.Value.From, span.Value.Until);

    private static (DateTimeOffset From, DateTimeOffset? Until)? Overlap(BannerCandidate a, BannerCandidate b, DateTimeOffset now)
    {
        var from = new[] { now, a.StartsAt ?? now, b.StartsAt ?? now }.Max();
        var until = a.EndsAt is { } x && b.EndsAt is { } y ? x < y ? x : y : a.EndsAt ?? b.EndsAt;
        return from >= until ? null : (from, until);
    }

    private Reach ReachOf(int place)
    {
        var own = _audiences[place];
        long first = 0;
        var isSeen = false;
        var outranked = new HashSet<int>();
        foreach (var at in _turns.Where(own.IsOn))
        {
            var above = Enumerable.Range(0, place).Where(i => _audiences[i].IsOn(at) && _audiences[i].IsFirm).ToList();
            var free = _groups.Where(g => own.MayHold(g.Words) && !above.Exists(i => _audiences[i].Holds(g.Words))).ToList();
            // At the first page of a day no cap is reached yet: those above come first for whoever they are for.
            first = Math.Max(first, _groups.Where(g => own.Holds(g.Words) && !_audiences.Take(place).Any(a => a.IsOn(at) && a.Holds(g.Words))).Sum(g => g.Count));
            isSeen |= free.Count > 0 || own.MayHoldStrangers && !above.Exists(i => _audiences[i].HoldsStrangers);
            outranked.UnionWith(above.Where(i => _audiences[i].HoldsStrangers || _groups.Any(g => own.MayHold(g.Words) && _audiences[i].Holds(g.Words))));
        }
        var shoppers = _groups.Where(g => own.Holds(g.Words)).Sum(g => g.Count);
        // Where one alone suffices, the others need not be named.
        IEnumerable<int> named = outranked.Order().Where(i => Covers(_audiences[i], own)).Take(1).DefaultIfEmpty(-1).First() is >= 0 and var sole ? [sole] : outranked.Order();
        return new(own.Banner, shoppers, first, !isSeen && (own.MayHoldStrangers || _groups.Any(g => own.MayHold(g.Words))), own.IsPageByPage, [.. named.Select(i => _audiences[i].Banner)]);
    }

    private bool Covers(Audience above, Audience own) =>
        _turns.Where(own.IsOn).All(above.IsOn) && (above.HoldsStrangers || !own.MayHoldStrangers) && _groups.Where(g => own.MayHold(g.Words)).All(g => above.Holds(g.Words));

    private sealed class Audience
    {
        private readonly SegmentBit[] _any, _none;
        private readonly bool _anyIsLive, _noneIsLive;

        public Audience(BannerCandidate banner, IReadOnlyDictionary<string, SegmentBit> slots, IReadOnlySet<string> live)
        {
            Banner = banner;
            (_any, _none) = (Bits(banner.AnyOf), Bits(banner.NoneOf));
            (_anyIsLive, _noneIsLive) = (banner.AnyOf.Any(live.Contains), banner.NoneOf.Any(live.Contains));

            SegmentBit[] Bits(IReadOnlyList<string> slugs) => [.. slugs.Where(slots.ContainsKey).Select(s => slots[s])];
        }

        public BannerCandidate Banner { get; }
        public bool IsPageByPage => _anyIsLive || _noneIsLive;

        /// <summary>Whoever is in its audience sees it whenever nothing ranks higher: no cap, no share held out, nothing decided on the page.</summary>
        public bool IsFirm => Banner.DailyCap is null && !_noneIsLive && Banner.Experiment?.Variants.Any(v => v.Name == BannerCandidate.HeldOut && v.Weight > 0) != true;

        public bool HoldsStrangers => Banner.AnyOf.Count == 0;
        public bool MayHoldStrangers => HoldsStrangers || _anyIsLive;
        public bool IsOn(DateTimeOffset at) => Schedule.Holds(Banner.StartsAt, Banner.EndsAt, at);
        public bool Holds(long[] words) => (Banner.AnyOf.Count == 0 || IsIn(_any, words)) && !IsIn(_none, words);
        public bool MayHold(long[] words) => (Banner.AnyOf.Count == 0 || _anyIsLive || IsIn(_any, words)) && !IsIn(_none, words);

        private static bool IsIn(SegmentBit[] bits, long[] words)
        {
            foreach (var bit in bits)
                if (bit.Word < words.Length && (words[bit.Word] & bit.Mask) != 0)
                    return true;
            return false;
        }
    }
}
