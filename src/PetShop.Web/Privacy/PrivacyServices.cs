namespace PetShop.Web.Privacy;

/// <summary>Answers to the consent question, access, portability and erasure.</summary>
public static class PrivacyServices
{
    public static void AddPrivacy(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConsentAnswers>().AddScoped<PersonalData>().AddScoped<Erasing>();
        builder.Services.AddSingleton<ErasureReplay>().AddHostedService<ErasureReplayAtStart>();
    }

    public static void MapPrivacy(this WebApplication app)
    {
        // Guarded by the request's origin: the dialog is on every page, and a token on each would cost all of them.
        app.MapPost("/privacy/consent", ConsentEndpoint.HandleAsync).DisableAntiforgery();
        app.MapGet("/.well-known/gpc.json", () => Results.Json(new { gpc = true, lastUpdate = "2026-11-21" }));
    }
}
