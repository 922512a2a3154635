using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Recommendations;

/// <summary>The model, its training, and the rails made of it.</summary>
public static class RecommendationsServices
{
    public static void AddRecommendations(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RecommendationOptions>().BindConfiguration("Recommendations").ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.AddHttpContextAccessor();
        services.AddSingleton<ModelHolder>().AddSingleton<ModelStore>().AddSingleton<HouseholdPets>().AddSingleton<ServingRefresher>();
        services.AddSingleton<ShopperRecords>().AddSingleton<Tastes>();
        services.AddSingleton<TrainingMetrics>().AddSingleton<JobLog>().AddSingleton<NeighbourWriter>().AddSingleton<SessionWriter>().AddSingleton<StatsWriter>().AddSingleton<TrainingRun>().AddSingleton<ModelTrainer>();
        services.AddScoped<ShownProducts>().AddScoped<RailBatch>().AddScoped<NotForMeEndpoint>().AddScoped<RailFigures>();
        services.AddHostedService(s => s.GetRequiredService<ServingRefresher>());
        services.AddHostedService(s => s.GetRequiredService<ModelTrainer>());
    }

    public static void MapRecommendations(this WebApplication app) =>
        app.MapPost("/not-for-me", (NotForMeEndpoint endpoint, HttpContext http) => endpoint.HandleAsync(http)).DisableAntiforgery();
}
