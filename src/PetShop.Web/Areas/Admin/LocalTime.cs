using System.Globalization;

namespace PetShop.Web.Areas.Admin;

/// <summary>Instants as members of staff read and type them: by the clock on the shop's wall.</summary>
public static class LocalTime
{
    public static string Say(this ShopOptions shop, DateTimeOffset? at) =>
        at is { } instant ? TimeZoneInfo.ConvertTime(instant, shop.Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) : "";

    /// <summary>For a datetime-local field.</summary>
    public static DateTime? ToLocal(this ShopOptions shop, DateTimeOffset? at) => at is { } instant ? TimeZoneInfo.ConvertTime(instant, shop.Zone).DateTime : null;

    /// <summary>From a datetime-local field; a time that the clock skips counts as an hour later.</summary>
    public static DateTimeOffset? ToInstant(this ShopOptions shop, DateTime? local)
    {
        if (local is not { } typed)
            return null;
        var wall = DateTime.SpecifyKind(typed, DateTimeKind.Unspecified);
        wall = shop.Zone.IsInvalidTime(wall) ? wall.AddHours(1) : wall;
        // At either end of the calendar another zone's clock reads a year that there is not.
        return new DateTimeOffset(Math.Clamp(wall.Ticks - shop.Zone.GetUtcOffset(wall).Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    /// <summary>What the change of clocks makes of a time that was typed, as a sentence; null on all other days.</summary>
    public static string? ClockChange(this ShopOptions shop, DateTime? local)
    {
        if (local is not { } typed)
            return null;
        var wall = DateTime.SpecifyKind(typed, DateTimeKind.Unspecified);
        var day = wall.ToString("d MMMM", CultureInfo.InvariantCulture);
        if (shop.Zone.IsInvalidTime(wall))
            return $"There is no {wall:HH:mm} on {day}: the clocks go forward in that hour. {wall.AddHours(1):HH:mm} is meant.";
        return shop.Zone.IsAmbiguousTime(wall) ? $"{wall:HH:mm} comes twice on {day}: the clocks go back in that hour. The second one is meant." : null;
    }
}
