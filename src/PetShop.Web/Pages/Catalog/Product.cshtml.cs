using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data.Catalog;
using PetShop.Data.Events;
using PetShop.Targeting.Pricing;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Catalog;

/// <summary>A product: what it is, what is in it, what it costs, what others say.</summary>
public sealed class ProductModel(ProductReader products, ShelfKeeper shelves, EventRecorder events, PriceDisplay prices) : PageModel
{
    public ProductView Product { get; private set; } = null!;

    /// <summary>The chosen SKU; null when the product has none left to choose.</summary>
    public SkuView? Sku { get; private set; }

    /// <summary>What the person who looks pays for the chosen SKU; null where it is the public price.</summary>
    public PersonalPrice? Yours { get; private set; }

    /// <summary>What they pay for any SKU of the product.</summary>
    public long AskedMinor(SkuView sku) => _sheet.Of(Product.Id, sku.PriceMinor, sku.CostMinor)?.UnitMinor ?? sku.PriceMinor;

    private PriceSheet _sheet = PriceSheet.Empty;

    public ShelfCategory? Category { get; private set; }
    public IReadOnlyList<(int Kg, int GramsADay)> Feeding { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, int? sku, string? reviews, CancellationToken cancel)
    {
        var shopperId = Guid.TryParse(User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : (Guid?)null;
        if (await products.FindAsync(slug, shopperId, reviews == "all", cancel) is not { } product)
            return NotFound();
        Product = product;
        Sku = product.Skus.FirstOrDefault(s => s.Id == sku) ?? product.Skus.FirstOrDefault(s => s.InStock) ?? (product.Skus.Count > 0 ? product.Skus[0] : null);
        Category = (await shelves.GetAsync(cancel)).CategoriesById.GetValueOrDefault(product.CategoryId);
        Feeding = FeedingGuide.For(product.Department, product.KcalPer100g, product.Ration == RationKind.Complete && product.LifeStages is [] or ["adult"] or ["adult", "senior"] or ["senior", "adult"]);
        _sheet = await prices.OfAsync(HttpContext);
        if (Sku is { } chosen)
            Yours = prices.Show(_sheet, PriceDisplay.OnProduct, product.Id, chosen.Id, chosen.PriceMinor, chosen.CostMinor);
        events.Record(EventType.ProductViewed, product.Id, e => e.CategoryId = product.CategoryId);
        return Page();
    }

    /// <summary>The product as search engines read it (schema.org); the default encoder escapes what could end the script element.</summary>
    public string JsonLd() => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "Product",
        ["name"] = Product.Name,
        ["description"] = Product.Summary,
        ["image"] = $"{Request.Scheme}://{Request.Host}{Product.PictureUrl}",
        ["brand"] = new Dictionary<string, object?> { ["@type"] = "Brand", ["name"] = Product.Brand },
        ["aggregateRating"] = Product.Rating is null ? null : new Dictionary<string, object?> { ["@type"] = "AggregateRating", ["ratingValue"] = Product.Rating, ["reviewCount"] = Product.ReviewCount },
        ["offers"] = Product.Skus.Select(s => new Dictionary<string, object?>
        {
            ["@type"] = "Offer",
            ["name"] = s.Label,
            ["price"] = Money.Plain(s.PriceMinor),
            ["priceCurrency"] = Money.DefaultCurrency,
            ["availability"] = s.InStock ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
        }),
    });
}
