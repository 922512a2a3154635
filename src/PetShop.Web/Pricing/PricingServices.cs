namespace PetShop.Web.Pricing;

/// <summary>What is said of personal prices.</summary>
public static class PricingServices
{
    public static void AddPricing(this IHostApplicationBuilder builder) => builder.Services.AddSingleton(PricesInForce.Source);
}
