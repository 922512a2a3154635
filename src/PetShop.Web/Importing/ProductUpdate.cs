using PetShop.Data.Catalog;

namespace PetShop.Web.Importing;

/// <summary>Brings products up to what a file says of them: every column the file has, and nothing beside.</summary>
/// <remarks>Of the rows of one product the first that gives a value counts; where none does, a fact that may be empty becomes empty. So the last file decides, however often it is read.</remarks>
internal sealed class ProductUpdate(ImportFile file, Func<string, Brand> brandOf, Func<string, Category> categoryOf)
{
    private readonly Dictionary<(Product Product, string Column), bool> _given = [];

    public void Apply(ProductRow row, Product product)
    {
        if (Takes(product, "name", true))
            product.Name = row.Name;
        if (Takes(product, "brand", row.Brand.Length > 0) && row.Brand.Length > 0)
            product.Brand = brandOf(row.Brand);
        if (Takes(product, "category", row.CategoryPath.Length > 0) && row.CategoryPath.Length > 0)
            product.Department = (product.Category = categoryOf(row.CategoryPath)).Department;
        if (Takes(product, "species", row.Species.Length > 0))
            product.Species = row.Species;
        if (Takes(product, "ingredients", row.Ingredients.Length > 0))
            product.Ingredients = row.Ingredients;
        if (Takes(product, "allergens", row.Allergens.Length > 0))
            product.Allergens = row.Allergens;
        if (Takes(product, "kcal_per_100g", row.KcalPer100g is not null))
            product.KcalPer100g = row.KcalPer100g;
        if (Takes(product, "summary", row.Summary.Length > 0))
            product.Summary = row.Summary;
        if (Takes(product, "description", row.Description.Length > 0))
            product.Description = row.Description;
    }

    /// <summary>What belongs to the SKU alone; an empty cell is no number and leaves the one that is there.</summary>
    public void Apply(ProductRow row, Sku sku)
    {
        if (file.Has("label") && row.Label.Length > 0)
            sku.Label = row.Label;
        if (file.Has("price") && row.PriceMinor is { } price)
            (sku.PriceMinor, sku.IsActive) = (price, sku.IsActive || IsUnpriced(sku));
        if (file.Has("pack_grams"))
            sku.PackGrams = row.PackGrams ?? sku.PackGrams;
        if (file.Has("pack_ml"))
            sku.PackMl = row.PackMl ?? sku.PackMl;
        if (file.Has("stock"))
            sku.Stock = row.Stock ?? sku.Stock;
    }

    /// <summary>Whether it came without a price and so is not for sale until it has one.</summary>
    private static bool IsUnpriced(Sku sku) => sku is { PriceMinor: 0, IsActive: false };

    private bool Takes(Product product, string column, bool hasValue)
    {
        if (!file.Has(column))
            return false;
        var isFirst = !_given.TryGetValue((product, column), out var given);
        _given[(product, column)] = given || hasValue;
        return isFirst || (hasValue && !given);
    }
}
