using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data.Events;
using PetShop.Web.Catalog;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Catalog;

/// <summary>A group or leaf of a department, to narrow, sort and turn the pages of; every state is in the address.</summary>
public sealed class CategoryModel(ShelfKeeper shelves, ProductCards cards, EventRecorder events) : PageModel
{
    public ShelfCategory Category { get; private set; } = null!;
    public Listing Listing { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string department, string category, CancellationToken cancel)
    {
        var shelf = await shelves.GetAsync(cancel);
        if (!shelf.Categories.TryGetValue(category, out var found) || found.Depth == 0 || found.Department != department)
            return NotFound();
        Category = found;
        Listing = new(shelf, found.Products, found.Url, Request.Query);
        Listing.Cards = await cards.ReadAsync(Listing.ProductIds, User, cancel);
        if (Listing.IsFirstLook)
            events.Record(EventType.CategoryViewed, set: e => e.CategoryId = Category.Id);
        return Page();
    }
}
