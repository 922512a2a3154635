using System.Collections.Frozen;
using PetShop.Data.Pricing;
using PetShop.Data.Segments;
using PetShop.Targeting.Pricing;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>An offer with what keeps it from holding, if anything does.</summary>
/// <param name="Faults">Sentences that say how to mend it; while there is any, the offer lowers no price.</param>
public sealed record BookedOffer(int Id, string Name, bool IsActive, OfferTerms Terms, IReadOnlyList<string> Faults)
{
    /// <summary>Switched on, and stopped all the same.</summary>
    public bool IsStopped => IsActive && Faults.Count > 0;
}

/// <summary>All offers, each held against its segments; never changes, an edit of either makes a new one.</summary>
/// <remarks>Whether a segment may set a price is worked out here and stored nowhere: an offer stops in the moment in which its segment becomes unfit, and goes on when that is mended.</remarks>
public sealed class OfferBook
{
    private readonly FrozenDictionary<int, BookedOffer> _byId;
    private readonly SegmentsForPrices _segments;

    public OfferBook(IReadOnlyList<PriceOffer> offers, SegmentsForPrices segments)
    {
        _segments = segments;
        All = [.. offers.OrderBy(o => o.Id).Select(o => new BookedOffer(o.Id, o.Name, o.IsActive, TermsOf(o), FaultsOf(o)))];
        InForce = [.. All.Where(o => o.IsActive && o.Faults.Count == 0).Select(o => o.Terms)];
        _byId = All.ToFrozenDictionary(o => o.Id);
    }

    public IReadOnlyList<BookedOffer> All { get; }

    /// <summary>The offers that may lower a price, each within its schedule.</summary>
    public IReadOnlyList<OfferTerms> InForce { get; }

    public BookedOffer? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>What keeps an offer from holding; asked before one is switched on, too.</summary>
    public IReadOnlyList<string> FaultsOf(PriceOffer offer) => offer.SegmentIds.Length == 0
        ? ["It names no segment, so nobody would get it. A price for everyone is the public price of the product."]
        : [.. offer.SegmentIds.SelectMany(_segments.Faults)];

    /// <summary>What keeps a segment from setting prices.</summary>
    public IReadOnlyList<string> FaultsOf(int segment) => [.. _segments.Faults(segment)];

    /// <summary>What to look into before relying on an offer.</summary>
    public IReadOnlyList<string> WarningsOf(PriceOffer offer) => [.. offer.SegmentIds.SelectMany(_segments.Warnings)];

    private OfferTerms TermsOf(PriceOffer o) => new()
    {
        Id = o.Id, Reason = o.Reason, Cut = new((PriceCutKind)o.Kind, o.Size), LeastMarginPercent = o.LeastMarginPercent, StartsAt = o.StartsAt, EndsAt = o.EndsAt,
        Scope = ScopeOf(o), AnyOf = [.. o.SegmentIds.Where(id => !_segments.Waits(id)).Select(_segments.Slug).OfType<string>()], HoldoutPercent = o.HoldoutPercent, Run = o.Run, Version = o.Version,
    };

    public static OfferScope ScopeOf(PriceOffer o) => new(o.Everything, [.. o.Categories], [.. o.Brands], [.. o.ProductIds]);
}

/// <summary>What is known of segments when prices are to rest on them.</summary>
public sealed class SegmentsForPrices
{
    private readonly Dictionary<int, Segment> _segments;
    private readonly SegmentSet _set;
    private readonly Dictionary<int, (string Fingerprint, int Members)> _stored;
    private readonly string _zone;

    /// <param name="set">Those whose rules are sound.</param>
    /// <param name="slots">Where their members are stored.</param>
    /// <param name="zone">Id of the shop's time zone.</param>
    public SegmentsForPrices(IEnumerable<Segment> segments, SegmentSet set, IEnumerable<SegmentSlot> slots, string zone)
    {
        (_segments, _set, _zone) = (segments.ToDictionary(s => s.Id), set, zone);
        _stored = slots.ToDictionary(s => s.SegmentId, s => (s.Fingerprint, s.Members));
    }

    /// <summary>Nobody is counted in it, as its schedule keeps it out of its time: an offer may name it, and gives no price through it before its members are known.</summary>
    public bool Waits(int id) => _segments.GetValueOrDefault(id) is { IsActive: true } segment && (segment.StartsAt ?? segment.EndsAt) is not null && !_stored.ContainsKey(id);

    public string? Slug(int id) => _segments.GetValueOrDefault(id)?.Slug;

    public IEnumerable<string> Faults(int id) => _segments.GetValueOrDefault(id) is { } segment
        ? OfferFitness.Faults(segment.Name, Compiled(segment), segment.IsActive, MembersOf(segment), _set, Waits(id))
        : ["A segment that it names was deleted. Choose another one."];

    public IEnumerable<string> Warnings(int id) => _segments.GetValueOrDefault(id) is { } segment && Compiled(segment) is { } compiled
        ? [.. OfferFitness.Warnings(segment.Name, compiled), .. Waits(id) ? [$"“{segment.Name}” is outside its time, so nobody is in it. Through it the offer gives prices once its time begins and it has {OfferFitness.SmallestSegment} members."] : Array.Empty<string>()] : [];

    private CompiledSegment? Compiled(Segment segment) => _set.TryGet(segment.Slug, out var compiled) ? compiled : null;

    /// <summary>How many are in it by the rule it has now; null while stored members are those of another rule, or of none.</summary>
    private int? MembersOf(Segment segment) =>
        Compiled(segment) is { } compiled && _stored.TryGetValue(segment.Id, out var stored) && stored.Fingerprint == MembershipPlan.Fingerprint(compiled, _set, _zone) ? stored.Members : null;
}
