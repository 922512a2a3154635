using PetShop.Web.Targeting.Lists;
using PetShop.Web.Targeting.Insight;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Targeting.Previews;

namespace PetShop.Web.Targeting;

/// <summary>Profiles, segments and banners.</summary>
public static class TargetingServices
{
    public static void AddTargeting(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TargetingOptions>().BindConfiguration("Targeting").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ActiveRules>().AddSingleton<ProductTraits>().AddSingleton<VisitorProfiles>().AddSingleton<ProfilePreview>();
        services.AddSingleton<ShopperFeaturesWriter>().AddSingleton<PromptFeatures>().AddSingleton<ForecastWriter>().AddSingleton<ClusterProposals>().AddSingleton<SegmentCounter>().AddSingleton<SegmentMembership>().AddSingleton<MembershipCheck>();
        services.AddSingleton<CatalogueNameReader>().AddSingleton<RulePreviewer>().AddScoped<SegmentSaving>();
        services.AddSingleton<PastProfiles>().AddSingleton<PreviewTokens>().AddSingleton<BannerExperiments>().AddSingleton<BannerCollisions>();
        services.AddSingleton(BannerExperiments.Source);
        services.AddSingleton<VisitorPrices>().AddScoped<PriceDisplay>().AddSingleton<OfferResults>().AddScoped<OfferSaving>().AddScoped<OfferEffects>();
        services.AddScoped<ShopperListBook>().AddSingleton<MemberFile>().AddSingleton(ListData.Source);
        services.AddSingleton(SegmentReasons.Source).AddSingleton(SegmentTimeline.Source).AddSingleton<SegmentTimeline>();
        services.AddSingleton<RulePatterns>().AddSingleton<RuleComparison>().AddSingleton<RuleWarnings>().AddSingleton<SegmentOverlaps>().AddSingleton<TraitSpreads>().AddSingleton<SegmentFigures>().AddSingleton<SegmentDays>();
        services.AddScoped<SegmentUsages>().AddScoped<SegmentCare>();
        services.AddHostedService<SegmentDaysJob>();
        services.AddHostedService<RuleAnnouncements>().AddHostedService<ShopperFeaturesJob>().AddHostedService<ForecastJob>().AddHostedService<ClusterJob>().AddHostedService<MembershipJob>();
    }

    /// <summary>Lets staff look at pages as somebody else; after authentication, before the visitor is found.</summary>
    public static void UsePreviews(this WebApplication app) => app.UseMiddleware<PreviewMiddleware>();
}
