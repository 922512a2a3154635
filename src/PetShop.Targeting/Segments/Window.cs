namespace PetShop.Targeting.Segments;

/// <summary>Hours and days are fixed durations; calendar days and months follow the clock on the shop's wall.</summary>
public enum WindowUnit { Hour, Day, CalendarDay, Month }

/// <summary>The stretch [asOf - Last units, asOf).</summary>
public sealed record Window(int Last, WindowUnit Unit)
{
    /// <summary>More than ten years in any unit is refused by the parser.</summary>
    public const int MaxDays = 3660;

    /// <summary>At least one unit, and ten years at most.</summary>
    public static bool IsLength(int last, WindowUnit unit) => last is > 0 and <= MaxDays * 24 && new Window(last, unit).AtMostDays <= MaxDays;

    /// <summary>An upper bound of the length in days, for whoever decides how much history to load.</summary>
    public int AtMostDays => Unit switch
    {
        WindowUnit.Hour => (Last + 23) / 24,
        WindowUnit.Day => Last,
        WindowUnit.CalendarDay => Last + 1,
        _ => Last * 31 + 1,
    };

    /// <summary>The fixed length, for units that have one.</summary>
    public TimeSpan Duration => Unit switch
    {
        WindowUnit.Hour => TimeSpan.FromHours(Last),
        WindowUnit.Day => TimeSpan.FromDays(Last),
        _ => throw new ArgumentException($"A {Unit} has no fixed length."),
    };
}

/// <summary>The one instant a rule is asked at, with the shop's time zone; everything relative is made constant from it.</summary>
public sealed class Moment
{
    private readonly TimeZoneInfo _zone;

    public Moment(DateTimeOffset asOf, TimeZoneInfo zone)
    {
        _zone = zone;
        // PostgreSQL keeps microseconds; a finer instant would let the two back ends disagree.
        AsOf = new DateTimeOffset(asOf.UtcTicks - asOf.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        Local = TimeZoneInfo.ConvertTimeFromUtc(AsOf.UtcDateTime, zone);
        AdultsBornBy = ConsentBars.AdultsBornBy(AsOf);
    }

    /// <summary>The instant, in UTC, cut to microseconds.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>The clock on the shop's wall at that instant.</summary>
    public DateTime Local { get; }

    /// <summary>The instant with the offset of that clock.</summary>
    public DateTimeOffset Wall => TimeZoneInfo.ConvertTime(AsOf, _zone);

    /// <summary>Who was born in this year or before it is an adult at that instant, see <see cref="ConsentBars"/>.</summary>
    public int AdultsBornBy { get; }

    public DateOnly Today => DateOnly.FromDateTime(Local);

    /// <summary>When the day began on the shop's wall, whatever the clocks did since.</summary>
    public DateTimeOffset Midnight => ToInstant(Local.Date);

    /// <summary>Another instant in the same zone.</summary>
    public Moment At(DateTimeOffset instant) => new(instant, _zone);

    /// <summary>Where a window opens.</summary>
    public DateTimeOffset Start(Window window) => window.Unit switch
    {
        WindowUnit.Hour => AsOf.AddHours(-window.Last),
        WindowUnit.Day => AsOf.AddDays(-window.Last),
        WindowUnit.CalendarDay => ToInstant(Local.AddDays(-window.Last)),
        _ => ToInstant(Local.AddMonths(-window.Last)),
    };

    /// <summary>Whole days (24 hours) from then until now; negative for the future.</summary>
    public long DaysSince(DateTimeOffset then)
    {
        var ticks = AsOf.UtcTicks - then.UtcTicks;
        return ticks >= 0 ? ticks / TimeSpan.TicksPerDay : -((-ticks + TimeSpan.TicksPerDay - 1) / TimeSpan.TicksPerDay);
    }

    // A wall time skipped in spring counts as the first instant after the gap; one that comes twice in autumn as its first coming.
    private DateTimeOffset ToInstant(DateTime wall)
    {
        if (_zone.IsInvalidTime(wall))
        {
            var before = wall.AddHours(-3);
            var skipped = _zone.GetUtcOffset(wall.AddHours(3)) - _zone.GetUtcOffset(before);
            wall = FirstValid(wall, skipped);
        }
        var offset = _zone.IsAmbiguousTime(wall) ? _zone.GetAmbiguousTimeOffsets(wall).Max() : _zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    private DateTime FirstValid(DateTime wall, TimeSpan skipped)
    {
        var (low, high) = (wall.Ticks, wall.Ticks + skipped.Ticks);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = _zone.IsInvalidTime(new DateTime(middle)) ? (middle, high) : (low, middle);
        }
        return new DateTime(high);
    }
}
