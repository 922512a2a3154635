using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Previews;

/// <summary>As whom, where and when a page of the shop is looked at.</summary>
/// <param name="Shopper">Null for a stranger.</param>
/// <param name="Agreed">Whether the stranger agreed to everything, else to nothing.</param>
/// <param name="At">Null for now.</param>
/// <param name="Segments">Slugs of segments a stranger is put into.</param>
public sealed record PreviewAs(Guid? Shopper, string Device, bool Agreed, DateTimeOffset? At, IReadOnlyList<string> Segments);

/// <summary>Signs what a member of staff may look at, for a few minutes and for nobody else.</summary>
public sealed class PreviewTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Query = "preview";

    /// <summary>Long enough to look, too short to keep.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("PetShop.Preview.v1");

    public string Sign(ClaimsPrincipal staff, PreviewAs look) =>
        _protector.Protect(JsonSerializer.Serialize(new Content(look, staff.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", clock.GetUtcNow() + Lifetime)));

    /// <summary>What the token allows; null when it is forged, too old, another's, or the asker is no longer of the staff.</summary>
    public PreviewAs? Read(ClaimsPrincipal user, string token)
    {
        if (user.Identity?.IsAuthenticated != true || !(user.IsInRole("merchandiser") || user.IsInRole("administrator")))
            return null;
        try
        {
            var content = JsonSerializer.Deserialize<Content>(_protector.Unprotect(token));
            return content is not null && content.Expires > clock.GetUtcNow() && content.Staff.Length > 0 && content.Staff == user.FindFirstValue(ClaimTypes.NameIdentifier) ? content.Look : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record Content(PreviewAs Look, string Staff, DateTimeOffset Expires);
}
