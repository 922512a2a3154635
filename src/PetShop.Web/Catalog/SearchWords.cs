using PetShop.Data.Catalog;

namespace PetShop.Web.Catalog;

/// <summary>The words beside its name that a search finds a product by: the same ones, whether it was seeded, imported or edited.</summary>
public static class SearchWords
{
    // A list names what matters most first; the rest of it would find too much.
    private const int IngredientsFound = 3;

    /// <param name="product">With its brand, its category and its SKUs.</param>
    /// <param name="categoryNames">Names of all categories by their slugs, or of those above the product's at least.</param>
    public static string Of(Product product, IReadOnlyDictionary<string, string> categoryNames) => string.Join(' ', ((string[])
    [
        product.Brand?.Name ?? "", .. (product.Category?.Path ?? []).Select(slug => categoryNames.GetValueOrDefault(slug, "")),
        .. product.Species, .. product.DogSizes, .. product.LifeStages, .. product.DietTags, .. product.Ingredients.Take(IngredientsFound), product.Summary,
        .. product.Skus.OrderBy(s => s.SortOrder).Select(s => s.Code),
    ]).Where(word => word.Length > 0));
}
