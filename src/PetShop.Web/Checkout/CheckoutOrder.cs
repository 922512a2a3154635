using PetShop.Data.Orders;
using PetShop.Web.Cart;
using PetShop.Web.Tracking;

namespace PetShop.Web.Checkout;

/// <summary>Where a parcel goes.</summary>
public sealed record DeliveryAddress(string FullName, string Line1, string? Line2, string Postcode, string City, string Country, string? Phone);

/// <summary>All that a checkout form decided; nothing in it is a price.</summary>
/// <param name="Key">Made with the form; the same key always leads to the same order.</param>
/// <param name="Visitor">Who orders: their own prices hold.</param>
/// <param name="Seen">The cart as the shopper saw it, from <see cref="CartContents.Seen"/>.</param>
/// <param name="SeenTotalMinor">Of goods and delivery together, as the shopper saw it.</param>
public sealed record CheckoutOrder(
    Guid Key, CartOwner Cart, Visitor Visitor, string Email, DeliveryAddress Address, string DeliveryMethod, string PaymentMethod, string? PaymentToken,
    string Seen, long SeenTotalMinor);

/// <summary>What became of a checkout.</summary>
public abstract record CheckoutOutcome
{
    /// <param name="IsNew">False when an earlier post of the same form had made the order.</param>
    public sealed record Placed(Order Order, bool IsNew) : CheckoutOutcome;

    /// <summary>Nothing to buy.</summary>
    public sealed record Empty : CheckoutOutcome;

    /// <summary>Prices, delivery or lines are not those the shopper saw; <see cref="Changes"/> says which, one sentence each.</summary>
    public sealed record Changed(IReadOnlyList<string> Changes) : CheckoutOutcome;

    /// <summary>Some lines cannot be delivered in that number; one sentence each.</summary>
    public sealed record SoldOut(IReadOnlyList<string> Lines) : CheckoutOutcome;

    /// <summary>The payment was not secured.</summary>
    public sealed record NotPaid(string Reason) : CheckoutOutcome;
}
