using System.Security.Claims;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using PetShop.Web.Logging;

namespace PetShop.Web.Tracking;

/// <summary>Finds out who is asking, within what they agreed to, before any page runs.</summary>
public sealed class VisitorMiddleware(RequestDelegate next, ShopperConsents shopperConsents, GpcOptOut gpcOptOut, TimeProvider clock, IOptions<TrackingOptions> options)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // A re-executed error page keeps the visitor of the first run; a file and a program need none.
        if (http.Features.Get<Visitor>() is null && !NeedsNone(http))
        {
            var visitor = await ResolveAsync(http, http.RequestAborted);
            http.Features.Set(visitor);
            if (visitor.Id is { } id)
                http.Items[RequestLogging.PseudonymKey] = id.ToString();
        }
        await next(http);
    }

    private static bool NeedsNone(HttpContext http) =>
        http.GetEndpoint() is { } endpoint
            ? endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.Metadata.GetMetadata<WithoutVisitor>() is not null
            : http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private async ValueTask<Visitor> ResolveAsync(HttpContext http, CancellationToken cancel)
    {
        var userAgent = http.Request.Headers.UserAgent.ToString();
        var bot = BotDetector.Reason(userAgent, options.Value.HeadlessIsBot);
        var gpc = http.Request.Headers["Sec-GPC"] == "1";
        var shopperId = ShopperId(http.User);
        var (consent, isRead) = await ConsentAsync(http, shopperId, gpc, cancel);

        VisitorToken? token = bot is null && consent.NeedsIdentity ? KeepVisitor(http, shopperId) : null;
        SessionToken? session = token is null ? null : KeepSession(http);
        // An answer that could not be read is kept to like a refusal, but the cookies wait for the next page.
        if (token is null && isRead)
            VisitorCookies.DeleteIdentity(http);
        // Without agreement nothing of a visit is kept: each request tells for itself where it comes from.
        var origin = session is { } kept ? new(kept.ReferrerHost, kept.Campaign) : VisitOrigin.Of(http.Request);
        return new()
        {
            Id = token?.Id, ShopperId = shopperId, SessionId = session?.Id, Consent = consent, SendsGpc = gpc, BotReason = bot,
            Device = http.Request.Headers["Sec-CH-UA-Mobile"] == "?1" ? "phone" : BotDetector.Device(userAgent),
            Country = VisitOrigin.Country(http.Request, options.Value.CountryHeader),
            ReferrerHost = origin.ReferrerHost, Campaign = origin.Campaign,
        };
    }

    private async ValueTask<(Consent Consent, bool IsRead)> ConsentAsync(HttpContext http, Guid? shopperId, bool gpc, CancellationToken cancel)
    {
        var consent = Consent.FromCookie(http.Request.Cookies[VisitorCookies.Consent], ConsentText.Version);
        if (gpc)
        {
            await gpcOptOut.ApplyAsync(http, shopperId, cancel);
            // An agreement that was taken back does not come back when the signal goes.
            if (!consent.IsWithin(consent.UnderGpc()))
                VisitorCookies.WriteConsent(http, consent.UnderGpc());
        }
        var account = shopperId is { } shopper ? await shopperConsents.FindAsync(shopper, cancel) : null;
        if (shopperId is not null)
            consent = consent.With(account ?? Consent.Refused);
        return (gpc ? consent.UnderGpc() : consent, gpc || shopperId is null || account is not null);
    }

    /// <summary>The browser's id: the one it has, or a new one at the first visit after consent and when another person takes the device.</summary>
    private VisitorToken KeepVisitor(HttpContext http, Guid? shopperId)
    {
        var had = VisitorToken.Parse(http.Request.Cookies[VisitorCookies.Visitor]);
        var owner = shopperId is { } shopper ? VisitorToken.OwnerOf(shopper) : "";
        if (had is { } same && same.Owner == owner)
            return same;
        var token = had is { Owner: "" } anonymous
            ? anonymous with { Owner = owner }
            : new(Guid.CreateVersion7(clock.GetUtcNow()), owner);
        VisitorCookies.WriteVisitor(http, token);
        return token;
    }

    private SessionToken KeepSession(HttpContext http)
    {
        var now = clock.GetUtcNow();
        var idle = options.Value.SessionIdle;
        var campaign = VisitOrigin.CampaignOf(http.Request.QueryString.Value);
        // Who comes by another campaign begins another visit, however soon.
        if (SessionToken.Parse(http.Request.Cookies[VisitorCookies.Session]) is { } had && now - had.SeenAt < idle && (campaign is null || campaign == had.Campaign))
        {
            // Written at most once a minute: a cookie in every answer would make each of them larger.
            if (now - had.SeenAt < TimeSpan.FromMinutes(1) && now >= had.SeenAt)
                return had;
            var seen = had with { SeenAt = now };
            VisitorCookies.WriteSession(http, seen, idle);
            return seen;
        }
        var started = SessionToken.Start(now, VisitOrigin.Of(http.Request));
        VisitorCookies.WriteSession(http, started, idle);
        return started;
    }

    private static Guid? ShopperId(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
