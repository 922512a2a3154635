using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data.Events;
using PetShop.Web.Catalog;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Catalog;

/// <summary>One kind of pet: its categories, what is liked there now, and all of it as a list.</summary>
public sealed class DepartmentModel(ShelfKeeper shelves, ProductCards cards, EventRecorder events) : PageModel
{
    public ShelfCategory Category { get; private set; } = null!;
    public Department Look { get; private set; } = null!;
    public Listing Listing { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string department, CancellationToken cancel)
    {
        var shelf = await shelves.GetAsync(cancel);
        if (!shelf.Categories.TryGetValue(department, out var category) || category.Depth != 0)
            return NotFound();
        Category = category;
        Look = Department.Find(category.Slug, category.Name);
        Listing = new(shelf, category.Products, category.Url, Request.Query);
        Listing.Cards = await cards.ReadAsync(Listing.ProductIds, User, cancel);
        if (Listing.IsFirstLook)
            events.Record(EventType.CategoryViewed, set: e => e.CategoryId = Category.Id);
        return Page();
    }
}
