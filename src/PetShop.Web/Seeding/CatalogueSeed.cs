using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Demo.Catalogue;
using PetShop.Web.Catalog;
using Rows = PetShop.Data.Catalog;

namespace PetShop.Web.Seeding;

/// <summary>Puts the demo catalogue into an empty shop.</summary>
public sealed class CatalogueSeed(PetShopDb db)
{
    private const int OneReductionIn = 17;

    public async Task WriteAsync(DemoCatalogue catalogue, CancellationToken cancel)
    {
        var brands = catalogue.Brands.ToDictionary(b => b.Slug, b => new Rows.Brand
        {
            Slug = b.Slug, Name = b.Name, Blurb = b.Blurb, Hue = (short)b.Hue, SecondaryHue = (short)b.SecondaryHue,
        });
        db.Brands.AddRange(brands.Values);
        var categories = await WriteCategoriesAsync(catalogue, cancel);
        var names = categories.ToDictionary(c => c.Key, c => c.Value.Name);
        var products = catalogue.Products.Select(p => ToProduct(p, brands[p.BrandSlug], categories[p.CategorySlug], names)).ToList();
        db.Products.AddRange(products);
        await db.SaveChangesAsync(cancel);
        foreach (var sku in products.Where((_, i) => i % OneReductionIn == 0).SelectMany(p => p.Skus))
            sku.PriceMinor = sku.PriceMinor * 85 / 100;
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Parents stand before their children, so one pass a level gives every child its parent's id.</summary>
    private async Task<Dictionary<string, Rows.Category>> WriteCategoriesAsync(DemoCatalogue catalogue, CancellationToken cancel)
    {
        Dictionary<string, Rows.Category> categories = [];
        foreach (var level in catalogue.Categories.GroupBy(c => Depth(catalogue, c)).OrderBy(l => l.Key))
        {
            foreach (var category in level)
            {
                var parent = category.ParentSlug is null ? null : categories[category.ParentSlug];
                categories[category.Slug] = new Rows.Category
                {
                    Slug = category.Slug, Name = category.Name, Department = category.Department, ParentId = parent?.Id,
                    Path = [.. parent?.Path ?? [], category.Slug], Blurb = category.Blurb, SortOrder = category.Sort,
                };
            }
            db.Categories.AddRange(level.Select(c => categories[c.Slug]));
            await db.SaveChangesAsync(cancel);
        }
        return categories;
    }

    private static int Depth(DemoCatalogue catalogue, Category category) =>
        category.ParentSlug is null ? 0 : 1 + Depth(catalogue, catalogue.Categories.First(c => c.Slug == category.ParentSlug));

    private static Rows.Product ToProduct(Product product, Rows.Brand brand, Rows.Category category, Dictionary<string, string> names)
    {
        var row = new Rows.Product
        {
            Slug = product.Slug, Name = product.Name, Brand = brand, Category = category, Department = product.Department,
            Species = [.. product.Species], LifeStages = [.. product.LifeStages], DogSizes = [.. product.DogSizes],
            Summary = product.ShortDescription, Description = string.Join("\n\n", product.LongDescription),
            DietTags = [.. product.DietTags], Ingredients = [.. product.Ingredients], Allergens = [.. product.Allergens],
            KcalPer100g = product.KcalPer100g, Ration = (Rows.RationKind)(short)product.Ration, Seasons = [.. product.Seasons],
            IsMedicine = product.IsMedicine, Illustration = product.Illustration, ReleasedOn = product.ReleasedOn,
        };
        row.Skus.AddRange(product.Skus.Select((sku, i) => new Rows.Sku
        {
            Code = sku.Code, Gtin = sku.Barcode, Label = sku.Label, Size = sku.Size, Colour = sku.Colour, PackGrams = sku.WeightGrams, PackMl = sku.Millilitres, PackCount = sku.Count,
            PriceMinor = sku.PriceMinor, CostMinor = sku.CostMinor, Stock = sku.Stock, SortOrder = i,
        }));
        row.SearchText = SearchWords.Of(row, names);
        return row;
    }
}
