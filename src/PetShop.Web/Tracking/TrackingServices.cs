namespace PetShop.Web.Tracking;

/// <summary>Consent, visitors, and the recording of what they do.</summary>
public static class TrackingServices
{
    public static void AddTracking(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TrackingOptions>().BindConfiguration("Tracking").ValidateDataAnnotations().ValidateOnStart();
        if (builder.Environment.IsDevelopment())
            services.Configure<TrackingOptions>(o => o.HeadlessIsBot = builder.Configuration.GetValue("Tracking:HeadlessIsBot", false));
        services.AddHttpContextAccessor();
        services.AddMetrics();
        services.AddSingleton<TrackingMetrics>().AddSingleton<DroppedEventCounter>().AddSingleton<EventSpool>().AddSingleton<EventQueue>();
        services.AddSingleton<LiveHistories>().AddSingleton<ShopperConsents>().AddSingleton<ConsentLedger>();
        services.AddSingleton<ErasureJournal>().AddSingleton<ConsentSpool>().AddSingleton<VisitorEraser>().AddSingleton<VisitorLinking>().AddSingleton<GpcOptOut>();
        services.AddSingleton<BeaconLimiter>().AddSingleton<BeaconEndpoint>();
        services.AddScoped<EventRecorder>();
        services.AddHostedService<EventWriter>().AddHostedService<VisitorAnnouncements>().AddHostedService<EventHousekeeping>().AddHostedService<ConsentRetry>();
    }

    /// <summary>Finds the visitor of each request; after authentication, before any page.</summary>
    public static void UseTracking(this WebApplication app) => app.UseMiddleware<VisitorMiddleware>();

    public static void MapTracking(this WebApplication app) =>
        app.MapPost("/t", (HttpContext http, BeaconEndpoint beacon, CancellationToken cancel) => beacon.HandleAsync(http, cancel)).DisableAntiforgery();
}
