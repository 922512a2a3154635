namespace PetShop.Recommender.Interactions;

/// <summary>Product ids and the columns they have in a matrix or model; columns are in order of id.</summary>
public sealed class ItemIndex
{
    private readonly int[] _products;

    /// <param name="products">Strictly increasing product ids.</param>
    /// <exception cref="ArgumentException">The ids are not strictly increasing.</exception>
    public ItemIndex(int[] products)
    {
        for (var i = 1; i < products.Length; i++)
        {
            if (products[i] <= products[i - 1])
                throw new ArgumentException($"Product ids must increase: {products[i]} follows {products[i - 1]}.", nameof(products));
        }
        _products = products;
    }

    /// <summary>An index of the distinct ids given, in any order.</summary>
    public static ItemIndex Of(IEnumerable<int> products) => new([.. products.Distinct().Order()]);

    /// <summary>How many products there are.</summary>
    public int Count => _products.Length;

    /// <summary>The product ids by column.</summary>
    public ReadOnlySpan<int> Products => _products;

    /// <summary>The product id of a column.</summary>
    public int this[int column] => _products[column];

    /// <summary>The column of a product, or -1 when it is not known here.</summary>
    public int ColumnOf(int product) => Math.Max(-1, Array.BinarySearch(_products, product));
}
