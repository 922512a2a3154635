namespace PetShop.Web.Seeding;

/// <summary>The demo shop as a service.</summary>
public static class SeedingServices
{
    public static void AddSeeding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DemoOptions>().BindConfiguration("Demo").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<DemoShop>();
        builder.Services.AddScoped<DemoStaff>();
        builder.Services.AddScoped<CampaignSeed>().AddScoped<OfferSeed>();
    }
}
