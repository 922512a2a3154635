using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Accounts;
using PetShop.Web.Catalog;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Account;

/// <summary>Products a shopper wants to remember; the hearts on all cards post here.</summary>
public sealed class WishListModel(PetShopDb db, ProductCards cards, ProductCache cache, WaitingWishes wishes) : PageModel
{
    public IReadOnlyList<ProductCard> Cards { get; private set; } = [];

    public sealed record ToggleForm(int ProductId, string? ReturnUrl);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (User.ShopperId() is not { } shopperId)
            return Challenge();
        var wished = await db.WishListItems.Where(w => w.ShopperId == shopperId).OrderByDescending(w => w.AddedAt).Select(w => w.ProductId).ToListAsync(cancel);
        Cards = await cards.ReadAsync(wished, User, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostToggleAsync(ToggleForm form, CancellationToken cancel)
    {
        var returnUrl = Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl : "/account/wish-list";
        if (User.ShopperId() is not { } shopperId)
        {
            wishes.Add(HttpContext, form.ProductId);
            return AskToSignIn(returnUrl);
        }
        var removed = await db.WishListItems.Where(w => w.ShopperId == shopperId && w.ProductId == form.ProductId).ExecuteDeleteAsync(cancel);
        cache.ForgetWishes(shopperId);
        if (removed > 0)
            return Answer("It has left your wish list.", returnUrl);
        var added = await wishes.PutAsync(shopperId, [form.ProductId], cancel);
        return Answer(added ? "It is on your wish list." : "We no longer sell that.", returnUrl);
    }

    private IActionResult AskToSignIn(string returnUrl)
    {
        var signIn = "/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl);
        TempData["Toast"] = "Sign in or open an account, and it is on your wish list.";
        if (Request.Headers.ContainsKey("HX-Request"))
        {
            Response.Headers["HX-Redirect"] = signIn;
            return new NoContentResult();
        }
        return LocalRedirect(signIn);
    }

    private IActionResult Answer(string notice, string returnUrl)
    {
        if (Request.Headers.ContainsKey("HX-Request"))
            return Partial("_Toast", notice);
        TempData["Toast"] = notice;
        return LocalRedirect(returnUrl);
    }
}
