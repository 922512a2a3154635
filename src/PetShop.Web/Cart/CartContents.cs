using PetShop.Targeting.Pricing;

namespace PetShop.Web.Cart;

/// <summary>One line of a cart at today's price and stock.</summary>
/// <param name="PublicMinor">What one costs everyone.</param>
public sealed record CartItem(
    int SkuId, int ProductId, string Slug, string Name, string Brand, string Label, string PictureUrl,
    long PublicMinor, long? PriorPriceMinor, int Stock, bool IsSold, int Quantity, Guid? RecommendationId)
{
    /// <summary>What it cost the shop: the floor of a personal price, told to nobody.</summary>
    public long? CostMinor { get; init; }

    /// <summary>The buyer's own price; null where it is the public one.</summary>
    public PersonalPrice? Yours { get; init; }

    /// <summary>What one costs this buyer.</summary>
    public long PriceMinor => Yours?.UnitMinor ?? PublicMinor;

    public long TotalMinor => PriceMinor * Quantity;

    /// <summary>Whether the whole quantity can be delivered now.</summary>
    public bool IsAvailable => IsSold && Stock >= Quantity;

    /// <summary>What stands between this line and a parcel, as a sentence; null when nothing does.</summary>
    public string? Warning => (IsSold, Stock) switch
    {
        (false, _) => "We no longer sell this.",
        (_, 0) => "Sold out for now.",
        var (_, stock) when stock < Quantity => $"Only {stock} left. Please lower the number.",
        (_, <= 3) => $"Only {Stock} left.",
        _ => null,
    };
}

/// <summary>All that lies in a cart, in the order in which it was put there.</summary>
public sealed record CartContents(Guid? CartId, IReadOnlyList<CartItem> Items)
{
    public static CartContents Empty { get; } = new(null, []);

    public int Count => Items.Sum(i => i.Quantity);

    public long GoodsMinor => Items.Sum(i => i.TotalMinor);

    public bool CanBeOrdered => Items.Count > 0 && Items.All(i => i.IsAvailable);

    /// <summary>Lines and prices as one word; a form that carries it tells whether the shopper saw what would be ordered now.</summary>
    public string Seen => SeenLine.Write(Items.Select(i => new SeenLine(i.SkuId, i.Quantity, i.PriceMinor)));
}

/// <summary>A line as the shopper saw it on the page that the form came from.</summary>
public readonly record struct SeenLine(int SkuId, int Quantity, long PriceMinor)
{
    public static string Write(IEnumerable<SeenLine> lines) =>
        string.Join('_', lines.OrderBy(l => l.SkuId).Select(l => FormattableString.Invariant($"{l.SkuId}-{l.Quantity}-{l.PriceMinor}")));

    /// <summary>Reads what <see cref="Write"/> wrote, each SKU once; a form that was tampered with reads as having seen nothing.</summary>
    public static IReadOnlyList<SeenLine> Read(string? seen)
    {
        List<SeenLine> lines = [];
        HashSet<int> skus = [];
        foreach (var part in (seen ?? "").Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('-') is not [var sku, var quantity, var price] || !int.TryParse(sku, out var skuId) || !int.TryParse(quantity, out var number) || !long.TryParse(price, out var minor) || !skus.Add(skuId))
                return [];
            lines.Add(new(skuId, number, minor));
        }
        return lines;
    }

    /// <summary>What the lines cost together; numbers that no shop writes make a sum that no cart has, and no error.</summary>
    public static long Total(IReadOnlyList<SeenLine> lines) => lines.Aggregate(0L, (sum, line) => unchecked(sum + line.PriceMinor * line.Quantity));
}
