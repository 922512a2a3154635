using System.Globalization;
using Microsoft.Extensions.Options;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Campaigns;

/// <summary>One thing to know, or to mend, before a letter is sent.</summary>
/// <param name="Blocks">Whether it keeps the letter from being sent.</param>
public sealed record CampaignCheck(string Words, bool Blocks);

/// <summary>Looks at a campaign as somebody careful would before pressing Send.</summary>
public sealed class CampaignChecks(IOptions<CampaignOptions> options, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private const int LongestSubject = 120;

    /// <summary>What is wrong with the words and links; nothing of it depends on who reads them.</summary>
    public static IReadOnlyList<CampaignCheck> OfWords(Campaign campaign, Uri root)
    {
        List<CampaignCheck> checks = [];
        var body = new LetterMarkdown(campaign.Body);
        if (new[] { campaign.Subject, campaign.OtherSubject ?? "", campaign.Body, campaign.ButtonLabel, campaign.ButtonLink }.Any(t => t.Contains('\0', StringComparison.Ordinal)))
            checks.Add(new("There is a character in it that nobody sees and that cannot be kept. Type the words anew instead of pasting them.", true));
        if (campaign.Subject.Trim().Length == 0)
            checks.Add(new("There is no subject. It is the first thing a reader sees: write it.", true));
        if (campaign.Subject.Length > LongestSubject || campaign.OtherSubject?.Length > LongestSubject)
            checks.Add(new($"A subject is longer than {LongestSubject} letters; mail programs cut it off after about 60. Shorten it.", true));
        if (campaign.OtherSubject is { } other && other.Trim() == campaign.Subject.Trim())
            checks.Add(new("Both subjects are the same, so there is nothing to compare. Change one, or empty the second.", true));
        if (campaign.Body.Trim().Length == 0)
            checks.Add(new("The letter is empty. Write its text.", true));
        checks.AddRange(body.Faults.Concat(new[] { campaign.Subject, campaign.OtherSubject ?? "", campaign.Body, campaign.ButtonLabel }.SelectMany(LetterGaps.Faults)).Distinct().Select(f => new CampaignCheck(f, true)));
        if (campaign.ButtonLabel.Length > 0 != campaign.ButtonLink.Length > 0)
            checks.Add(new(campaign.ButtonLink.Length == 0 ? "The button leads nowhere. Write where it leads, or empty its label." : "The button has a link but no label. Say what it does, or empty the link.", true));
        if (campaign.ButtonLink.Length > 0 && !LetterMarkdown.IsSound(campaign.ButtonLink))
            checks.Add(new($"The button leads to “{campaign.ButtonLink}”. Begin with / for a page of the shop, or with https://.", true));
        foreach (var link in body.Links.Append(campaign.ButtonLink).Distinct().Where(l => LeadsAway(l, root)))
            checks.Add(new($"A link leads away from the shop, to {new Uri(link).Host}. Visits there are not counted, and the reader should see from the words where it goes.", false));
        return checks;
    }

    /// <summary>Everything to know before sending; what blocks comes first.</summary>
    public IReadOnlyList<CampaignCheck> Of(Campaign campaign, CampaignAudience audience, CampaignReach? reach, Uri root)
    {
        List<CampaignCheck> checks = [.. OfWords(campaign, root)];
        if (campaign.Kind == CampaignKind.OnEntry && campaign.SegmentIds.Length == 0)
            checks.Add(new("A letter that follows an entry needs a segment to enter. Choose one.", true));
        if (audience.Problem is { } problem)
            checks.Add(new(problem, true));
        else if (reach is not null)
            checks.AddRange(OfReach(campaign, reach));
        foreach (var trait in audience.Included.SelectMany(s => s.Compiled.Needs.Traits).Where(t => t.Sensitivity == Sensitivity.Protected).Distinct())
            checks.Add(new($"The rule asks for {trait.Label}, a protected fact, and the last lines of the letter say so to its reader. Be sure that you would say it to their face.", false));
        checks.AddRange(OfTime(campaign));
        return [.. checks.OrderByDescending(c => c.Blocks)];
    }

    private IEnumerable<CampaignCheck> OfReach(Campaign campaign, CampaignReach reach)
    {
        var refused = reach.Of(LeaveOut.NotAgreed);
        if (refused > 0)
            yield return new($"{Share(refused, reach.Members)} of {Count(reach.Members, "member", "members")} have not agreed to letters ({refused:#,0}) and get none.", false);
        if (campaign.Kind == CampaignKind.Once && campaign.SegmentIds.Length > 0 && reach.Members < options.Value.SmallestAudience)
            yield return new($"It would be for {Count(reach.Members, "shopper", "shoppers")}; a letter is sent by hand from {options.Value.SmallestAudience} members on, so that nobody is picked out. Widen the rule, or add a segment.", true);
        else if (campaign.Kind == CampaignKind.Once && reach.Would == 0)
            yield return new(reach.Of(LeaveOut.Capped) > 0 ? $"Nobody would get it now: all who agreed had a letter within {Days(options.Value.Cap)}. Send it later." : "Nobody would get it: none of the members may be written to.", true);
        if (campaign.SegmentIds.Length == 0 && campaign.Kind == CampaignKind.Once)
            yield return new("No segment is chosen: it goes to everyone who agreed to letters.", false);
        if (campaign.HoldoutPercent > 0 && campaign.Kind == CampaignKind.Once && reach.Would * campaign.HoldoutPercent / 100 < LetterReading.LeastPeople)
            yield return new($"Of {reach.Would:#,0} readers {campaign.HoldoutPercent} % are too few to tell what the letter brings: {LetterReading.LeastPeople} people are the least on each side.", false);
        if (campaign.HoldoutPercent == 0)
            yield return new("Nobody is held out, so what the letter brings cannot be told from what would have been bought anyway.", false);
    }

    private IEnumerable<CampaignCheck> OfTime(Campaign campaign)
    {
        if (campaign.Kind != CampaignKind.Once)
            yield break;
        var at = campaign.SendAt ?? clock.GetUtcNow();
        if (campaign.SendAt < clock.GetUtcNow() - options.Value.LateBy)
            yield return new($"Its time is more than {Days(options.Value.LateBy)} ago. Choose another, or empty it to send at once.", true);
        var end = options.Value.Rules.Quiet.EndFrom(at, shop.Value.Zone);
        if (end > at)
            yield return new($"It falls into the quiet hours ({options.Value.QuietFrom}:00 to {options.Value.QuietUntil}:00): letters leave from {TimeZoneInfo.ConvertTime(end, shop.Value.Zone).ToString("d MMMM, HH:mm", CultureInfo.InvariantCulture)} on.", false);
    }

    private static bool LeadsAway(string link, Uri root) => link.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(link, UriKind.Absolute, out _) && !LetterLinks.LeadsHere(link, root);

    private static string Share(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / Math.Max(whole, 1):0}\u00a0%");

    private static string Count(long n, string one, string many) => $"{n:#,0} {(n == 1 ? one : many)}";

    private static string Days(TimeSpan span) => span.TotalDays == 1 ? "a day" : string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days");
}
