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
        services.AddSingleton<ModelHolder>().AddSingleton<ModelStore>().AddSingleton<HouseholdPets>().AddSingleton<ServingRefresher>();
        services.AddSingleton<TrainingMetrics>().AddSingleton<JobLog>().AddSingleton<NeighbourWriter>().AddSingleton<StatsWriter>().AddSingleton<TrainingRun>().AddSingleton<ModelTrainer>();
        services.AddHostedService(s => s.GetRequiredService<ServingRefresher>());
        services.AddHostedService(s => s.GetRequiredService<ModelTrainer>());
    }
}
