using Microsoft.Extensions.Options;
using PetShop.Data.Mail;
using PetShop.Data.Orders;
using PetShop.Web.Catalog;
using PetShop.Web.Mail;
using Order = PetShop.Data.Orders.Order;

namespace PetShop.Web.Checkout;

/// <summary>The words of the mail that confirms an order.</summary>
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

    public static string Delivery(string method) => method == Checkout.Delivery.Express ? "Express delivery" : "Standard delivery";
}
