using PetShop.Demo.Catalogue.Sheets;

namespace PetShop.Demo.Catalogue;

/// <summary>The demo shop's brands, categories and products, the same on every machine.</summary>
public sealed class DemoCatalogue
{
    private readonly Dictionary<string, Product> _bySlug;
    private readonly Dictionary<string, (Product Product, Sku Sku)> _bySku;

    private DemoCatalogue(IReadOnlyList<Category> categories, IReadOnlyList<Product> products)
    {
        Categories = categories;
        Products = products;
        _bySlug = products.ToDictionary(product => product.Slug);
        _bySku = products.SelectMany(product => product.Skus, (product, sku) => (product, sku)).ToDictionary(pair => pair.sku.Code);
    }

    /// <summary>All brands, each with at least one product.</summary>
    public IReadOnlyList<Brand> Brands { get; } = [.. Catalogue.Brands.All.Select(voice => voice.Brand)];

    /// <summary>Departments, groups and leaves; a parent always stands before its children.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>All products, in the order of the categories.</summary>
    public IReadOnlyList<Product> Products { get; }

    /// <summary>Makes the catalogue; release dates count back from <paramref name="today"/>, nothing else depends on it.</summary>
    public static DemoCatalogue Create(DateOnly today)
    {
        var tree = CategoryTree.Read();
        string[] sheets = [DogFoodSheet.Text, DogGearSheet.Text, CatSheet.Text, SmallPetAndBirdSheet.Text, WaterAndWarmthSheet.Text, HorseSheet.Text, LateArrivalsSheet.Text];
        var sort = tree.Categories.ToDictionary(category => category.Slug, category => category.Sort);
        var products = sheets.SelectMany(SheetReader.Read).Select((draft, index) => ProductMaker.Make(draft, index + 1, tree, today)).OrderBy(product => sort[product.CategorySlug]).ToList();
        return new(tree.Categories, ProductLinks.Add(products));
    }

    /// <summary>The product with this slug.</summary>
    /// <exception cref="KeyNotFoundException">No product has it.</exception>
    public Product Product(string slug) => _bySlug[slug];

    /// <summary>The product and SKU with this code.</summary>
    /// <exception cref="KeyNotFoundException">No SKU has it.</exception>
    public (Product Product, Sku Sku) Sku(string code) => _bySku[code];
}
