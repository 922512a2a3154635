namespace PetShop.Targeting.Segments;

/// <summary>What a trait counts: full days of 24 hours since, full months of the calendar since, years by their number, or days of the calendar until.</summary>
public enum ClockUnit { Days, Months, Years, DaysUntil }

/// <summary>A trait that changes without anybody doing anything, because time goes by.</summary>
/// <param name="Column">The moment (days), date (months), year (years) or date (days until) it counts from or to, under the aliases of <see cref="SegmentSql"/>.</param>
/// <param name="Thresholds">The counts at which it changes; null when it is the count itself, which rules compare.</param>
public sealed record TraitClock(ClockUnit Unit, string Column, IReadOnlyList<long>? Thresholds = null)
{
    /// <summary>Counts further off than this are compared by arithmetic, not turned into an instant.</summary>
    public const long Furthest = 24_000;

    /// <summary>Whether the trait is the plain count, so that a comparison is one of instants or dates.</summary>
    public bool IsCount => Thresholds is null && Unit is (ClockUnit.Days or ClockUnit.Months);
}
