using Microsoft.AspNetCore.Identity;
using PetShop.Data.Shoppers;
using PetShop.Web.Cart;
using PetShop.Web.Catalog;
using PetShop.Web.Tracking;

namespace PetShop.Web.Accounts;

/// <summary>What happens around the cookie: a sign-in brings the browser's cart, wishes and consented history along, a sign-out leaves nothing of the person behind.</summary>
public sealed class SignInFlow(SignInManager<Shopper> signIn, CartStore carts, VisitorLinking visitors, GuestOrders orders, WaitingWishes wishes)
{
    /// <param name="wished">Products wished for in another browser, as a mail's link carries them.</param>
    /// <returns>Whether what a guest wished for is on the wish list now.</returns>
    public async Task<bool> SignInAsync(HttpContext http, Shopper shopper, bool keep, CancellationToken cancel, string? wished = null)
    {
        await signIn.SignInAsync(shopper, keep);
        var cart = await carts.MergeAsync(CartCookie.Read(http)?.CartId, shopper.Id, cancel);
        CartCookie.Write(http, cart);
        await orders.AdoptAsync(shopper.Id, cancel);
        var isWished = await wishes.BringAsync(http, shopper.Id, WaitingWishes.Read(wished), cancel);
        var visitor = http.Visitor();
        // With nobody signed in before, the consent in force is the browser's own answer.
        await visitors.JoinAsync(visitor.Id, shopper.Id, visitor.ShopperId is null ? visitor.Consent : Consent.Unanswered, cancel);
        return isWished;
    }

    public async Task SignOutAsync(HttpContext http)
    {
        await signIn.SignOutAsync();
        CartCookie.Write(http, null);
    }
}
