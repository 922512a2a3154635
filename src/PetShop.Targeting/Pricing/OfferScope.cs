using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Pricing;

/// <summary>The products an offer covers: all, or those of any category, brand or number it names.</summary>
/// <param name="Everything">The whole shop; without it an empty scope covers nothing.</param>
/// <param name="Categories">Slugs of categories or departments; what lies below them is covered.</param>
/// <param name="Brands">Slugs.</param>
/// <param name="Products">Ids.</param>
public sealed record OfferScope(bool Everything, ValueList<string> Categories, ValueList<string> Brands, ValueList<int> Products)
{
    public static OfferScope All { get; } = new(true, [], [], []);

    /// <summary>Whether a product is covered; allocates nothing.</summary>
    /// <param name="brand">Slug of its brand.</param>
    /// <param name="path">Slugs from its department down to its category.</param>
    public bool Covers(int product, string brand, ValueList<string> path)
    {
        if (Everything || Products.AsSpan().Contains(product) || Brands.AsSpan().Contains(brand))
            return true;
        foreach (var category in Categories.AsSpan())
            if (path.AsSpan().Contains(category))
                return true;
        return false;
    }
}
