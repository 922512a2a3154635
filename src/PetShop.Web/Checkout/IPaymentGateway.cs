namespace PetShop.Web.Checkout;

/// <summary>What a gateway is asked to secure.</summary>
/// <param name="Key">The checkout's key: the same key never takes money twice.</param>
/// <param name="Token">What the gateway's own form field gave; null for ways of paying that need nothing.</param>
public sealed record PaymentRequest(Guid Key, long TotalMinor, string Currency, string? Token);

/// <summary>What a gateway answered.</summary>
public abstract record PaymentAnswer
{
    /// <summary>The money is secured; <see cref="Reference"/> names it to the gateway.</summary>
    public sealed record Secured(string? Reference) : PaymentAnswer;

    /// <summary>No, with a sentence for the shopper.</summary>
    public sealed record Declined(string Reason) : PaymentAnswer;

    /// <summary>Not now; the same request may succeed in a moment.</summary>
    public sealed record TryAgain(string Reason) : PaymentAnswer;
}

/// <summary>One way to pay. Money is secured before the order is made and released when the order cannot be.</summary>
public interface IPaymentGateway
{
    /// <summary>Stored with the order: invoice, cash, card.</summary>
    string Method { get; }

    string Name { get; }

    /// <summary>What the shopper should know before choosing it.</summary>
    string Hint { get; }

    /// <summary>Label of the field it needs; null for none.</summary>
    string? TokenLabel => null;

    Task<PaymentAnswer> SecureAsync(PaymentRequest request, CancellationToken cancel);

    /// <summary>Gives secured money back; a reference already released is no error.</summary>
    Task ReleaseAsync(string? reference, CancellationToken cancel);
}
