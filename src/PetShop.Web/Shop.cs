using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PetShop.Web.Accounts;
using PetShop.Web.Api;
using PetShop.Web.Areas.Admin;
using PetShop.Web.Campaigns;
using PetShop.Web.Cart;
using PetShop.Web.Catalog;
using PetShop.Web.Checkout;
using PetShop.Web.Database;
using PetShop.Web.Illustrations;
using PetShop.Web.Logging;
using PetShop.Web.Mail;
using PetShop.Web.Pricing;
using PetShop.Web.Privacy;
using PetShop.Web.Recommendations;
using PetShop.Web.Reviews;
using PetShop.Web.Seeding;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web;

/// <summary>The composition root: every capability adds its services and maps its endpoints here, one line each.</summary>
public static class Shop
{
    /// <param name="args">Configuration as <c>--Key value</c> pairs.</param>
    /// <param name="connectionString">Of the shop's database.</param>
    /// <param name="configure">Last changes to the builder, for tests and benchmarks.</param>
    public static WebApplication Build(string[] args, string connectionString, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:PetShop", connectionString)]);
        AddServices(builder);
        configure?.Invoke(builder);
        var app = builder.Build();
        MapEndpoints(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        builder.AddShopLogging();
        builder.Services.AddOptions<ShopOptions>().BindConfiguration("Shop").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.Configure<AntiforgeryOptions>(o => o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.Configure<CookieTempDataProviderOptions>(o => o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.AddRazorPages();
        builder.Services.AddResponseCompression(o => o.EnableForHttps = true);
        builder.AddDatabase();
        builder.AddRecommendations();
        builder.AddSeeding();
        builder.AddTracking();
        builder.AddTargeting();
        builder.Services.AddCatalog();
        builder.AddPricing();
        builder.AddPrivacy();
        builder.AddAccounts();
        builder.AddMail();
        builder.AddCampaigns();
        builder.AddCart();
        builder.AddCheckout();
        builder.AddReviews();
        builder.AddAdmin();
        builder.AddApi();
    }

    private static void MapEndpoints(WebApplication app)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-IE");
        Money.Use(app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.Currency);
        // With the setting the host does so itself, before everything; a second time would believe an address that the shopper's browser made up.
        if (!string.Equals(app.Configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
            app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseMiddleware<RequestLogging>();
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/not-found", "?status={0}");
        app.UseResponseCompression();
        app.UseApiErrors();
        app.UseMiddleware<ZeroCharacters>();
        app.UseRouting();
        app.UseMiddleware<RequestNames>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UsePreviews();
        app.UseApiLimits();
        app.UseTracking();
        app.MapHealth();
        app.MapTracking();
        app.MapPrivacy();
        app.MapRuleSchema();
        app.MapApi();
        app.MapStaticAssets();
        app.MapPictures();
        app.MapRazorPages().WithStaticAssets();
    }
}
