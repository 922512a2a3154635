namespace PetShop.Targeting.Messages;

/// <summary>The hours of the shop's day in which no letter leaves.</summary>
/// <param name="From">Hour of the wall clock at which quiet begins, 0 to 23.</param>
/// <param name="Until">Hour at which it ends; the same as <paramref name="From"/> for no quiet at all.</param>
public sealed record QuietHours(int From, int Until)
{
    public bool Hold(DateTimeOffset at, TimeZoneInfo zone) => Hold(TimeZoneInfo.ConvertTime(at, zone).Hour);

    /// <summary>The first moment from here on that is not quiet: the moment itself by day.</summary>
    public DateTimeOffset EndFrom(DateTimeOffset at, TimeZoneInfo zone)
    {
        var wall = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        if (!Hold(wall.Hour))
            return at;
        var end = wall.Date.AddHours(Until).AddDays(wall.Hour >= Until ? 1 : 0);
        // An hour that the clock skips is over when the skip is; of one that comes twice the first ends the quiet.
        end = zone.IsInvalidTime(end) ? end.AddHours(1) : end;
        var offset = zone.IsAmbiguousTime(end) ? zone.GetAmbiguousTimeOffsets(end).Max() : zone.GetUtcOffset(end);
        return new DateTimeOffset(end, offset).ToUniversalTime();
    }

    private bool Hold(int hour) => From <= Until ? hour >= From && hour < Until : hour >= From || hour < Until;
}
