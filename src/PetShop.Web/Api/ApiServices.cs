using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc;
using PetShop.Web.Api.Keys;
using PetShop.Web.Api.Members;
using PetShop.Web.Api.Segments;
using PetShop.Web.Api.Visitors;
using PetShop.Web.Api.Webhooks;
using PetShop.Web.Tracking;

namespace PetShop.Web.Api;

/// <summary>The REST API under /api/v1: keys with scopes, limits, endpoints, their document, and webhooks.</summary>
public static class ApiServices
{
    public static void AddApi(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ApiOptions>().BindConfiguration("Api").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration("Api:Webhooks").ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddAuthorizationBuilder().AddScopes();
        services.AddApiLimits();
        services.AddApiDocument();
        services.AddSingleton<ApiReference>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<Microsoft.AspNetCore.Http.Json.JsonOptions>(o => o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddSingleton<WrongKeys>().AddScoped<ApiKeys>();
        services.AddScoped<SegmentWriting>().AddSingleton<StoredMembers>().AddSingleton<Transitions>().AddSingleton<VisitorEndpoint>();
        services.AddSingleton<WebhookClient>().AddSingleton<WebhookSecrets>().AddSingleton<WebhookQueue>().AddSingleton<WebhookSender>().AddScoped<WebhookDesk>();
        services.AddSingleton<WebhookJob>().AddHostedService(p => p.GetRequiredService<WebhookJob>());
    }

    /// <summary>Before routing: errors of the API are answered for programs.</summary>
    public static void UseApiErrors(this WebApplication app) => app.UseWhen(IsForPrograms, api => api.UseMiddleware<ApiErrors>());

    /// <summary>After authorization: limits hold for a key.</summary>
    public static void UseApiLimits(this WebApplication app) => app.UseWhen(IsForPrograms, api => api.UseRateLimiter());

    public static void MapApi(this WebApplication app)
    {
        app.MapGet(ApiDocument.Path, async (ApiReference reference, CancellationToken cancel) => TypedResults.Bytes(await reference.DocumentAsync(cancel), "application/json")).WithMetadata(new WithoutVisitor());
        var api = app.MapGroup("/api/v1").WithMetadata(new WithoutVisitor()).RequireRateLimiting(ApiLimits.Requests).WithMetadata(new RequestSizeLimitAttribute(ApiOptions.LargestBody)).DisableAntiforgery();
        SegmentReading.Map(api.MapGroup("").WithTags("Segments"));
        SegmentWriting.Map(api.MapGroup("").WithTags("Segments"));
        MemberEndpoints.Map(api.MapGroup("").WithTags("Members"));
        VisitorEndpoint.Map(api.MapGroup("").WithTags("Visitors"));
        TransitionEndpoints.Map(api.MapGroup("").WithTags("Entries and exits"));
        WebhookEndpoints.Map(api.MapGroup("").WithTags("Webhooks"));
    }

    private static bool IsForPrograms(HttpContext http) => http.Request.Path.StartsWithSegments("/api", out var rest) && !rest.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase);
}
