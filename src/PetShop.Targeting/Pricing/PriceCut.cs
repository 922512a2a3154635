namespace PetShop.Targeting.Pricing;

/// <summary>How an offer lowers a price; the numbers are stored.</summary>
public enum PriceCutKind : short { Percent = 1, Amount = 2, Fixed = 3 }

/// <summary>By how much an offer lowers a price.</summary>
/// <param name="Size">Per mille of the public price, or minor units off it, or the price itself in minor units.</param>
public readonly record struct PriceCut(PriceCutKind Kind, long Size)
{
    /// <summary>No offer takes more than this off, in per mille, whatever it says: a slip of the keyboard must not give goods away.</summary>
    public const int Deepest = 500;

    /// <summary>The price it asks for before any floor; a fraction of a minor unit falls to the shopper.</summary>
    public long Of(long publicMinor) => Kind switch
    {
        PriceCutKind.Percent => (long)((Int128)publicMinor * (1000 - Size) / 1000),
        PriceCutKind.Amount => publicMinor - Size,
        _ => Size,
    };

    /// <summary>The lowest price that <see cref="Deepest"/> leaves.</summary>
    public static long Least(long publicMinor) => (long)(((Int128)publicMinor * (1000 - Deepest) + 999) / 1000);
}
