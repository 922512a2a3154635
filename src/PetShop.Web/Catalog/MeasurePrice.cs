namespace PetShop.Web.Catalog;

/// <summary>What a kilogram or a litre costs, in minor units.</summary>
/// <param name="Unit">As it stands on a price tag: kg or l.</param>
public sealed record MeasurePrice(long Minor, string Unit)
{
    public const string Kilogram = "kg", Litre = "l";

    /// <summary>Of a pack at a price: of a litre where its volume is known, else of a kilogram; null where neither is.</summary>
    public static MeasurePrice? Of(long priceMinor, int? packGrams, int? packMl) =>
        packMl is > 0 ? new(Per(priceMinor, packMl.Value), Litre) : packGrams is > 0 ? new(Per(priceMinor, packGrams.Value), Kilogram) : null;

    /// <summary>The same measure at another price of the pack.</summary>
    public MeasurePrice At(long priceMinor, long beforeMinor) => this with { Minor = (long)Math.Round(Minor * (decimal)priceMinor / beforeMinor) };

    private static long Per(long priceMinor, int thousandths) => (long)Math.Round(priceMinor * 1000m / thousandths);
}
