using Microsoft.AspNetCore.Identity;
using PetShop.Data.Shoppers;
using PetShop.Web.Cart;
using PetShop.Web.Tracking;

namespace PetShop.Web.Accounts;

/// <summary>What happens around the cookie: a sign-in brings the browser's cart and consented history along, a sign-out leaves nothing of the person behind.</summary>
public sealed class SignInFlow(SignInManager<Shopper> signIn, CartStore carts, VisitorLinking visitors)
{
    public async Task SignInAsync(HttpContext http, Shopper shopper, bool keep, CancellationToken cancel)
    {
        await signIn.SignInAsync(shopper, keep);
        var cart = await carts.MergeAsync(CartCookie.Read(http)?.CartId, shopper.Id, cancel);
        CartCookie.Write(http, cart);
        await visitors.JoinAsync(http.Visitor().Id, shopper.Id, cancel);
    }

    public async Task SignOutAsync(HttpContext http)
    {
        await signIn.SignOutAsync();
        CartCookie.Write(http, null);
    }
}
