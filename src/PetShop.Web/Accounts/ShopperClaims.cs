using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Accounts;

/// <summary>Puts all that a page greets and guards by into the cookie, so that a signed-in page asks no account table.</summary>
public sealed class ShopperClaims(UserManager<Shopper> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Shopper, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Shopper user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.FirstName.Length > 0)
            identity.AddClaim(new(ClaimTypes.GivenName, user.FirstName));
        return identity;
    }
}

/// <summary>What pages read of the person from the cookie.</summary>
public static class ShopperPrincipal
{
    /// <summary>Id of the signed-in shopper; null for a guest.</summary>
    public static Guid? ShopperId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>First name, where the shopper gave one.</summary>
    public static string? FirstName(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.GivenName);

    public static string? Email(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Email);
}
