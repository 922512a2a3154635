using PetShop.Web.Accounts;

namespace PetShop.Web.Cart;

/// <summary>Whose cart is meant: that of the signed-in shopper, otherwise the one the browser's cookie names.</summary>
public readonly record struct CartOwner(Guid? ShopperId, Guid? CartId)
{
    public static CartOwner Of(HttpContext http) => new(http.User.ShopperId(), CartCookie.Read(http)?.CartId);

    public bool IsNobody => ShopperId is null && CartId is null;
}
