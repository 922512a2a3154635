using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Web.Catalog;

namespace PetShop.Web.Importing;

/// <summary>Brings products into the catalogue; a SKU that is there already is brought up to what the file says (<see cref="ProductUpdate"/>), so a second run changes nothing.</summary>
public sealed class ProductImport(PetShopDb db, TimeProvider clock)
{
    private const int BatchSize = 500;
    private readonly Dictionary<string, Brand> _brands = [];
    private readonly Dictionary<string, Category> _categories = [];
    private readonly Dictionary<string, string> _categoryNames = [];
    private readonly Dictionary<string, Product> _products = [];
    private readonly HashSet<string> _slugs = [];

    public async Task RunAsync(ImportFile file, ImportMapping mapping, ImportReport report, CancellationToken cancel)
    {
        await LoadKnownAsync(cancel);
        var update = new ProductUpdate(file, BrandOf, CategoryOf);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        HashSet<string> seen = [];
        while (file.Read())
        {
            cancel.ThrowIfCancellationRequested();
            if (mapping.IgnoredSkus.Contains(file["sku"], StringComparer.OrdinalIgnoreCase))
                report.Refuse(file.Line, "ignored code", $"'{file["sku"]}' is listed under ignoredSkus", file.RawText);
            else if (ProductRow.TryRead(file, out var row, out var fault))
            {
                if (!seen.Add(row.Sku))
                    report.Refuse(file.Line, "sku seen before", $"'{row.Sku}' stands earlier in the file; give every option a code of its own", file.RawText);
                else
                    Apply(row, update, report);
            }
            else
                report.Refuse(file.Line, fault.Reason, fault.Detail, file.RawText);
            report.ShowProgress(file.Progress);
            if (seen.Count % BatchSize == 0)
                await db.SaveChangesAsync(cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task LoadKnownAsync(CancellationToken cancel)
    {
        foreach (var brand in await db.Brands.ToListAsync(cancel))
            _brands[brand.Slug] = brand;
        foreach (var category in await db.Categories.ToListAsync(cancel))
            Note(category);
        _slugs.UnionWith(await db.Products.Select(p => p.Slug).ToListAsync(cancel));
        foreach (var product in await db.Products.Include(p => p.Skus).AsSplitQuery().ToListAsync(cancel))
            foreach (var sku in product.Skus)
                _products[sku.Code] = product;
    }

    private void Apply(ProductRow row, ProductUpdate update, ImportReport report)
    {
        var product = _products.GetValueOrDefault(row.Sku) ?? _products.GetValueOrDefault(row.ProductKey) ?? NewProduct(row);
        _products[row.Sku] = _products[row.ProductKey] = product;
        var sku = product.Skus.Find(s => s.Code == row.Sku);
        if (sku is null)
            product.Skus.Add(new Sku { Code = row.Sku, Label = row.Label.Length > 0 ? row.Label : "Standard", SortOrder = product.Skus.Count, PriceMinor = row.PriceMinor ?? 0, PackGrams = row.PackGrams, PackMl = row.PackMl, Stock = row.Stock ?? 0, IsActive = row.PriceMinor is not null });
        else
            update.Apply(row, sku);
        update.Apply(row, product);
        product.SearchText = SearchWords.Of(product, _categoryNames);
        report.Keep();
    }

    private Product NewProduct(ProductRow row)
    {
        var category = CategoryOf(row.CategoryPath.Length > 0 ? row.CategoryPath : "Everything else");
        var product = new Product
        {
            Slug = FreeSlug(row), Name = row.Name, Brand = BrandOf(row.Brand.Length > 0 ? row.Brand : "Own brand"), Category = category, Department = category.Department,
            Species = row.Species, Summary = row.Summary, Description = row.Description, Ingredients = row.Ingredients, Allergens = row.Allergens,
            KcalPer100g = row.KcalPer100g, ReleasedOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
        };
        db.Products.Add(product);
        return product;
    }

    /// <summary>The name; with the code where another product has that name; with a number where codes differ in case alone.</summary>
    private string FreeSlug(ProductRow row)
    {
        var slug = Slug.Of(row.Name);
        if (_slugs.Add(slug))
            return slug;
        var withCode = $"{slug}-{Slug.Of(row.Sku)}";
        for (var number = 1; ; number++)
        {
            slug = number == 1 ? withCode : $"{withCode}-{number}";
            if (_slugs.Add(slug))
                return slug;
        }
    }

    private Brand BrandOf(string name)
    {
        var slug = Slug.Of(name);
        if (_brands.TryGetValue(slug, out var brand))
            return brand;
        var hue = BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(slug))) % 360;
        brand = new Brand { Slug = slug, Name = name, Hue = (short)hue, SecondaryHue = (short)((hue + 150) % 360) };
        db.Brands.Add(brand);
        return _brands[slug] = brand;
    }

    private Category CategoryOf(string path)
    {
        Category? parent = null;
        foreach (var name in path.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var slug = parent is null ? Slug.Of(name) : $"{parent.Slug}-{Slug.Of(name)}";
            if (!_categories.TryGetValue(slug, out var category))
            {
                category = new Category { Slug = slug, Name = name, Department = parent?.Department ?? slug, Path = [.. parent?.Path ?? [], slug] };
                // A new parent has no id yet: it is saved first, which happens once a category.
                db.Categories.Add(category);
                category.ParentId = parent?.Id;
                db.SaveChanges();
                Note(category);
            }
            parent = category;
        }
        return parent!;
    }

    private void Note(Category category) => (_categories[category.Slug], _categoryNames[category.Slug]) = (category, category.Name);
}

/// <summary>Why a row was refused.</summary>
public sealed record RowFault(string Reason, string Detail);

/// <summary>One row of the product file, read and checked; what it does not say is empty or null.</summary>
public sealed record ProductRow(string Sku, string ProductKey, string Name, string Brand, string CategoryPath, string Label, long? PriceMinor, int? PackGrams, int? Stock)
{
    public string[] Species { get; private init; } = [];
    public string[] Ingredients { get; private init; } = [];
    public string[] Allergens { get; private init; } = [];
    public string Summary { get; private init; } = "";
    public string Description { get; private init; } = "";
    public int? KcalPer100g { get; private init; }
    public int? PackMl { get; private init; }

