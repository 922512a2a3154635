namespace PetShop.Targeting.Lifetime;

/// <summary>When one shopper bought, as the purchase model wants it; all times in one unit, the model's.</summary>
/// <param name="Repeats">Days with an order after the first such day: x.</param>
/// <param name="LastAt">Time from the first to the last order: t_x, 0 without repeats.</param>
/// <param name="Age">Time from the first order until now: T.</param>
public readonly record struct PurchaseHistory(int Repeats, double LastAt, double Age)
{
    /// <summary>The history in weeks. Orders of one day count as one: a parcel split in two is no repeat.</summary>
    /// <param name="days">Days with orders, in any order, repeated or not.</param>
    /// <param name="today">The day of asking, by the shop's wall; not before the last order.</param>
    public static PurchaseHistory InWeeks(IEnumerable<DateOnly> days, DateOnly today)
    {
        var distinct = days.Distinct().Order().ToList();
        if (distinct.Count == 0 || distinct[^1] > today)
            throw new ArgumentException($"A history needs an order, and none after {today:O}; this one has {distinct.Count}, the last on {distinct.LastOrDefault():O}.", nameof(days));
        return new(distinct.Count - 1, (distinct[^1].DayNumber - distinct[0].DayNumber) / 7.0, (today.DayNumber - distinct[0].DayNumber) / 7.0);
    }

    /// <exception cref="ArgumentException">The three figures contradict each other.</exception>
    internal void Check()
    {
        if (!(Repeats >= 0 && LastAt >= 0 && Age >= LastAt && double.IsFinite(Age)) || (Repeats == 0 && LastAt != 0))
            throw new ArgumentException($"A history needs 0 <= last <= age and no last without repeats; this one is {this}.");
    }
}

/// <summary>What one shopper's repeat orders were worth on average.</summary>
/// <param name="Repeats">As in <see cref="PurchaseHistory"/>: the first order does not count.</param>
/// <param name="MeanSpend">Mean value of those orders, in minor units; above 0 when there are any.</param>
public readonly record struct SpendHistory(int Repeats, double MeanSpend);
