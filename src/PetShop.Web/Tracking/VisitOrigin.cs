using Microsoft.AspNetCore.WebUtilities;

namespace PetShop.Web.Tracking;

/// <summary>Where a visit comes from, as the request itself tells.</summary>
/// <param name="ReferrerHost">Host of the page that linked to the shop.</param>
/// <param name="Campaign">The utm_campaign of the link, or where that is missing its utm_source.</param>
public sealed record VisitOrigin(string? ReferrerHost, string? Campaign)
{
    /// <summary>Begins the campaign of every visit that a letter's link brought; it is noted only of who agreed to statistics.</summary>
    public const string LetterMark = "letter-";

    public bool IsKnown => !string.IsNullOrEmpty(ReferrerHost) || !string.IsNullOrEmpty(Campaign);

    public static VisitOrigin Of(HttpRequest request) => new(HostOf(request), CampaignOf(request.QueryString.Value));

    /// <summary>Host of the page that linked here; null for the shop's own pages.</summary>
    public static string? HostOf(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var referrer) && referrer.Scheme is "http" or "https"
        && !string.Equals(referrer.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? EventText.Clean(referrer.Host, 60)
            : null;

    /// <summary>The campaign that an address names.</summary>
    public static string? CampaignOf(string? address)
    {
        if (address?.IndexOf('?', StringComparison.Ordinal) is not (>= 0 and var start) || !address.Contains("utm_", StringComparison.Ordinal))
            return null;
        var query = QueryHelpers.ParseQuery(address[start..]);
        return query.TryGetValue("utm_campaign", out var campaign) || query.TryGetValue("utm_source", out campaign) ? EventText.Clean(campaign, 60) : null;
    }

    /// <summary>The search a shopper came from, when the page that linked here is the shop's own search.</summary>
    public static string? Search(HttpRequest request)
    {
        if (!Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var referrer)
            || !string.Equals(referrer.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || !referrer.AbsolutePath.Equals("/search", StringComparison.OrdinalIgnoreCase))
            return null;
        var query = QueryHelpers.ParseQuery(referrer.Query);
        return query.TryGetValue("q", out var words) ? EventText.Words(words) : null;
    }

    /// <summary>The country a proxy names; else the region of the language that the browser prefers.</summary>
    public static string? Country(HttpRequest request, string? header)
    {
        if (header is not null)
            return Code(request.Headers[header].ToString());
        var language = request.Headers.AcceptLanguage.ToString().AsSpan();
        var end = language.IndexOfAny(',', ';');
        if (end >= 0)
            language = language[..end];
        return language.Length == 5 && language[2] == '-' ? Code(language[3..].ToString()) : null;
    }

    private static string? Code(string text) =>
        text.Length == 2 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) ? text.ToUpperInvariant() : null;
}
