namespace PetShop.Web.Tracking;

/// <summary>Who is asking, as far as they agreed that we know: made once a request by <see cref="VisitorMiddleware"/>.</summary>
public sealed class Visitor
{
    public static readonly Visitor Unknown = new();

    /// <summary>The browser's UUIDv7; null until analytics or personalisation was agreed.</summary>
    public Guid? Id { get; init; }
    /// <summary>The account signed in; known without consent because the page itself needs it.</summary>
    public Guid? ShopperId { get; init; }
    /// <summary>The visit, ended by 30 idle minutes.</summary>
    public Guid? SessionId { get; init; }
    /// <summary>What holds now: the answer of the browser and of the account, under the browser's privacy signal.</summary>
    public Consent Consent { get; init; }
    /// <summary>The browser sends <c>Sec-GPC: 1</c>.</summary>
    public bool SendsGpc { get; init; }
    /// <summary>Why this is taken for a robot; null for a person.</summary>
    public string? BotReason { get; init; }
    public bool IsBot => BotReason is not null;
    /// <summary>phone, tablet, desktop.</summary>
    public string Device { get; init; } = "desktop";
    /// <summary>ISO 3166-1 alpha-2, upper case, where a proxy or the browser's language names one.</summary>
    public string? Country { get; init; }
    /// <summary>Host of the site that the visit came from.</summary>
    public string? ReferrerHost { get; init; }
    /// <summary>The visit's utm_campaign.</summary>
    public string? Campaign { get; init; }

    /// <summary>A member of staff looks as this person: nothing is recorded, whatever they agreed to.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Behaviour may be recorded: agreed, and not by a robot.</summary>
    public bool MayRecord => Id is not null && !IsBot && !IsPreview;
    /// <summary>Pages may be chosen by this person's history.</summary>
    public bool MayPersonalise => Id is not null && !IsBot && Consent.Personalisation;
    /// <summary>The one key of this person's history: the account, else the browser.</summary>
    public Guid? HistoryKey => ShopperId ?? Id;

    /// <summary>Why nothing is recorded; null when it may be.</summary>
    public string? RefusalReason => BotReason is { } bot ? bot : Id is null ? DropReason.NoConsent : null;
}

/// <summary>Reaches the visitor of a request.</summary>
public static class VisitorExtensions
{
    /// <summary>The visitor of this request; <see cref="Visitor.Unknown"/> for requests that never met the middleware, such as static files.</summary>
    public static Visitor Visitor(this HttpContext http) => http.Features.Get<Visitor>() ?? Tracking.Visitor.Unknown;
}
