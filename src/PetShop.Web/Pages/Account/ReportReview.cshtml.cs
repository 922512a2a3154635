using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Accounts;
using PetShop.Web.Reviews;

namespace PetShop.Web.Pages.Account;

/// <summary>Any reader may ask the staff to look at a review.</summary>
[LimitPosts]
public sealed class ReportReviewModel(PetShopDb db, ReviewDesk desk) : PageModel
{
    public View? Review { get; private set; }

    public sealed record View(string DisplayName, string Title, string Text, string Slug);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        Review = await FindAsync(id, cancel);
        return Review is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } review || !await desk.ReportAsync(id, cancel))
            return NotFound();
        TempData["Toast"] = "Thank you. A person will read it.";
        return LocalRedirect($"/products/{review.Slug}#reviews");
    }

    private Task<View?> FindAsync(long id, CancellationToken cancel) => db.Reviews.Where(r => r.Id == id && !r.IsHidden)
        .Join(db.Products, r => r.ProductId, p => p.Id, (r, p) => new View(r.DisplayName, r.Title, r.Text, p.Slug)).SingleOrDefaultAsync(cancel);
}
