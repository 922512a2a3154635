using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Accounts;

/// <summary>Seals what a link in a mail carries, so that only a link we sent does what it says.</summary>
public sealed class AccountLinks(IDataProtectionProvider protection, IOptions<AccountOptions> options)
{
    private readonly ITimeLimitedDataProtector _registration = protection.CreateProtector("PetShop.Accounts.Registration").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _address = protection.CreateProtector("PetShop.Accounts.Address").ToTimeLimitedDataProtector();
    private readonly IDataProtector _unsubscribe = protection.CreateProtector("PetShop.Accounts.Unsubscribe");

    /// <summary>Proves that whoever opens the link reads the mails of <paramref name="email"/>; there is no account before that.</summary>
    /// <param name="wished">Products they wished for as a guest: the mail may be opened in another browser.</param>
    public string Registration(string email, string? returnUrl, params IReadOnlyCollection<int> wished) =>
        "/account/welcome?token=" + Uri.EscapeDataString(_registration.Protect(email, options.Value.LinkLifetime)) + Return(returnUrl) + (wished.Count == 0 ? "" : "&wished=" + string.Join(',', wished));

    public string? ReadRegistration(string? token) => Open(token, _registration.Unprotect);

    /// <summary>Moves an account to <paramref name="email"/> while its security stamp is still <paramref name="stamp"/>.</summary>
    public string AddressChange(Guid shopperId, string stamp, string email) =>
        "/account/confirm-address?token=" + Uri.EscapeDataString(_address.Protect($"{shopperId}|{stamp}|{email}", options.Value.LinkLifetime));

    public (Guid ShopperId, string Stamp, string Email)? ReadAddressChange(string? token) =>
        Open(token, _address.Unprotect)?.Split('|', 3) is [var id, var stamp, var email] ? (Guid.Parse(id), stamp, email) : null;

    /// <summary>Ends marketing mails with one POST and without a sign-in; never runs out.</summary>
    public string Unsubscribe(Guid shopperId) => "/unsubscribe/" + _unsubscribe.Protect(shopperId.ToString("N"));

    public Guid? ReadUnsubscribe(string? token) => Open(token, _unsubscribe.Unprotect) is { } id ? Guid.Parse(id) : null;

    private static string Return(string? returnUrl) => returnUrl is null ? "" : "&returnUrl=" + Uri.EscapeDataString(returnUrl);

    private static string? Open(string? token, Func<string, string> open)
    {
        try
        {
            return string.IsNullOrEmpty(token) ? null : open(token);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
