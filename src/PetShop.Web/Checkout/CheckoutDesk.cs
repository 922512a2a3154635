using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Web.Cart;
using PetShop.Web.Catalog;
using PetShop.Web.Mail;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;
using Order = PetShop.Data.Orders.Order;

namespace PetShop.Web.Checkout;

/// <summary>Turns a cart into an order: once, at the prices the shopper saw, with the stock it needs.</summary>
/// <remarks>
/// The payment is secured first, because no transaction may wait for a bank; it is released when the order cannot be made. Then one
/// transaction locks cart and SKUs, checks again, takes the stock, and writes the order and its confirmation mail.
/// </remarks>
public sealed class CheckoutDesk(
    PetShopDb db, CartStore carts, Delivery delivery, IEnumerable<IPaymentGateway> gateways, OrderLetters letters, MailSignal mailSignal,
    ProductCache products, VisitorPrices prices, ActiveRules rules, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private const int MaxTries = 4;

    public IReadOnlyList<IPaymentGateway> Gateways { get; } = [.. gateways];

    /// <param name="orderLink">Address of an order's confirmation page, for the mail.</param>
    public async Task<CheckoutOutcome> PlaceAsync(CheckoutOrder checkout, Func<Order, Uri> orderLink, CancellationToken cancel)
    {
        if (await FindAsync(checkout.Key, cancel) is { } earlier)
            return new CheckoutOutcome.Placed(earlier, false);
        var cart = await carts.LoadAsync(checkout.Cart, await prices.OfAsync(checkout.Visitor, cancel), cancel);
        if (Refusal(checkout, [.. cart.Items.OrderBy(i => i.SkuId).Select(Line)]) is { } refusal)
            return refusal is CheckoutOutcome.Empty && await FindAsync(checkout.Key, cancel) is { } meanwhile ? new CheckoutOutcome.Placed(meanwhile, false) : refusal;

        var gateway = Gateways.SingleOrDefault(g => g.Method == checkout.PaymentMethod);
        if (gateway is null)
            return new CheckoutOutcome.NotPaid("Please choose a way to pay.");
        var answer = await gateway.SecureAsync(new(checkout.Key, checkout.SeenTotalMinor, shop.Value.Currency, checkout.PaymentToken), cancel);
        if (answer is not PaymentAnswer.Secured { Reference: var reference })
            return new CheckoutOutcome.NotPaid(answer is PaymentAnswer.Declined declined ? declined.Reason : ((PaymentAnswer.TryAgain)answer).Reason);

        var outcome = await CommitOrReleaseAsync(checkout, cart.CartId!.Value, gateway, reference, orderLink, cancel);
        if (outcome is CheckoutOutcome.Placed { IsNew: true })
            mailSignal.Raise();
        return outcome;
    }

    private async Task<CheckoutOutcome> CommitOrReleaseAsync(
        CheckoutOrder checkout, Guid cartId, IPaymentGateway gateway, string? reference, Func<Order, Uri> orderLink, CancellationToken cancel)
    {
        CheckoutOutcome? outcome = null;
        try
        {
            outcome = await CommitAsync(checkout, cartId, reference, orderLink, cancel);
            return outcome;
        }
        finally
        {
            // A failure may strike after the commit: money is released only when there is certainly no order.
            if (outcome is not CheckoutOutcome.Placed && await FindAsync(checkout.Key, CancellationToken.None) is null)
                await gateway.ReleaseAsync(reference, CancellationToken.None);
        }
    }

    private async Task<CheckoutOutcome> CommitAsync(CheckoutOrder checkout, Guid cartId, string? reference, Func<Order, Uri> orderLink, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                var outcome = await PlaceLockedAsync(checkout, cartId, reference, orderLink, cancel);
                if (outcome is CheckoutOutcome.Placed { IsNew: true } placed)
                {
                    await transaction.CommitAsync(cancel);
                    foreach (var line in placed.Order.Lines)
                        products.Forget(line.ProductId);
                }
                return outcome;
            }
            catch (Exception e) when (tries < MaxTries && (e as PostgresException ?? e.InnerException as PostgresException)?.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<CheckoutOutcome> PlaceLockedAsync(CheckoutOrder checkout, Guid cartId, string? reference, Func<Order, Uri> orderLink, CancellationToken cancel)
    {
        await Reservation.LockCartAsync(db, cartId, cancel);
        if (await FindAsync(checkout.Key, cancel) is { } earlier)
            return new CheckoutOutcome.Placed(earlier, false);
        var lines = await PricedAsync(checkout.Visitor, await Reservation.LockLinesAsync(db, cartId, cancel), cancel);
        if (Refusal(checkout, lines) is { } refusal)
            return refusal;
        await Reservation.TakeStockAsync(db, lines, cancel);
        var offer = Offer(checkout, lines);
        var order = Reservation.Write(checkout, offer, lines, await Reservation.NextNumberAsync(db, cancel), shop.Value.Currency, reference, clock.GetUtcNow());
        db.Orders.Add(order);
        db.OutgoingMails.Add(letters.Confirmation(order, offer, orderLink(order)));
        await db.SaveChangesAsync(cancel);
        await Reservation.EmptyCartAsync(db, cartId, cancel);
        return new CheckoutOutcome.Placed(order, true);
    }

    /// <summary>The lines at the buyer's own prices of this very moment.</summary>
    private async Task<List<LockedLine>> PricedAsync(Visitor visitor, List<LockedLine> lines, CancellationToken cancel)
    {
        var sheet = await prices.OfAsync(visitor, cancel);
        var priced = lines.ConvertAll(l => l.At(sheet));
        if (priced.TrueForAll(l => l.Yours is null))
            return priced;
        var now = await Reservation.LockOffersAsync(db, [.. priced.Select(l => l.Yours?.OfferId).OfType<int>().Distinct()], cancel);
        if (priced.TrueForAll(l => l.Yours is not { } yours || now.GetValueOrDefault(yours.OfferId) == sheet.Held.First(o => o.Id == yours.OfferId).Version))
            return priced;
        // Somebody changed an offer, and this replica has not heard of it yet.
        await rules.RefreshAsync(cancel);
        sheet = await prices.OfAsync(visitor, cancel);
        return lines.ConvertAll(l => l.At(sheet));
    }

    /// <summary>Why this cart cannot be ordered as it was seen; null when it can.</summary>
    private CheckoutOutcome? Refusal(CheckoutOrder checkout, List<LockedLine> lines)
    {
        if (lines.Count == 0)
            return new CheckoutOutcome.Empty();
        if (CheckoutChecks.Shortages(lines) is { Count: > 0 } shortages)
            return new CheckoutOutcome.SoldOut(shortages);
        if (CheckoutChecks.Changes(checkout.Seen, lines) is { Count: > 0 } changes)
            return new CheckoutOutcome.Changed(changes);
        var total = lines.Sum(l => l.PriceMinor * l.Quantity) + Offer(checkout, lines).PriceMinor;
        return total == checkout.SeenTotalMinor ? null
            : new CheckoutOutcome.Changed([$"The total is now {Money.Format(total, shop.Value.Currency)}; it was {Money.Format(checkout.SeenTotalMinor, shop.Value.Currency)}."]);
    }

    private DeliveryOffer Offer(CheckoutOrder checkout, List<LockedLine> lines)
    {
        var offers = delivery.Offers(lines.Sum(l => l.PriceMinor * l.Quantity));
        return offers.FirstOrDefault(o => o.Key == checkout.DeliveryMethod) ?? offers[0];
    }

    private Task<Order?> FindAsync(Guid key, CancellationToken cancel) =>
        db.Orders.AsNoTracking().Include(o => o.Lines).SingleOrDefaultAsync(o => o.CheckoutKey == key, cancel);

    private static LockedLine Line(CartItem i) => new(i.SkuId, i.ProductId, i.Name, i.Label, i.Quantity, i.PublicMinor, i.CostMinor, i.Stock, i.IsSold, i.RecommendationId, i.Yours);
}
