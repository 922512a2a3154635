using System.Collections.Concurrent;
using PetShop.Web.Catalog;

namespace PetShop.Web.Checkout;

/// <summary>Pay by bank transfer after the parcel has come: nothing to secure.</summary>
public sealed class InvoiceGateway : IPaymentGateway
{
    public string Method => "invoice";
    public string Name => "Invoice";
    public string Hint => "Pay by bank transfer within 14 days of delivery.";

    public Task<PaymentAnswer> SecureAsync(PaymentRequest request, CancellationToken cancel) =>
        Task.FromResult<PaymentAnswer>(new PaymentAnswer.Secured(null));

    public Task ReleaseAsync(string? reference, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>Pay the courier at the door, up to what a courier may carry.</summary>
public sealed class CashOnDeliveryGateway : IPaymentGateway
{
    /// <summary>Couriers take no more in cash, in minor units: 500 euros, 50,000 yen.</summary>
    public static long LimitMinor => 500 * Math.Max(100, Money.MinorUnits());

    public string Method => "cash";
    public string Name => "Cash on delivery";
    public string Hint => $"Pay the courier at the door, for orders up to {Money.Round(LimitMinor)}.";

    public Task<PaymentAnswer> SecureAsync(PaymentRequest request, CancellationToken cancel) =>
        Task.FromResult<PaymentAnswer>(request.TotalMinor > LimitMinor
            ? new PaymentAnswer.Declined($"Couriers take at most {Money.Round(LimitMinor)} in cash. Please choose another way to pay.")
            : new PaymentAnswer.Secured(null));

    public Task ReleaseAsync(string? reference, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>A card gateway for development: its numbers succeed, decline or ask for a second try, and no money moves.</summary>
public sealed class TestCardGateway : IPaymentGateway
{
    /// <summary>The number that every developer knows.</summary>
    public const string Succeeds = "4242 4242 4242 4242";
    public const string Declines = "4000 0000 0000 0069";
    public const string NeedsRetry = "4000 0000 0000 0119";

    // Keys that were sent away once; a development machine never holds many.
    private readonly ConcurrentDictionary<Guid, bool> _askedToRetry = new();

    public string Method => "card";
    public string Name => "Card (test)";
    public string Hint => $"No money moves. {Succeeds} pays, {Declines} is declined, {NeedsRetry} pays at the second try.";
    public string? TokenLabel => "Card number";

    public Task<PaymentAnswer> SecureAsync(PaymentRequest request, CancellationToken cancel)
    {
        // The reference follows from the key, so a second request for the same key is the same payment.
        var secured = new PaymentAnswer.Secured($"test-{request.Key:N}");
        return Task.FromResult<PaymentAnswer>(Digits(request.Token) switch
        {
            "" => new PaymentAnswer.Declined("Please give a card number."),
            var number when number == Digits(Succeeds) => secured,
            var number when number == Digits(NeedsRetry) => _askedToRetry.TryAdd(request.Key, true) ? new PaymentAnswer.TryAgain("The bank did not answer in time. Nothing was taken; please try again.") : secured,
            var number when number == Digits(Declines) => new PaymentAnswer.Declined("The bank declined this card. Please use another card or another way to pay."),
            _ => new PaymentAnswer.Declined("This is not one of the test cards. Please use a number from the hint."),
        });
    }

    public Task ReleaseAsync(string? reference, CancellationToken cancel) => Task.CompletedTask;

    private static string Digits(string? token) => string.Concat((token ?? "").Where(char.IsAsciiDigit));
}
