using Microsoft.Extensions.Options;
using PetShop.Data.Mail;
using PetShop.Data.Orders;
using PetShop.Web.Catalog;
using PetShop.Web.Mail;
using Order = PetShop.Data.Orders.Order;

namespace PetShop.Web.Checkout;

/// <summary>The words of the mails about an order: it was placed, it was cancelled.</summary>
public sealed class OrderLetters(IOptions<ShopOptions> shop)
{
    public OutgoingMail Confirmation(Order order, DeliveryOffer delivery, Uri link)
    {
        List<(string, string)> rows = [.. order.Lines.Select(l => ($"{l.Quantity} × {l.ProductName}, {l.SkuLabel}{OwnPrice(l, order.Currency)}", Money.Format(l.UnitPriceMinor * l.Quantity, order.Currency)))];
        rows.Add((delivery.Name, order.DeliveryMinor == 0 ? "free" : Money.Format(order.DeliveryMinor, order.Currency)));
        rows.Add(("Total, with VAT", Money.Format(order.TotalMinor, order.Currency)));
        return new LetterDraft(shop.Value.Name, $"Your order {order.Number}")
            .Say($"Thank you, {order.FullName}. We are packing; the parcel should be with you on {delivery.Days}.")
            .Rows(rows)
            .Say($"It goes to {order.FullName}, {order.Line1}{(order.Line2 is { Length: > 0 } line2 ? ", " + line2 : "")}, {order.Postcode} {order.City}. {PaymentNames.Sentence(order.PaymentMethod)}")
            .Button("Look at the order", link)
            .Say("Something is not as it should be? Answer this mail and a person will read it. You can send things back within 100 days.")
            .To(order.Email, order.FullName, order.PlacedAt);
    }

    /// <summary>Tells the buyer that staff cancelled an order, and what becomes of the money; null where nobody reads the address any more.</summary>
    /// <param name="before">How far the order was.</param>
    /// <param name="link">Address of the order in the buyer's account; null for a guest.</param>
    public OutgoingMail? Cancellation(Order order, OrderStatus before, Uri? link, DateTimeOffset now)
    {
        if (order.Email.EndsWith("@invalid", StringComparison.Ordinal) || order.Email.EndsWith(".invalid", StringComparison.Ordinal))
            return null;
        var letter = new LetterDraft(shop.Value.Name, $"Your order {order.Number} was cancelled")
            .Say($"Hello {order.FullName}, we have cancelled your order {order.Number} of {Money.Format(order.TotalMinor, order.Currency)}. Nothing will be sent.")
            .Say(PaymentNames.AfterCancelling(order, before));
        if (link is not null)
            letter.Button("Look at the order", link);
        return letter.Say("You did not expect this? Answer this mail and a person will read it.").To(order.Email, order.FullName, now);
    }

    private static string OwnPrice(OrderLine line, string currency) => line.UnitPriceMinor < line.BasePriceMinor
        ? $". Your price {Money.Format(line.UnitPriceMinor, currency)} each, public price {Money.Format(line.BasePriceMinor, currency)}, because {line.PriceReason}" : "";
}

/// <summary>How ways to pay and to deliver read on orders that were made, whatever is offered today.</summary>
public static class PaymentNames
{
    public static string Of(string method) => method switch { "invoice" => "Invoice", "cash" => "Cash on delivery", "card" => "Card", _ => method };

    public static string Sentence(string method) => method switch
    {
        "invoice" => "You pay by bank transfer within 14 days; the invoice lies in the parcel.",
        "cash" => "You pay the courier at the door.",
        _ => "It is paid.",
    };

    /// <summary>What a buyer may expect of money after a cancellation.</summary>
    /// <param name="before">How far the order was.</param>
    public static string AfterCancelling(Order order, OrderStatus before) => (order.PaymentReference, before) switch
    {
        (not null, _) => $"The {Money.Format(order.TotalMinor, order.Currency)} you paid by {Of(order.PaymentMethod).ToLowerInvariant()} go back the way they came; that can take a few days.",
        (null, OrderStatus.Paid) => $"We send the {Money.Format(order.TotalMinor, order.Currency)} you have paid back to you.",
        _ => "Nothing was taken, and nothing is owed.",
    };

    /// <summary>How pages end their sentence about a cancelled order. They know no more of the money than whether a gateway held it: an invoice may have been paid before.</summary>
    public static string OnceCancelled(Order order) => order.PaymentReference is null
        ? " and nothing is owed; what you may have paid already comes back to you" : ", and what you paid goes back the way it came";

    public static string Delivery(string method) => method == Checkout.Delivery.Express ? "Express delivery" : "Standard delivery";
}
