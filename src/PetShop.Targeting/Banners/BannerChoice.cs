using System.Globalization;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Banners;

/// <summary>What decides whether a banner is shown; how it looks is no concern here.</summary>
public sealed record BannerCandidate
{
    public required int Id { get; init; }
    public required string Placement { get; init; }
    public bool IsActive { get; init; } = true;

    /// <summary>The highest wins; of equals, the lower id.</summary>
    public int Priority { get; init; }

    /// <summary>From this instant; null means always.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Until before this instant; null means for ever.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Slugs of segments of which the visitor must be in one; empty means everyone.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>Slugs of segments whose members never see it.</summary>
    public IReadOnlyList<string> NoneOf { get; init; } = [];

    /// <summary>Impressions a visitor and day after which it rests; null means no cap.</summary>
    public int? DailyCap { get; init; }

    /// <summary>Who sees which variant of it, and who none; null where all see the one there is.</summary>
    public Experiment? Experiment { get; init; }

    /// <summary>The variant of somebody who is not recognised: always the first, and nobody is held out.</summary>
    public const string FirstVariant = "A";

    /// <summary>The variant that shows nothing: what the next in priority, or nothing, does in its place is what the banner is measured against.</summary>
    public const string HeldOut = "holdout";

    /// <summary>The variant for a visitor.</summary>
    /// <param name="visitorKey">The first visitor id ever seen; null without consent.</param>
    public string VariantFor(string? visitorKey) => Experiment is null || visitorKey is null ? FirstVariant : Experiment.Assign(visitorKey).Name;
}

/// <summary>Why a banner was shown or passed over.</summary>
public enum BannerReason { Shown, OutrankedBy, SwitchedOff, NotYet, Over, InNoSegment, Excluded, CapReached, HeldOut }

/// <summary>The fate of one banner at a placement.</summary>
/// <param name="Detail">The segment, instant, figure or winning banner the reason turns on, for people; empty when it needs none.</param>
public sealed record BannerVerdict(BannerCandidate Banner, BannerReason Reason, string Detail)
{
    /// <summary>The reason as a sentence for the preview.</summary>
    /// <param name="names">What the segments are called; none for their keys.</param>
    public string Sentence(SpokenNames names) => Reason switch
    {
        BannerReason.Shown => "Shown.",
        BannerReason.OutrankedBy => $"Would fit, but banner {Detail} comes first.",
        BannerReason.SwitchedOff => "Switched off.",
        BannerReason.NotYet => $"Starts at {Detail}.",
        BannerReason.Over => $"Ended at {Detail}.",
        BannerReason.InNoSegment => $"The visitor is in none of its segments ({string.Join(", ", Banner.AnyOf.Select(names.Segment))}).",
        BannerReason.Excluded => $"The visitor is in the excluded segment {names.Segment(Detail)}.",
        BannerReason.CapReached => $"Already seen {Detail} times today, which is its cap.",
        _ => "Held out: the visitor is of the share that does not see it, for comparison.",
    };
}

/// <summary>Chooses the banner of a placement and tells why the others were passed over.</summary>
public static class BannerChoice
{
    /// <summary>The banner to show, or null; allocates nothing.</summary>
    /// <param name="banners">Banners of any placement, in any order.</param>
    /// <param name="placement">The named spot to fill.</param>
    /// <param name="asOf">The instant of the page.</param>
    /// <param name="memberships">Slugs of the visitor's segments.</param>
    /// <param name="shownToday">Impressions of each banner to this visitor on this day; absent means none.</param>
    /// <param name="visitorKey">The first visitor id ever seen; null without consent.</param>
    public static BannerCandidate? Choose(
        IReadOnlyList<BannerCandidate> banners, string placement, DateTimeOffset asOf, IReadOnlySet<string> memberships, IReadOnlyDictionary<int, int> shownToday, string? visitorKey = null)
    {
        BannerCandidate? best = null;
        for (var i = 0; i < banners.Count; i++)
            if (banners[i].Placement == placement && (best is null || Outranks(banners[i], best))
                && Obstacle(banners[i], asOf, memberships, shownToday, visitorKey) == BannerReason.Shown)
                best = banners[i];
        return best;
    }

