using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Reviews;

namespace PetShop.Web.Areas.Admin.Pages.Reviews;

/// <summary>Reviews that readers reported: show them as they are, or hide them; and those hidden, to show again.</summary>
public sealed class IndexModel(PetShopDb db, ReviewDesk desk, AuditLog audit) : PageModel
{
    private const int Shown = 50;

    public sealed record Row(long Id, int ProductId, string Product, string Slug, string By, short Rating, string Title, string Text, DateTimeOffset At, int Reports, bool IsHidden);

    public IReadOnlyList<Row> Reported { get; private set; } = [];
    public IReadOnlyList<Row> Hidden { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Reported = await RowsOf(desk.Reported.Take(Shown)).ToListAsync(cancel);
        Hidden = await RowsOf(db.Reviews.Where(r => r.IsHidden && r.ReportCount == 0).OrderByDescending(r => r.Id).Take(Shown)).ToListAsync(cancel);
    }

    /// <param name="id">The review.</param>
    /// <param name="hide">Whether it is hidden; else it is shown, and its reports are settled.</param>
    public async Task<IActionResult> OnPostAsync(long id, bool hide, CancellationToken cancel)
    {
        if (!await desk.DecideAsync(id, hide, cancel))
            return NotFound();
        await audit.WriteAsync(HttpContext, hide ? "review hidden" : "review shown", $"review {id}", cancel);
        TempData["Toast"] = hide ? "Hidden: the product's rating counts without it." : "It stays in the shop, and its reports are settled.";
        return RedirectToPage();
    }

    private IQueryable<Row> RowsOf(IQueryable<Data.Catalog.Review> reviews) => reviews.AsNoTracking().Join(
        db.Products, r => r.ProductId, p => p.Id, (r, p) => new { r, p }).OrderByDescending(x => x.r.ReportCount).ThenByDescending(x => x.r.Id)
        .Select(x => new Row(x.r.Id, x.p.Id, x.p.Name, x.p.Slug, x.r.DisplayName, x.r.Rating, x.r.Title, x.r.Text, x.r.EditedAt ?? x.r.CreatedAt, x.r.ReportCount, x.r.IsHidden));
}
