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
