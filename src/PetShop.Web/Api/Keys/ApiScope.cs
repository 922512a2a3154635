using Microsoft.AspNetCore.Authorization;

namespace PetShop.Web.Api.Keys;

/// <summary>One thing a key may do.</summary>
/// <param name="Name">As written in keys and policies.</param>
/// <param name="Meaning">For who makes a key.</param>
public sealed record ApiScope(string Name, string Meaning)
{
    public static readonly ApiScope ReadSegments = new("segments:read", "See segments, their rules and sizes, and preview rules");
    public static readonly ApiScope WriteSegments = new("segments:write", "Make, edit and switch off segments");
    public static readonly ApiScope ReadMembers = new("members:read", "See who is in a segment and why, and who entered or left");
    public static readonly ApiScope EvaluateVisitors = new("visitors:evaluate", "Ask which segments, banners and prices fit a visitor");
    public static readonly ApiScope ManageWebhooks = new("webhooks:manage", "Have entries and exits sent to an address, person by person");

    public static IReadOnlyList<ApiScope> All { get; } = [ReadSegments, WriteSegments, ReadMembers, EvaluateVisitors, ManageWebhooks];

    public string Policy => "api " + Name;
}

/// <summary>How endpoints ask for a scope.</summary>
public static class ApiScopes
{
    public const string Claim = "scope";

    public static void AddScopes(this AuthorizationBuilder authorization)
    {
        foreach (var scope in ApiScope.All)
            authorization.AddPolicy(scope.Policy, policy => policy.AddAuthenticationSchemes(ApiKeyHandler.SchemeName).RequireAuthenticatedUser().RequireClaim(Claim, scope.Name));
    }

    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, ApiScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(scope.Policy).WithMetadata(scope);
}
