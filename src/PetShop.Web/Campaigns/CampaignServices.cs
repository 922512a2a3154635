namespace PetShop.Web.Campaigns;

/// <summary>Letters to the members of segments.</summary>
public static class CampaignServices
{
    public static void AddCampaigns(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CampaignOptions>().BindConfiguration("Campaigns").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LetterGate>().AddSingleton<LetterComposer>().AddSingleton<LetterRails>().AddSingleton<LetterPreview>();
        services.AddSingleton<CampaignPlanner>().AddSingleton<CampaignSender>().AddSingleton<CampaignChecks>().AddSingleton<CampaignFigures>();
        services.AddScoped<CampaignDesk>().AddSingleton(LetterData.Source);
        services.AddHostedService<CampaignJob>();
    }
}
