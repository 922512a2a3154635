using Microsoft.AspNetCore.Mvc;
using PetShop.Web.Cart;

namespace PetShop.Web.Pages.Shared.Components.CartBadge;

/// <summary>How many things lie in the cart, told by the cookie alone.</summary>
public sealed class CartBadgeViewComponent : ViewComponent
{
    /// <param name="id">Id of the element, for the answers that replace it in place.</param>
    public IViewComponentResult Invoke(string id) => View(new Badge(id, CartCookie.Read(HttpContext)?.Count ?? 0));

    public sealed record Badge(string Id, int Count);
}
