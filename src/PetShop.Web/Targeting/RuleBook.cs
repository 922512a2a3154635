using System.Collections.Frozen;
using PetShop.Data.Banners;
using PetShop.Data.Pricing;
using PetShop.Data.Segments;
using PetShop.Targeting;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Targeting;

/// <summary>What a page needs of a banner to show it.</summary>
public sealed record BannerCard(int Id, string Title, string Text, string Illustration, int Hue, string LinkUrl, string LinkLabel)
{
    /// <summary>Run and variant, reported with every view and click; null where the banner has one variant.</summary>
    public string? Mark { get; init; }
}

/// <summary>An active segment with its schedule.</summary>
public sealed record ActiveSegment(int Id, string Slug, string Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, CompiledSegment Compiled)
{
    /// <summary>Figures and names for its sentence.</summary>
    public FigureWords Words { get; init; } = Money.Figures;

    /// <summary>Its rule in plain English.</summary>
    public string Sentence => RuleSentence.Of(Compiled.Rule, Words);

    public bool IsOn(DateTimeOffset at) => Schedule.Holds(StartsAt, EndsAt, at);
}

/// <summary>A segment whose rule cannot be used, and why.</summary>
public sealed record BrokenSegment(int Id, string Slug, string Problem);

/// <summary>All segments, banners and offers, compiled; never changes, an edit makes a new one.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<int, Dictionary<string, BannerCard>> _variants;
    private readonly FrozenDictionary<int, int> _runs;

    public static RuleBook Empty { get; } = new([], []);

    /// <param name="segments">Every segment, active or not: an inactive one may be referred to.</param>
    /// <param name="lists">Keys of the lists that rules may name; null where nobody asks.</param>
    /// <param name="offers">Prices for members; null for none.</param>
    /// <param name="slots">Where members are stored: an offer holds only for a segment that is known to be large enough.</param>
    /// <param name="zone">Id of the shop's time zone, which stored members rest on.</param>
    /// <param name="spoken">Names of lists, categories and brands; null for their keys.</param>
    public RuleBook(
        IReadOnlyList<Segment> segments, IReadOnlyList<Banner> banners, IReadOnlySet<string>? lists = null, IReadOnlyList<PriceOffer>? offers = null, IReadOnlyList<SegmentSlot>? slots = null, string zone = "",
        SpokenNames? spoken = null)
    {
        var (parsed, broken) = Parsed(segments);
        var names = segments.ToDictionary(s => s.Slug, s => s.Name, StringComparer.Ordinal);
        References = new(parsed, names, lists);
        Names = (spoken ?? SpokenNames.None) with { Segments = names };
        var sound = Sound(segments, parsed, names, broken);
        Broken = broken;
        Segments = new SegmentSet(sound, lists);
        Active = [.. segments.Where(s => s.IsActive && sound.ContainsKey(s.Slug)).OrderBy(s => s.Id)
            .Select(s => new ActiveSegment(s.Id, s.Slug, s.Name, s.StartsAt, s.EndsAt, Segments[s.Slug]) { Words = Words })];
        var slugs = segments.ToDictionary(s => s.Id, s => s.Slug);
        var unsound = broken.Select(b => b.Id).ToHashSet();
        Banners = [.. banners.OrderBy(b => b.Id).Select(b => Candidate(b, slugs, unsound))];
        _variants = banners.ToFrozenDictionary(b => b.Id, b => BannerVariants.Of(b).ToDictionary(l => l.Key, l => BannerVariants.Card(b, l, BannerVariants.Experiment(b) is not null)));
        _runs = banners.ToFrozenDictionary(b => b.Id, b => b.Run);
        HoldsOut = banners.Any(b => b.HoldoutPercent > 0);
        Offers = new(offers ?? [], new(segments, Segments, slots ?? [], zone));
    }

    /// <summary>Checks what a rule names against all segments and lists.</summary>
    public RuleReferences References { get; }

    /// <summary>What people call segments, lists, categories and brands; those of the catalogue as of the last reading.</summary>
    public SpokenNames Names { get; }

    /// <summary>Figures and names for the sentences of these rules.</summary>
    public FigureWords Words => Money.Figures with { Names = Names };

    /// <summary>Every segment whose rule is sound.</summary>
    public SegmentSet Segments { get; }
    public IReadOnlyList<ActiveSegment> Active { get; }
    public IReadOnlyList<BrokenSegment> Broken { get; }
    public IReadOnlyList<BannerCandidate> Banners { get; }

    public OfferBook Offers { get; }

    /// <summary>Whether any banner is kept from a share of the visitors.</summary>
    public bool HoldsOut { get; }

    /// <summary>A banner as a visitor sees it.</summary>
    /// <param name="visitorKey">The first visitor id ever seen; null without consent.</param>
    public BannerCard Card(BannerCandidate banner, string? visitorKey) => _variants[banner.Id][banner.VariantFor(visitorKey)];

    /// <summary>What is reported where a banner is kept from a visitor.</summary>
    public string HoldoutMark(BannerCandidate banner) => BannerVariants.Mark(_runs[banner.Id], BannerCandidate.HeldOut);

    /// <summary>Slugs of the segments that are on at the moment and hold the visitor.</summary>
    public HashSet<string> MembershipsOf(VisitorFacts visitor, Moment at)
    {
        var member = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in Active)
            if (segment.IsOn(at.AsOf) && segment.Compiled.Matches(visitor, at))
                member.Add(segment.Slug);
        return member;
    }

    private static (Dictionary<string, Rule> Parsed, List<BrokenSegment> Unreadable) Parsed(IReadOnlyList<Segment> segments)
    {
        var (parsed, unreadable) = (new Dictionary<string, Rule>(StringComparer.Ordinal), new List<BrokenSegment>());
        foreach (var segment in segments)
            if (RuleJson.TryParse(segment.Rule, out var rule, out var errors))
                parsed.Add(segment.Slug, rule!);
            else
                unreadable.Add(new(segment.Id, segment.Slug, string.Join(" ", errors)));
        return (parsed, unreadable);
    }

    private Dictionary<string, Rule> Sound(IReadOnlyList<Segment> segments, Dictionary<string, Rule> parsed, Dictionary<string, string> names, List<BrokenSegment> broken)
    {
        var sound = new Dictionary<string, Rule>(parsed, StringComparer.Ordinal);
        foreach (var segment in segments.Where(s => parsed.ContainsKey(s.Slug)))
            if (SegmentSet.Fault(References.Reachable(segment.Slug), References.Lists, names) is { } fault)
            {
                broken.Add(new(segment.Id, segment.Slug, fault));
                sound.Remove(segment.Slug);
            }
        return sound;
    }

    // A segment that is gone or broken holds nobody: who was in it is not known, so a banner for it waits, and one that shuns it waits as well.
    private static BannerCandidate Candidate(Banner b, Dictionary<int, string> slugs, HashSet<int> unsound) => new()
    {
        Id = b.Id, Placement = b.Placement, Priority = b.Priority, StartsAt = b.StartsAt, EndsAt = b.EndsAt, DailyCap = b.DailyCap, Experiment = BannerVariants.Experiment(b),
        IsActive = b.IsActive && !b.ExcludedSegmentIds.Any(unsound.Contains),
        AnyOf = [.. b.SegmentIds.Select(id => slugs.GetValueOrDefault(id, $"(deleted segment {id})"))],
        NoneOf = [.. b.ExcludedSegmentIds.Where(slugs.ContainsKey).Select(id => slugs[id])],
    };
}
