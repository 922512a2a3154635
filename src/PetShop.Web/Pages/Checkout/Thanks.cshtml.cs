using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Web.Accounts;
using PetShop.Web.Checkout;

namespace PetShop.Web.Pages.Checkout;

/// <summary>The confirmation. A guest's order is reached by its unguessable key; an account's order by that account alone.</summary>
public sealed class ThanksModel(PetShopDb db) : PageModel
{
    public OrderView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid key, CancellationToken cancel)
    {
        if (await OrderView.FindAsync(db, db.Orders.Where(o => o.CheckoutKey == key), cancel) is not { } view)
            return NotFound();
        if (view.Order.ShopperId is { } owner && owner != User.ShopperId())
            return User.Identity?.IsAuthenticated == true ? NotFound() : Challenge();
        View = view;
        // The address is the key to the page, so it is told to no other site and kept by no search engine.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers["X-Robots-Tag"] = "noindex";
        return Page();
    }
}
