namespace PetShop.Targeting.Segments;

/// <summary>What a trait counts: full days of 24 hours, full months of the calendar, or years by their number.</summary>
public enum ClockUnit { Days, Months, Years }

/// <summary>A trait that changes without anybody doing anything, because time goes by.</summary>
/// <param name="Column">The moment (days), date (months) or year (years) it counts from, under the aliases of <see cref="SegmentSql"/>.</param>
/// <param name="Thresholds">The counts at which it changes; null when it is the count itself, which rules compare.</param>
public sealed record TraitClock(ClockUnit Unit, string Column, IReadOnlyList<long>? Thresholds = null)
{
    /// <summary>Counts further off than this are compared by arithmetic, not turned into an instant.</summary>
    public const long Furthest = 24_000;

    /// <summary>Whether the trait is the plain count, so that a comparison is one of instants.</summary>
    public bool IsCount => Thresholds is null;
}
