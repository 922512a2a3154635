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
        services.AddSingleton<ShopperRecords>().AddSingleton<Tastes>().AddSingleton<CorrectionDesk>().AddSingleton<RuleReplay>().AddSingleton<ModelReplay>();
        services.AddSingleton<TrainingMetrics>().AddSingleton<NeighbourWriter>().AddSingleton<SessionWriter>().AddSingleton<StatsWriter>();
        services.AddSingleton<Contenders>().AddSingleton<Incumbents>().AddSingleton<SettingsSearch>().AddSingleton<SafetyAudit>();
        services.AddSingleton<TrainingRun>().AddSingleton<ModelImport>().AddSingleton<ModelTrainer>();
#if WITH_MLNET
        services.AddSingleton<PetShop.Recommender.Training.ITrainer>(new PetShop.Recommender.MlNet.MlNetTrainer(new PetShop.Recommender.MlNet.MlNetOptions()));
#endif
        services.AddScoped<ShownProducts>().AddScoped<RailBatch>().AddScoped<RailFigures>();
        services.AddHostedService(s => s.GetRequiredService<ServingRefresher>());
        services.AddHostedService(s => s.GetRequiredService<ModelTrainer>());
    }
}
