namespace PetShop.Web.Tracking;

/// <summary>Why an event was not kept; the words stand in <c>dropped_events</c>. Robots have reasons of their own, which begin with "bot:".</summary>
public static class DropReason
{
    public const string NoConsent = "no-consent";
    public const string Prefetch = "prefetch";
    public const string Malformed = "malformed";
    public const string TooLarge = "too-large";
    public const string OtherOrigin = "other-origin";
    public const string RateLimit = "rate-limit";
    public const string SpoolFull = "spool-full";
    public const string SpoolDamaged = "spool-damaged";
    public const string Unstorable = "unstorable";
}
