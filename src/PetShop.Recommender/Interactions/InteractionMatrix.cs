namespace PetShop.Recommender.Interactions;

/// <summary>Who did what with which product, weighed at one moment: the input of every trainer. Immutable.</summary>
public sealed class InteractionMatrix
{
    private readonly Guid[] _shoppers;

    internal InteractionMatrix(ItemIndex items, Guid[] shoppers, CompressedRows byShopper, DateTimeOffset asOf)
    {
        (Items, _shoppers, ByShopper, AsOf) = (items, shoppers, byShopper, asOf);
        ByItem = byShopper.Transpose(items.Count);
    }

    /// <summary>A matrix of cells that are weighed already: what other programs export, or public data where every pair counts alike.</summary>
    /// <param name="cells">Each pair of shopper and product once.</param>
    /// <param name="products">Products that get a column even when nobody touched them.</param>
    /// <param name="asOf">The moment they were weighed at.</param>
    /// <exception cref="ArgumentException">A pair comes twice, or a confidence is not above 0 and finite.</exception>
    public static InteractionMatrix Of(IEnumerable<(Guid Shopper, int Product, float Confidence)> cells, IEnumerable<int>? products = null, DateTimeOffset asOf = default)
    {
        var all = cells.ToArray();
        if (Array.FindIndex(all, c => !(c.Confidence > 0) || float.IsInfinity(c.Confidence)) is >= 0 and var bad)
            throw new ArgumentException($"Product {all[bad].Product} has the confidence {all[bad].Confidence} for a shopper; it must be above 0 and finite.", nameof(cells));
        Array.Sort(all, static (a, b) => a.Shopper != b.Shopper ? a.Shopper.CompareTo(b.Shopper) : a.Product.CompareTo(b.Product));
        var items = ItemIndex.Of(all.Select(c => c.Product).Concat(products ?? []));
        var shoppers = all.Select(c => c.Shopper).Distinct().ToArray();
        var starts = new int[shoppers.Length + 1];
        for (int i = 0, row = -1; i < all.Length; i++)
        {
            row += i == 0 || all[i].Shopper != all[i - 1].Shopper ? 1 : 0;
            starts[row + 1] = i + 1;
            if (i > 0 && all[i].Shopper == all[i - 1].Shopper && all[i].Product == all[i - 1].Product)
                throw new ArgumentException($"Product {all[i].Product} comes twice for one shopper; add its events up first.", nameof(cells));
        }
        return new InteractionMatrix(items, shoppers, new CompressedRows(starts, Array.ConvertAll(all, c => new Interaction(items.ColumnOf(c.Product), c.Confidence))), asOf);
    }

    /// <summary>The moment the events were weighed at: the data cut-off.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>The products and their columns.</summary>
    public ItemIndex Items { get; }

    /// <summary>Shoppers by row, in order of id.</summary>
    public ReadOnlySpan<Guid> Shoppers => _shoppers;

    /// <summary>Cells by shopper; their index is the item's column.</summary>
    public CompressedRows ByShopper { get; }

    /// <summary>Cells by item; their index is the shopper's row.</summary>
    public CompressedRows ByItem { get; }

    /// <summary>Number of shoppers.</summary>
    public int ShopperCount => _shoppers.Length;

    /// <summary>Number of products.</summary>
    public int ItemCount => Items.Count;

    /// <summary>Number of shopper-product pairs with an interaction.</summary>
    public int Count => ByShopper.CellCount;

    /// <summary>The row of a shopper, or -1.</summary>
    public int RowOf(Guid shopper) => Math.Max(-1, Array.BinarySearch(_shoppers, shopper));

    /// <summary>A shopper's interactions; empty for one who is not here.</summary>
    public ReadOnlySpan<Interaction> HistoryOf(Guid shopper) => RowOf(shopper) is >= 0 and var row ? ByShopper[row] : [];
}
