using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Accounts;
using PetShop.Web.Reviews;

namespace PetShop.Web.Pages.Account;

/// <summary>A buyer's one review of a product: written, changed or taken back.</summary>
[Authorize]
public sealed class ReviewModel(PetShopDb db, ReviewDesk desk) : PageModel
{
    public ProductName Product { get; private set; } = null!;
    public bool HasBought { get; private set; }
    public bool IsWritten { get; private set; }

    [BindProperty] public Form Input { get; set; } = new();

    public sealed record ProductName(int Id, string Slug, string Name);

    public sealed record Form
    {
        [Range(1, 5, ErrorMessage = "Please give one to five stars.")] public short Rating { get; init; }
        [StringLength(100, ErrorMessage = "Please use at most 100 characters.")] public string? Title { get; init; }
        [Required(ErrorMessage = "A sentence or two help others most."), StringLength(4000, ErrorMessage = "Please use at most 4,000 characters.")] public string Text { get; init; } = "";
    }

    public async Task<IActionResult> OnGetAsync(string product, CancellationToken cancel)
    {
        if (!await LoadAsync(product, cancel))
            return NotFound();
        var shopperId = User.ShopperId();
        var written = await db.Reviews.Where(r => r.ShopperId == shopperId && r.ProductId == Product.Id)
            .Select(r => new Form { Rating = r.Rating, Title = r.Title, Text = r.Text }).SingleOrDefaultAsync(cancel);
        (IsWritten, Input) = (written is not null, written ?? new());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string product, CancellationToken cancel)
    {
        if (!await LoadAsync(product, cancel))
            return NotFound();
        if (!ModelState.IsValid)
            return Page();
        if (!await desk.SaveAsync(User.ShopperId()!.Value, User.FirstName() ?? "A shopper", Product.Id, Input.Rating, Input.Title?.Trim() ?? "", Input.Text.Trim(), cancel))
            return Page();
        TempData["Toast"] = "Thank you. Your review is on the page.";
        return LocalRedirect($"/products/{Product.Slug}#reviews");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string product, CancellationToken cancel)
    {
        if (!await LoadAsync(product, cancel))
            return NotFound();
        var shopperId = User.ShopperId();
        await db.Reviews.Where(r => r.ShopperId == shopperId && r.ProductId == Product.Id).ExecuteDeleteAsync(cancel);
        TempData["Toast"] = "Your review is gone.";
        return LocalRedirect($"/products/{Product.Slug}");
    }

    /// <param name="product">Id or slug.</param>
    private async Task<bool> LoadAsync(string product, CancellationToken cancel)
    {
        var id = int.TryParse(product, out var number) ? number : 0;
        var found = await db.Products.Where(p => p.Id == id || p.Slug == product).OrderByDescending(p => p.Id == id)
            .Select(p => new ProductName(p.Id, p.Slug, p.Name)).FirstOrDefaultAsync(cancel);
        if (found is null)
            return false;
        Product = found;
        HasBought = await desk.HasBoughtAsync(User.ShopperId()!.Value, found.Id, cancel);
        return true;
    }
}