    /// <summary>The banners that would have been shown in place of the winner, were the visitor not held out of them: the page counts them as met, too.</summary>
    /// <param name="winner">What <see cref="Choose"/> gave; null for nothing.</param>
    public static IReadOnlyList<BannerCandidate> Withheld(
        IReadOnlyList<BannerCandidate> banners, string placement, DateTimeOffset asOf, IReadOnlySet<string> memberships, IReadOnlyDictionary<int, int> shownToday, string? visitorKey, BannerCandidate? winner) =>
        [.. banners.Where(b => b.Placement == placement && (winner is null || Outranks(b, winner)) && Obstacle(b, asOf, memberships, shownToday, visitorKey) == BannerReason.HeldOut)];

    /// <summary>The fate of every banner of the placement, the best first; of the winner too. Instants are told by the clock on the shop's wall.</summary>
    public static IReadOnlyList<BannerVerdict> Explain(
        IReadOnlyList<BannerCandidate> banners, string placement, Moment at, IReadOnlySet<string> memberships, IReadOnlyDictionary<int, int> shownToday, string? visitorKey = null)
    {
        var winner = Choose(banners, placement, at.AsOf, memberships, shownToday, visitorKey);
        return [.. banners.Where(b => b.Placement == placement).OrderByDescending(b => b.Priority).ThenBy(b => b.Id).Select(b => Verdict(b))];

        BannerVerdict Verdict(BannerCandidate banner)
        {
            var reason = Obstacle(banner, at.AsOf, memberships, shownToday, visitorKey);
            reason = reason == BannerReason.Shown && banner.Id != winner?.Id ? BannerReason.OutrankedBy : reason;
            return new(banner, reason, Detail(banner, reason, winner, at, memberships, shownToday));
        }
    }

    internal static bool Outranks(BannerCandidate a, BannerCandidate b) => a.Priority > b.Priority || a.Priority == b.Priority && a.Id < b.Id;

    private static BannerReason Obstacle(BannerCandidate banner, DateTimeOffset asOf, IReadOnlySet<string> memberships, IReadOnlyDictionary<int, int> shownToday, string? visitorKey)
    {
        if (!banner.IsActive)
            return BannerReason.SwitchedOff;
        if (asOf < banner.StartsAt)
            return BannerReason.NotYet;
        if (asOf >= banner.EndsAt)
            return BannerReason.Over;
        if (banner.AnyOf.Count > 0 && First(banner.AnyOf, memberships) is null)
            return BannerReason.InNoSegment;
        if (First(banner.NoneOf, memberships) is not null)
            return BannerReason.Excluded;
        if (shownToday.GetValueOrDefault(banner.Id) >= banner.DailyCap)
            return BannerReason.CapReached;
        return banner.Experiment is not null && banner.VariantFor(visitorKey) == BannerCandidate.HeldOut ? BannerReason.HeldOut : BannerReason.Shown;
    }

    private static string Detail(
        BannerCandidate banner, BannerReason reason, BannerCandidate? winner, Moment at, IReadOnlySet<string> memberships, IReadOnlyDictionary<int, int> shownToday) => reason switch
        {
            BannerReason.OutrankedBy => $"{winner!.Id}",
            BannerReason.NotYet => Wall(banner.StartsAt!.Value, at),
            BannerReason.Over => Wall(banner.EndsAt!.Value, at),
            BannerReason.InNoSegment => string.Join(", ", banner.AnyOf),
            BannerReason.Excluded => First(banner.NoneOf, memberships)!,
            BannerReason.CapReached => $"{shownToday.GetValueOrDefault(banner.Id)}",
            _ => "",
        };

    private static string Wall(DateTimeOffset instant, Moment zone) => zone.At(instant).Wall.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static string? First(IReadOnlyList<string> segments, IReadOnlySet<string> memberships)
    {
        for (var i = 0; i < segments.Count; i++)
            if (memberships.Contains(segments[i]))
                return segments[i];
        return null;
    }
}
