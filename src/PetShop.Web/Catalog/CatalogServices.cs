namespace PetShop.Web.Catalog;

/// <summary>Registers what the catalogue pages need.</summary>
public static class CatalogServices
{
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>().BindConfiguration("Catalog").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ShelfKeeper>();
        services.AddHostedService<CatalogueAnnouncements>();
        services.AddSingleton<ProductCache>().AddSingleton<Wishes>().AddScoped<WaitingWishes>();
        services.AddHostedService<ProductAnnouncements>();
        services.AddSingleton<ProductCards>();
        services.AddSingleton<ProductFinder>();
        services.AddSingleton<ProductReader>();
        return services;
    }
}
