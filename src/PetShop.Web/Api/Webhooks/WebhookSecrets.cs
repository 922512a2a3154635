using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PetShop.Data.Api;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Seals the secrets of webhooks before they are stored, with the keys that all replicas share.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("PetShop.Webhooks");

    public string Seal(string secret) => _protector.Protect(secret);

    /// <summary>The secrets that sign now, the newest first; null when they cannot be opened any more.</summary>
    public IReadOnlyList<string>? Open(string secret, string? former, DateTimeOffset? formerUntil, DateTimeOffset now)
    {
        try
        {
            return former is not null && now < formerUntil ? [_protector.Unprotect(secret), _protector.Unprotect(former)] : [_protector.Unprotect(secret)];
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Gives a webhook a new secret; the one before signs as well for a while.</summary>
    public string Rotate(Webhook webhook, TimeSpan formerKept, DateTimeOffset now)
    {
        var secret = WebhookSignature.NewSecret();
        (webhook.FormerSecret, webhook.FormerUntil, webhook.Secret) = (webhook.Secret, now + formerKept, Seal(secret));
        return secret;
    }
}
