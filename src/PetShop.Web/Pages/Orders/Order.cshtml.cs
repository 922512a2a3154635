using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.Web.Accounts;
using PetShop.Web.Cart;
using PetShop.Web.Checkout;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Orders;

/// <summary>One order of the signed-in shopper, and the way to buy it again.</summary>
[Authorize]
public sealed class OrderModel(PetShopDb db, CartStore carts, EventRecorder events, PriceDisplay prices) : PageModel
{
    public OrderView View { get; private set; } = null!;

    /// <summary>The stations of a parcel, and whether it has passed them.</summary>
    public IReadOnlyList<(string Name, bool Done)> Stations =>
    [
        ("Ordered", true), ("Packed", (int)View.Order.Status >= 3), ("On its way", (int)View.Order.Status >= 3), ("Delivered", (int)View.Order.Status == 4),
    ];

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancel)
    {
        if (await FindAsync(number, cancel) is not { } view)
            return NotFound();
        View = view;
        return Page();
    }

    public async Task<IActionResult> OnPostBuyAgainAsync(string number, CancellationToken cancel)
    {
        if (await FindAsync(number, cancel) is not { } view)
            return NotFound();
        List<string> missing = [];
        var sheet = await prices.OfAsync(HttpContext);
        foreach (var line in view.Lines)
        {
            if (await carts.AddAsync(CartOwner.Of(HttpContext), line.SkuId, line.Quantity, null, sheet, cancel) is { } added)
            {
                CartCookie.Write(HttpContext, added.Cart);
                events.Record(EventType.CartAdded, added.ProductId, e => (e.SkuId, e.Quantity, e.ValueMinor) = (added.SkuId, added.Quantity, added.PriceMinor * added.Quantity));
            }
            else
                missing.Add(line.Name);
        }
        TempData["Toast"] = missing.Count == 0 ? "All of it is in your cart again."
            : missing.Count == view.Lines.Count ? "Sorry, nothing of that order can be had at the moment."
            : $"In your cart, except what is sold out: {string.Join(", ", missing)}.";
        return LocalRedirect("/cart");
    }

    private Task<OrderView?> FindAsync(string number, CancellationToken cancel)
    {
        var shopperId = User.ShopperId();
        return OrderView.FindAsync(db, db.Orders.Where(o => o.Number == number && o.ShopperId == shopperId), cancel);
    }
}
