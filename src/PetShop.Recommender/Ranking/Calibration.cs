using System.Numerics;

namespace PetShop.Recommender.Ranking;

/// <summary>The shares that groups of items should have in a list, such as the pets of a household; a list follows them in every beginning of it.</summary>
/// <remarks>
/// Calibrated recommendation after Steck, RecSys 2018, by a quota rather than a weighed divergence: while a list of n grouped items stands, no group holds more than
/// <c>ceil(p n)</c>, and a group that holds less than <c>floor(p n)</c> comes next. So a taste that leans nine to one still gives the tenth place to the other pet.
/// </remarks>
public sealed class Calibration
{
    /// <summary>Most groups there may be.</summary>
    public const int MaxGroups = 32;

    private const double Rounding = 1e-9;
    private readonly double[] _shares;
    private readonly Func<int, uint> _groupsOf;

    /// <param name="shares">Wanted share of each group, not negative; scaled to sum to 1.</param>
    /// <param name="groupsOf">Groups an item serves, bit g for group g. An item of several is counted for the one that waits longest; one of none (0) is never held back and counts for nobody.</param>
    public Calibration(ReadOnlySpan<double> shares, Func<int, uint> groupsOf)
    {
        double sum = 0;
        foreach (var share in shares)
            sum += share >= 0 ? share : double.NaN;
        if (shares.Length is < 1 or > MaxGroups || !(sum > 0) || double.IsInfinity(sum))
            throw new ArgumentException($"Shares of 1 to {MaxGroups} groups must not be negative and sum to more than 0; there are {shares.Length} that sum to {sum}.", nameof(shares));
        _shares = [.. shares];
        for (var g = 0; g < _shares.Length; g++)
            _shares[g] /= sum;
        _groupsOf = groupsOf;
    }

    /// <summary>Wanted share of each group; they sum to 1.</summary>
    public ReadOnlySpan<double> Shares => _shares;

    internal uint GroupsOf(int item) => _groupsOf(item);

    /// <summary>The groups whose turn it is, and those that may still grow.</summary>
    internal (uint Due, uint Open) Next(ReadOnlySpan<int> counts, int placed)
    {
        uint due = 0, open = 0;
        for (var g = 0; g < _shares.Length; g++)
        {
            var fair = _shares[g] * (placed + 1);
            if (counts[g] < Math.Floor(fair + Rounding))
                due |= 1u << g;
            if (counts[g] < Math.Ceiling(fair - Rounding))
                open |= 1u << g;
        }
        return (due, open);
    }

    /// <summary>Counts an item for the group of its own that lags most.</summary>
    /// <returns>False for an item of no group.</returns>
    internal bool Count(int item, Span<int> counts, int placed)
    {
        var groups = _groupsOf(item);
        var behind = -1;
        for (var left = groups; left != 0; left &= left - 1)
        {
            var g = BitOperations.TrailingZeroCount(left);
            if (g < _shares.Length && (behind < 0 || Lag(g, counts, placed) > Lag(behind, counts, placed)))
                behind = g;
        }
        if (behind < 0)
            return false;
        counts[behind]++;
        return true;
    }

    private double Lag(int g, ReadOnlySpan<int> counts, int placed) => _shares[g] * (placed + 1) - counts[g];
}
