namespace PetShop.Recommender.Interactions;

/// <summary>How many households bought one product and, in the same basket or soon after, another.</summary>
/// <param name="Households">Households that did; each counts once however often it did.</param>
/// <param name="Later">Those among them that bought the second after the first, in another basket.</param>
public readonly record struct PairCount(int Households, int Later);

/// <summary>Counts of ordered pairs of products over households; pairs below the builder's floor are only in the sums.</summary>
public sealed class BasketCounts
{
    private readonly Row[] _rows;

    internal BasketCounts(ItemIndex items, int householdCount, int[] householdsOf, long[] background, Row[] rows) =>
        (Items, HouseholdCount, HouseholdsOf, Background, _rows) = (items, householdCount, householdsOf, background, rows);

    /// <summary>Products and their columns.</summary>
    public ItemIndex Items { get; }

    /// <summary>Households that bought anything.</summary>
    public int HouseholdCount { get; }

    /// <summary>The count of one ordered pair of columns; zero when it is below the floor.</summary>
    public PairCount this[int first, int second]
    {
        get
        {
            var place = Array.BinarySearch(_rows[first].Seconds, second);
            return place < 0 ? default : _rows[first].Counts[place];
        }
    }

    /// <summary>Households by column.</summary>
    internal int[] HouseholdsOf { get; }

    /// <summary>By column, the households summed over all pairs in which it stands second.</summary>
    internal long[] Background { get; }

    internal Row Of(int first) => _rows[first];

    /// <summary>The pairs of one first column: second columns, ascending, their counts, and the households summed over all its pairs.</summary>
    internal sealed record Row(int[] Seconds, PairCount[] Counts, long Companions);
}
