using System.Globalization;
using PetShop.Data.Campaigns;
using PetShop.Web.Tracking;

namespace PetShop.Web.Campaigns;

/// <summary>Full addresses of the links of one campaign; those to the shop carry its mark, which tells of the letter and of no reader.</summary>
public sealed class LetterLinks(Uri root, int campaign, string arm)
{
    public const string FirstSubject = "a", SecondSubject = "b", HeldOut = "held-out";

    /// <summary>What the visits that begin with a link of the letter are counted under.</summary>
    public static string Mark(int campaign, string arm) => string.Create(CultureInfo.InvariantCulture, $"{VisitOrigin.LetterMark}{campaign}-{arm}");

    public string To(string url) => url.StartsWith('/') ? Marked(root.AbsoluteUri.TrimEnd('/') + url) : LeadsHere(url, root) ? Marked(url) : url;

    /// <summary>A page of the shop that needs no counting, such as the way out.</summary>
    public string Plain(string path) => root.AbsoluteUri.TrimEnd('/') + path;

    /// <summary>Whether a full address is one of the shop's.</summary>
    public static bool LeadsHere(string url, Uri root) =>
        Uri.TryCreate(url, UriKind.Absolute, out var target) && target.Scheme is "https" or "http" && string.Equals(target.Authority, root.Authority, StringComparison.OrdinalIgnoreCase);

    /// <summary>The subjects that a campaign's readers share, the first one first.</summary>
    public static IReadOnlyList<string> Arms(Campaign campaign) => campaign.OtherSubject is null ? [FirstSubject] : [FirstSubject, SecondSubject];

    private string Marked(string address)
    {
        var (page, place) = address.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (address[..at], address[at..]) : (address, "");
        return $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}utm_source=letter&utm_medium=email&utm_campaign={Mark(campaign, arm)}{place}";
    }
}
