using System.Text.Json;
using System.Text.Json.Serialization;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>What a page reports: cards seen, links followed, time spent.</summary>
public sealed record BeaconBatch(IReadOnlyList<BeaconEvent>? Events);

/// <summary>One report. The id is a UUIDv7 whose time is the event's time, so a second delivery is recognised by the id alone.</summary>
/// <param name="Kind">impression, click, dwell.</param>
/// <param name="On">rail, banner, or withheld for the spot of a banner that is kept from this visitor for comparison; unset for dwell.</param>
public sealed record BeaconEvent(
    Guid Id, string? Kind, string? On, int? Product, int? Banner, string? Placement, int? Position, string? Strategy, int? Model, Guid? Rec, int? DwellMs);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(BeaconBatch))]
internal sealed partial class BeaconJson : JsonSerializerContext;

/// <summary>Turns reports into events, or says which one is wrong and why.</summary>
public static class BeaconRules
{
    /// <summary>Reports may be this late: a browser keeps them while it is offline.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(24);
    /// <summary>The page corrects the browser's clock by the server's; what remains is drift.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private const int LongestDwellMs = 30 * 60_000;

    /// <returns>The events, or null with the reason.</returns>
    public static List<ShopEvent>? Read(BeaconBatch? batch, Visitor visitor, DateTimeOffset now, int maxEvents, out string? problem)
    {
        if (batch?.Events is not { } reports)
        {
            problem = "The body must be an object with an array \"events\".";
            return null;
        }
        if (reports.Count > maxEvents)
        {
            problem = $"The batch has {reports.Count} events; at most {maxEvents} are taken at once.";
            return null;
        }
        List<ShopEvent> events = new(reports.Count);
        for (var i = 0; i < reports.Count; i++)
        {
            problem = reports[i] is { } given ? Problem(given, now) : "is null";
            if (problem is not null)
            {
                problem = $"events[{i}] {problem}.";
                return null;
            }
            events.Add(ToEvent(reports[i], visitor));
        }
        problem = null;
        return events;
    }

    private static string? Problem(BeaconEvent e, DateTimeOffset now)
    {
        if (e.Id.Version != 7)
            return $"has the id {e.Id}, which is no UUIDv7";
        var at = TimeOf(e.Id);
        if (at < now - Oldest || at > now + Ahead)
            return $"happened at {at:u}, outside of the last {Oldest.TotalHours:0} hours";
        return e switch
        {
            { Kind: not ("impression" or "click" or "dwell") } => "has no \"kind\" of impression, click or dwell",
            { Kind: "dwell", Product: null } => "is a dwell time without \"product\"",
            { Kind: "dwell", DwellMs: null or < 0 } => "is a dwell time without \"dwellMs\" of 0 or more",
            { Kind: "dwell" } => null,
            { On: not ("rail" or "banner" or "withheld") } => "has no \"on\" of rail, banner or withheld",
            { On: "withheld", Kind: not "impression" } => "is a click on a banner that is not there",
            { On: "rail", Product: null } => "is on a rail without \"product\"",
            { On: not "rail", Banner: null } => "is on a banner without \"banner\"",
            { Placement: null or "" } => "has no \"placement\"",
            { Product: <= 0 } or { Banner: <= 0 } => "has a number below 1",
            { Position: < 0 or > 999 } => "has a \"position\" outside of 0 to 999",
            _ when e.Placement.Length > 40 || e.Strategy?.Length > 60 => "has a placement over 40 or a strategy over 60 characters",
            _ => null,
        };
    }

    private static ShopEvent ToEvent(BeaconEvent report, Visitor visitor)
    {
        var shopEvent = EventRecorder.New(visitor, TypeOf(report), TimeOf(report.Id));
        shopEvent.Id = report.Id;
        shopEvent.ProductId = report.Product;
        if (report.Kind == "dwell")
        {
            shopEvent.DwellMs = Math.Min(report.DwellMs!.Value, LongestDwellMs);
            return shopEvent;
        }
        shopEvent.BannerId = report.Banner;
        shopEvent.Placement = EventText.Clean(report.Placement, 40);
        shopEvent.Position = (short?)report.Position;
        shopEvent.Strategy = EventText.Clean(report.Strategy, 60);
        shopEvent.ModelVersion = report.Model;
        shopEvent.RecommendationId = report.Rec;
        return shopEvent;
    }

    private static EventType TypeOf(BeaconEvent report) => (report.Kind, report.On) switch
    {
        ("dwell", _) => EventType.ProductViewed,
        ("click", "rail") => EventType.RailClicked,
        ("click", _) => EventType.BannerClicked,
        (_, "rail") => EventType.RailImpression,
        (_, "withheld") => EventType.BannerWithheld,
        _ => EventType.BannerImpression,
    };

    /// <summary>The first 48 bits of a UUIDv7 are milliseconds since 1970.</summary>
    private static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
            milliseconds = (milliseconds << 8) | bytes[i];
        // 48 bits reach beyond the year 9999.
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, 253_402_300_799_999));
    }
}
