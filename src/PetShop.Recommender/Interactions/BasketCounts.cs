namespace PetShop.Recommender.Interactions;

/// <summary>How many households bought one product and, in the same basket or soon after, another.</summary>
/// <param name="Households">Households that did; each counts once however often it did.</param>
/// <param name="Later">Those among them that bought the second after the first, in another basket.</param>
public readonly record struct PairCount(int Households, int Later);

/// <summary>Counts of ordered pairs of products over households.</summary>
public sealed class BasketCounts
{
    internal BasketCounts(ItemIndex items, int householdCount, int[] householdsOf, Dictionary<long, PairCount> pairs) =>
        (Items, HouseholdCount, HouseholdsOf, Pairs) = (items, householdCount, householdsOf, pairs);

    /// <summary>Products and their columns.</summary>
    public ItemIndex Items { get; }

    /// <summary>Households that bought anything.</summary>
    public int HouseholdCount { get; }

    /// <summary>The count of one ordered pair of columns.</summary>
    public PairCount this[int first, int second] => Pairs.GetValueOrDefault(Key(first, second));

    internal int[] HouseholdsOf { get; }

    internal Dictionary<long, PairCount> Pairs { get; }

    internal static long Key(int first, int second) => (long)first << 32 | (uint)second;

    internal static int First(long key) => (int)(key >> 32);

    internal static int Second(long key) => (int)key;
}
