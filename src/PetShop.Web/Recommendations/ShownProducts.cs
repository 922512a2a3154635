namespace PetShop.Web.Recommendations;

/// <summary>The products this page shows already, so that no rail shows one again. A page adds its own (the product itself, the list of a category).</summary>
public sealed class ShownProducts
{
    private readonly HashSet<int> _ids = [];

    /// <returns>False when it was there before.</returns>
    public bool Add(int productId) => _ids.Add(productId);

    public void AddRange(IEnumerable<int> productIds) => _ids.UnionWith(productIds);

    public bool Contains(int productId) => _ids.Contains(productId);
}
