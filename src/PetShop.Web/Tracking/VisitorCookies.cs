using System.Globalization;
using System.Security.Cryptography;

namespace PetShop.Web.Tracking;

/// <summary>The three cookies of tracking: the answer is essential, the visitor and the session exist only with consent.</summary>
public static class VisitorCookies
{
    public const string Consent = "petshop.consent";
    public const string Visitor = "petshop.visitor";
    public const string Session = "petshop.session";

    /// <summary>An answer, whichever it was, is asked for again after half a year.</summary>
    public static readonly TimeSpan AnswerLifetime = TimeSpan.FromDays(180);

    public static void WriteConsent(HttpContext http, Consent consent) =>
        http.Response.Cookies.Append(Consent, consent.ToCookie(ConsentText.Version), Options(http, AnswerLifetime));

    public static void WriteVisitor(HttpContext http, VisitorToken token) =>
        http.Response.Cookies.Append(Visitor, token.ToCookie(), Options(http, AnswerLifetime));

    public static void WriteSession(HttpContext http, SessionToken token, TimeSpan idle) =>
        http.Response.Cookies.Append(Session, token.ToCookie(), Options(http, idle));

    /// <summary>Removes what only consent allows; the answer stays.</summary>
    public static void DeleteIdentity(HttpContext http)
    {
        foreach (var name in (ReadOnlySpan<string>)[Visitor, Session])
        {
            if (http.Request.Cookies.ContainsKey(name))
                http.Response.Cookies.Delete(name, Options(http, null));
        }
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? maxAge) => new()
    {
        HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = maxAge,
    };
}

/// <summary>The browser's id and a mark of the account last signed in on it, so that on a shared device nobody inherits another's browsing.</summary>
/// <param name="Owner">Eight hexadecimal digits that follow from the account's id; empty before any sign-in.</param>
public readonly record struct VisitorToken(Guid Id, string Owner)
{
    public static VisitorToken? Parse(string? cookie) =>
        cookie is { Length: >= 32 and <= 41 } && Guid.TryParseExact(cookie.AsSpan(0, 32), "N", out var id) && id.Version == 7
            ? new(id, cookie.Length == 41 ? cookie[33..] : "")
            : null;

    public string ToCookie() => Owner.Length == 0 ? Id.ToString("N") : $"{Id:N}.{Owner}";

    public static string OwnerOf(Guid shopperId) => Convert.ToHexStringLower(SHA256.HashData(shopperId.ToByteArray(bigEndian: true)).AsSpan(0, 4));
}

/// <summary>One visit: its id, when it was last seen, and where it came from.</summary>
public readonly record struct SessionToken(Guid Id, DateTimeOffset SeenAt, string? ReferrerHost, string? Campaign)
{
    // Two texts of 60 characters, each of at most three bytes of three letters, beside the id and the time.
    private const int MaxCookie = 1200;

    public static SessionToken Start(DateTimeOffset now, VisitOrigin origin) =>
        new(Guid.CreateVersion7(now), now, EventText.Clean(origin.ReferrerHost, 60), EventText.Clean(origin.Campaign, 60));

    public static SessionToken? Parse(string? cookie)
    {
        if (cookie is null || cookie.Length > MaxCookie || cookie.Split('~') is not [var id, var seen, var referrer, var campaign])
            return null;
        return Guid.TryParseExact(id, "N", out var session) && uint.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new(session, DateTimeOffset.FromUnixTimeSeconds(seconds), Read(referrer), Read(campaign))
            : null;
    }

    public string ToCookie() => string.Create(CultureInfo.InvariantCulture, $"{Id:N}~{SeenAt.ToUnixTimeSeconds()}~{Write(ReferrerHost)}~{Write(Campaign)}");

    private static string? Read(string text) => text.Length == 0 ? null : EventText.Clean(Uri.UnescapeDataString(text), 60);

    private static string Write(string? text) => text is null ? "" : Uri.EscapeDataString(text).Replace("~", "%7E", StringComparison.Ordinal);
}
