using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Targeting;

/// <summary>Profiles, segments and banners.</summary>
public static class TargetingServices
{
    public static void AddTargeting(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TargetingOptions>().BindConfiguration("Targeting").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ActiveRules>().AddSingleton<ProductTraits>().AddSingleton<VisitorProfiles>().AddSingleton<ProfilePreview>();
        services.AddSingleton<ShopperFeaturesWriter>().AddSingleton<ForecastWriter>().AddSingleton<ClusterProposals>().AddSingleton<SegmentCounter>().AddSingleton<SegmentMembership>().AddSingleton<MembershipCheck>();
        services.AddSingleton<RulePreviewer>().AddScoped<SegmentSaving>();
        services.AddSingleton(SegmentReasons.Source).AddSingleton(SegmentTimeline.Source).AddSingleton<SegmentTimeline>();
        services.AddHostedService<RuleAnnouncements>().AddHostedService<ShopperFeaturesJob>().AddHostedService<ForecastJob>().AddHostedService<MembershipJob>();
    }
}