    public static bool TryRead(ImportFile file, out ProductRow row, out RowFault fault)
    {
        row = null!;
        fault = null!;
        if (file["sku"].Length == 0 || file["name"].Length == 0)
            fault = new("sku or name missing", "every product needs both");
        else if (!TryMinor(file["price"], out var price))
            fault = new("price is no amount", $"'{file["price"]}' should be a number such as 12.90, 0 or more");
        else if (!TryCount(file["pack_grams"], out var grams) || !TryCount(file["pack_ml"], out var ml) || !TryCount(file["stock"], out var stock) || !TryCount(file["kcal_per_100g"], out var kcal))
            fault = new("pack_grams, pack_ml, stock or kcal_per_100g is no whole number", $"'{file["pack_grams"]}', '{file["pack_ml"]}', '{file["stock"]}', '{file["kcal_per_100g"]}' should be whole numbers, 0 or more");
        else
            row = new(file["sku"], file["product"] is { Length: > 0 } key ? "product:" + key : "product:" + file["sku"], file["name"],
                file["brand"], file["category"], file["label"], price, grams, stock)
            {
                Species = List(file["species"]), Ingredients = List(file["ingredients"]), Allergens = List(file["allergens"]),
                Summary = file["summary"], Description = file["description"], KcalPer100g = kcal, PackMl = ml,
            };
        return row is not null;
    }

    private static string[] List(string text) => text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal static bool TryMinor(string text, out long? minor)
    {
        minor = null;
        if (text.Length == 0)
            return true;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) || major > 10_000_000)
            return false;
        minor = Money.Minor(major);
        return true;
    }

    private static bool TryCount(string text, out int? count)
    {
        count = null;
        if (text.Length == 0)
            return true;
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        count = value;
        return parsed;
    }
}
