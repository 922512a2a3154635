using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Web.Catalog;

namespace PetShop.Web.Areas.Admin.Pages.Products;

/// <summary>Texts, prices, stock and state of one product.</summary>
public sealed class EditModel(PetShopDb db, ShelfKeeper shelves, ProductCache cache, AuditLog audit) : PageModel
{
    public sealed record Form
    {
        [Required(ErrorMessage = "Give it a name."), StringLength(120, ErrorMessage = "Keep the name under 120 letters.")] public string Name { get; init; } = "";
        [Required(ErrorMessage = "Say in a sentence what it is."), StringLength(300, ErrorMessage = "Keep the summary under 300 letters.")] public string Summary { get; init; } = "";
        [StringLength(8000, ErrorMessage = "Keep the description under 8,000 letters.")] public string? Description { get; init; }
        public bool IsActive { get; init; }
        public List<SkuForm> Skus { get; init; } = [];
    }

    public sealed record SkuForm
    {
        public int Id { get; init; }
        public string? Label { get; init; }
        [Range(0, 10_000_000, ErrorMessage = "A price is between 0 and 10,000,000."), Required(ErrorMessage = "Give a price.")] public decimal? Price { get; init; }
        [Range(0, 1_000_000, ErrorMessage = "Stock is between 0 and a million."), Required(ErrorMessage = "Give a number.")] public int? Stock { get; init; }
        /// <summary>Stock when the form was opened: what was sold meanwhile is not put back.</summary>
        public int StockBefore { get; init; }
        public bool IsActive { get; init; }
    }

    public sealed record PricePoint(string Sku, long PriceMinor, DateTimeOffset From);

    [BindProperty] public Form Input { get; set; } = new();
    public Product Product { get; private set; } = null!;
    public IReadOnlyList<PricePoint> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        Input = new()
        {
            Name = Product.Name, Summary = Product.Summary, Description = Product.Description, IsActive = Product.IsActive,
            Skus = [.. Product.Skus.Select(s => new SkuForm { Id = s.Id, Label = s.Label, Price = Money.Major(s.PriceMinor), Stock = s.Stock, StockBefore = s.Stock, IsActive = s.IsActive })],
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        for (var i = 0; i < Input.Skus.Count; i++)
            if (Input.Skus[i].Price is { } price && price != Math.Round(price, Money.Decimals()))
                ModelState.AddModelError($"Input.Skus[{i}].Price", $"At most {Money.Decimals()} decimals.");
        if (!ModelState.IsValid || !await SaveAsync(cancel))
            return Page();
        cache.Forget(id);
        await shelves.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, "product edited", $"product {id}", cancel);
        TempData["Toast"] = "Saved. The shop shows it from the next page on.";
        return Redirect($"/admin/products/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancel)
    {
        Product = (await db.Products.Include(p => p.Skus.OrderBy(s => s.SortOrder).ThenBy(s => s.Id)).Include(p => p.Brand).Include(p => p.Category).SingleOrDefaultAsync(p => p.Id == id, cancel))!;
        if (Product is null)
            return false;
        History = await db.SkuPrices.Join(db.Skus.Where(s => s.ProductId == id), p => p.SkuId, s => s.Id, (p, s) => new { p, s.Label })
            .OrderByDescending(x => x.p.AppliedFrom).Take(60).Select(x => new PricePoint(x.Label, x.p.PriceMinor, x.p.AppliedFrom)).ToListAsync(cancel);
        return true;
    }

    private async Task<bool> SaveAsync(CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (Product.Name, Product.Summary, Product.Description, Product.IsActive) = (Input.Name.Trim(), Input.Summary.Trim(), Input.Description?.Trim() ?? "", Input.IsActive);
        Product.SearchText = SearchWords.Of(Product, await db.Categories.Where(c => Product.Category!.Path.Contains(c.Slug)).ToDictionaryAsync(c => c.Slug, c => c.Name, cancel));
        await db.SaveChangesAsync(cancel);
        for (var i = 0; i < Input.Skus.Count; i++)
        {
            var (sku, price) = (Input.Skus[i], Money.Minor(Input.Skus[i].Price!.Value));
            var change = sku.Stock!.Value - sku.StockBefore;
            var saved = await db.Skus.Where(s => s.Id == sku.Id && s.ProductId == Product.Id && s.Stock + change >= 0)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.PriceMinor, price).SetProperty(s => s.Stock, s => s.Stock + change)
                    // What came without a price waits for one, and is for sale from then on.
                    .SetProperty(s => s.IsActive, s => sku.IsActive || (price > 0 && s.PriceMinor == 0 && !s.IsActive)), cancel);
            if (saved > 0)
                continue;
            ModelState.AddModelError($"Input.Skus[{i}].Stock", "Some were sold meanwhile, so that many cannot be taken away. Open the page again to see what is left.");
            return false;
        }
        await transaction.CommitAsync(cancel);
        return true;
    }
}
