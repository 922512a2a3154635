using System.Text.Json.Nodes;

namespace PetShop.Web.Api;

/// <summary>Examples of an operation: what is sent and what is answered, as JSON.</summary>
public sealed record OperationSample(JsonNode? Request, JsonNode? Answer);

/// <summary>How endpoints describe themselves for the document.</summary>
public static class Operations
{
    /// <summary>Names the operation and says what it does.</summary>
    public static RouteHandlerBuilder Tells(this RouteHandlerBuilder endpoint, string id, string summary, string description) =>
        endpoint.WithName(id).WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder endpoint, string? request, string? answer) =>
        endpoint.WithMetadata(new OperationSample(request is null ? null : JsonNode.Parse(request), answer is null ? null : JsonNode.Parse(answer)));

    /// <summary>Ways it can fail beside those that every operation has: no key, no scope, too many requests.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (ReadOnlySpan<int>)[.. statuses, 401, 403, 429])
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
