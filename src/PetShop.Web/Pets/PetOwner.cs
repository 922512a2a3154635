using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pets;

/// <summary>Whose pets are meant: the signed-in shopper's, otherwise those of a visitor who agreed to personal pages.</summary>
public readonly record struct PetOwner(Guid? ShopperId, Guid? VisitorId)
{
    public static PetOwner Of(HttpContext http) =>
        http.User.ShopperId() is { } shopperId ? new(shopperId, null) : new(null, http.Visitor() is { MayPersonalise: true } visitor ? visitor.Id : null);

    /// <summary>Neither an account nor an agreement: there is nobody to remember pets for.</summary>
    public bool IsNobody => ShopperId is null && VisitorId is null;

    public IQueryable<Pet> Pets(PetShopDb db)
    {
        var (shopperId, visitorId) = (ShopperId, VisitorId);
        return shopperId is not null ? db.Pets.Where(p => p.ShopperId == shopperId) : db.Pets.Where(p => p.VisitorId == visitorId && visitorId != null);
    }
}
