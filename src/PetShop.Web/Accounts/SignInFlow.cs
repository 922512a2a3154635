using Microsoft.AspNetCore.Identity;
using PetShop.Data.Shoppers;
using PetShop.Web.Cart;
using PetShop.Web.Tracking;

namespace PetShop.Web.Accounts;

/// <summary>What happens around the cookie: a sign-in brings the browser's cart and consented history along, a sign-out leaves nothing of the person behind.</summary>
public sealed class SignInFlow(SignInManager<Shopper> signIn, CartStore carts, VisitorLinking visitors, GuestOrders orders)
{
    public async Task SignInAsync(HttpContext http, Shopper shopper, bool keep, CancellationToken cancel)
    {
        await signIn.SignInAsync(shopper, keep);
        var cart = await carts.MergeAsync(CartCookie.Read(http)?.CartId, shopper.Id, cancel);
        CartCookie.Write(http, cart);
        await orders.AdoptAsync(shopper.Id, cancel);
        var visitor = http.Visitor();
        // With nobody signed in before, the consent in force is the browser's own answer.
        await visitors.JoinAsync(visitor.Id, shopper.Id, visitor.ShopperId is null ? visitor.Consent : Consent.Unanswered, cancel);
    }

    public async Task SignOutAsync(HttpContext http)
    {
        await signIn.SignOutAsync();
        CartCookie.Write(http, null);
    }
}
