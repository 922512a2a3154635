using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Areas.Admin.Reports;

namespace PetShop.Web.Areas.Admin;

/// <summary>The merchandiser's side of the shop.</summary>
public static class AdminServices
{
    /// <summary>Merchandisers and administrators: every page of the area asks for it.</summary>
    public const string StaffPolicy = "staff";

    public static void AddAdmin(this IHostApplicationBuilder builder)
    {
        // A rule of the most rows there may be has more fields than a form usually.
        builder.Services.Configure<FormOptions>(o => o.ValueCountLimit = 4096);
        var services = builder.Services;
        services.AddAuthorizationBuilder().AddPolicy(StaffPolicy, policy => policy.RequireAuthenticatedUser().RequireRole("merchandiser", "administrator"));
        services.Configure<RazorPagesOptions>(pages =>
        {
            pages.Conventions.AuthorizeAreaFolder("Admin", "/", StaffPolicy);
            pages.Conventions.AddAreaPageRoute("Admin", "/Segments/Edit", "/admin/segments/new");
            pages.Conventions.AddAreaPageRoute("Admin", "/Segments/Export", "/admin/segments/{id:int}/export.json");
            pages.Conventions.AddAreaPageRoute("Admin", "/Banners/Edit", "/admin/banners/new");
            pages.Conventions.AddAreaPageRoute("Admin", "/Offers/Edit", "/admin/offers/new");
            pages.Conventions.AddAreaPageRoute("Admin", "/Campaigns/Edit", "/admin/campaigns/new");
            pages.Conventions.AddAreaPageRoute("Admin", "/Merchandising/Edit", "/admin/merchandising/new");
            pages.Conventions.AddAreaPageRoute("Admin", "/Api/Webhook", "/admin/api/webhooks/new");
        });
        services.AddScoped<SaveQuestions>();
        services.AddSingleton<DailyFigures>().AddSingleton<AuditLog>();
    }
}
