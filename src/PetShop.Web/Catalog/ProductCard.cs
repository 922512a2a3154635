namespace PetShop.Web.Catalog;

/// <summary>What one product shows in a grid, a rail or a list of suggestions; drawn by the partial _ProductCard.</summary>
/// <param name="SkuId">The SKU that the card's price, pack and cart button speak of.</param>
/// <param name="PriceMinor">Price in minor units of the shop's currency.</param>
public sealed record ProductCard(int Id, string Slug, string Name, string Brand, string PictureUrl, int SkuId, long PriceMinor)
{
    /// <summary>The price before an offer, in minor units.</summary>
    public long? WasPriceMinor { get; init; }

    /// <summary>What the SKU cost the shop, in minor units: the floor of a personal price, told to nobody.</summary>
    public long? CostMinor { get; init; }

    /// <summary>Price of a kilogram or a litre, where weight or volume is what is bought.</summary>
    public MeasurePrice? PerMeasure { get; init; }

    /// <summary>The pack as a shopper says it: "2 kg", "6 × 400 g".</summary>
    public string? PackLabel { get; init; }

    /// <summary>How many SKUs the product has; more than one leads to its page to choose.</summary>
    public int SkuCount { get; init; } = 1;

    /// <summary>Mean of the reviews, 1 to 5.</summary>
    public decimal? Rating { get; init; }

    public int RatingCount { get; init; }

    public bool InStock { get; init; } = true;

    /// <summary>A short word in the picture's corner: "New", "Grain-free".</summary>
    public string? Badge { get; init; }

    /// <summary>Why the shopper sees this card, in a phrase.</summary>
    public string? Why { get; init; }

    public bool Wished { get; init; }

    /// <summary>Place in a rail, from 1; recorded with impressions and clicks.</summary>
    public int? Position { get; init; }

    /// <summary>What chose this card when that is not what chose the rail.</summary>
    public string? Strategy { get; init; }

    /// <summary>The answer to "Why this?", in a sentence.</summary>
    public string? Explanation { get; init; }

    /// <summary>What of it is the same for everybody; copies of a card share it, so it must not depend on what only a copy has.</summary>
    public CardMarkup Markup { get; } = new();

    /// <summary>Where the whole answer to "Why this?" stands, with ways to correct it.</summary>
    public string? WhyUrl { get; init; }

    /// <summary>Offers "Not for me".</summary>
    public bool MayRefuse { get; init; }
}
