using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Catalog;

namespace PetShop.Web.Areas.Admin.Pages.Products;

/// <summary>Every product, narrowed and sorted; the state is in the address.</summary>
public sealed class IndexModel(PetShopDb db) : PageModel
{
    public sealed record Row(int Id, string Name, string Brand, string Category, long PriceMinor, int Stock, int Skus, bool IsActive, int RatingCount, int RatingSum);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Department { get; set; }
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }
    [BindProperty(SupportsGet = true)] public string? Sort { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Category> Departments { get; private set; } = [];
    public Paging Paging { get; private set; } = new(1, 0);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Departments = await db.Categories.AsNoTracking().Where(c => c.ParentId == null).OrderBy(c => c.SortOrder).ToListAsync(cancel);
        var products = Narrow(db.Products.AsNoTracking());
        Paging = new(PageNumber, await products.CountAsync(cancel));
        Rows = await Sorted(products).Skip(Paging.Skip).Take(Paging.Size)
            .Select(p => new Row(p.Id, p.Name, p.Brand!.Name, p.Category!.Name, p.PriceMinor, p.Skus.Sum(s => s.Stock), p.SkuCount, p.IsActive, p.RatingCount, p.RatingSum)).ToListAsync(cancel);
    }

    private IQueryable<Product> Narrow(IQueryable<Product> products)
    {
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var words = $"%{Q.Trim()}%";
            // Each of the three finds its rows by an index, which one condition over three tables could not.
            var found = db.Products.Where(p => EF.Functions.ILike(p.Name, words)).Select(p => p.Id)
                .Union(db.Products.Where(p => EF.Functions.ILike(p.Brand!.Name, words)).Select(p => p.Id))
                .Union(db.Skus.Where(s => EF.Functions.ILike(s.Code, words)).Select(s => s.ProductId));
            products = products.Where(p => found.Contains(p.Id));
        }
        if (!string.IsNullOrEmpty(Department))
            products = products.Where(p => p.Department == Department);
        return Show switch
        {
            "active" => products.Where(p => p.IsActive),
            "inactive" => products.Where(p => !p.IsActive),
            "sold-out" => products.Where(p => p.IsActive && !p.InStock),
            "low" => products.Where(p => p.IsActive && p.Skus.Any(s => s.IsActive && s.Stock < 5)),
            _ => products,
        };
    }

    private IOrderedQueryable<Product> Sorted(IQueryable<Product> products) => Sort switch
    {
        "price" => products.OrderBy(p => p.PriceMinor).ThenBy(p => p.Id),
        "-price" => products.OrderByDescending(p => p.PriceMinor).ThenBy(p => p.Id),
        "stock" => products.OrderBy(p => p.Skus.Sum(s => s.Stock)).ThenBy(p => p.Id),
        "-stock" => products.OrderByDescending(p => p.Skus.Sum(s => s.Stock)).ThenBy(p => p.Id),
        "-name" => products.OrderByDescending(p => p.Name).ThenBy(p => p.Id),
        "-new" => products.OrderByDescending(p => p.ReleasedOn).ThenBy(p => p.Id),
        _ => products.OrderBy(p => p.Name).ThenBy(p => p.Id),
    };
}
