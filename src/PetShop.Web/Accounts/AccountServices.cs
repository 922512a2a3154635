using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Accounts;

/// <summary>Accounts on ASP.NET Core Identity: cookies that carry the claims, password rules, pauses after wrong passwords.</summary>
public static class AccountServices
{
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts").ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<Shopper>(Configure)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<PetShopDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddPasswordValidator<PasswordRules>()
            .AddClaimsPrincipalFactory<ShopperClaims>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccountOptions>>((identity, account) =>
        {
            identity.Lockout.MaxFailedAccessAttempts = account.Value.FailuresBeforePause;
            identity.Lockout.DefaultLockoutTimeSpan = account.Value.Pause;
        });
        services.AddOptions<DataProtectionTokenProviderOptions>().Configure<IOptions<AccountOptions>>((tokens, account) => tokens.TokenLifespan = account.Value.LinkLifetime);
        services.ConfigureApplicationCookie(Configure);
        services.AddAuthorization();
        services.AddSingleton<AccountLimiter>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountLetters>();
        services.AddSingleton<GuestOrders>();
        services.AddScoped<SignInFlow>();
        services.AddScoped<MarketingMails>();
    }

    private static void Configure(IdentityOptions identity)
    {
        identity.User.RequireUniqueEmail = true;
        identity.User.AllowedUserNameCharacters = "";
        identity.Lockout.AllowedForNewUsers = true;
        // PasswordRules decides alone: length and guesses, not kinds of characters.
        identity.Password = new()
        {
            RequiredLength = PasswordRules.MinLength, RequiredUniqueChars = 1,
            RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false,
        };
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "petshop.account";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/account/sign-in";
        cookie.LogoutPath = "/account/sign-out";
        cookie.AccessDeniedPath = "/account/denied";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Signs out whose account is erased, and asks now and then whether the password still is the one the cookie was given for; while the database is away, the next request asks again.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext cookie)
    {
        try
        {
            var consents = cookie.HttpContext.RequestServices.GetRequiredService<ShopperConsents>();
            if (cookie.Principal?.ShopperId() is { } shopper && await consents.IsGoneAsync(shopper, cookie.HttpContext.RequestAborted))
            {
                cookie.RejectPrincipal();
                await cookie.HttpContext.SignOutAsync(cookie.Scheme.Name);
                return;
            }
            await SecurityStampValidator.ValidatePrincipalAsync(cookie);
        }
        catch (Exception e) when (DatabaseAway.Explains(e))
        {
            // A request that has to write fails by itself, with words; one that failed here would have no error page either.
        }
    }
}
