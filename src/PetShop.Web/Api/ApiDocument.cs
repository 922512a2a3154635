using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PetShop.Web.Api.Keys;

namespace PetShop.Web.Api;

/// <summary>Completes the OpenAPI document: what the API is, how one gets in, examples, and the meaning of every answer.</summary>
public static class ApiDocument
{
    public const string Name = "v1";
    public const string Path = "/api/openapi/v1.json";
    private const string Scheme = "key";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["200"] = "It went well.",
        ["201"] = "It was made; Location says where it is.",
        ["204"] = "It is done.",
        ["400"] = "The body or a parameter could not be read; the detail says where.",
        ["401"] = "No key came, or one that is unknown, revoked or expired.",
        ["403"] = "The key lacks the scope, or the answer would be about too few people.",
        ["404"] = "What the address names is not there.",
        ["409"] = "It does not fit what is there; the detail says what to do.",
        ["412"] = "Somebody saved another version meanwhile; nothing was changed.",
        ["415"] = "The body was not sent as application/json.",
        ["422"] = "The body was read, but something in it is wrong; \"faults\" names every place, its cause and how to mend it.",
        ["428"] = "If-Match is missing.",
        ["429"] = "More requests came with this key than its limit a minute, or too many wrong keys from this address; Retry-After says how long to wait.",
    };

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, document =>
    {
        document.ShouldInclude = operation => operation.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        document.AddDocumentTransformer(Introduce);
        document.AddOperationTransformer(Complete);
    });

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "PetShop API", Version = Name,
            Description = "Segments, who is in them and why, what fits a visitor, and webhooks that tell who entered or left. Errors come as application/problem+json (RFC 9457) with a code for programs and words for people.",
        };
        document.Servers = [new() { Url = "/", Description = "This shop" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "psk_...", Description = "A key made under /admin/api. Its scopes say what it may do." },
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiScope>().LastOrDefault() is { } scope)
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [scope.Name] }];
        var sample = metadata.OfType<OperationSample>().LastOrDefault();
        foreach (var media in operation.RequestBody?.Content?.Values ?? [])
            media.Example = sample?.Request?.DeepClone();
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            answer.Description = Meanings.GetValueOrDefault(status, answer.Description ?? "");
            foreach (var media in answer.Content?.Values ?? [])
                media.Example = status[0] == '2' ? sample?.Answer?.DeepClone() : Failure(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
        }
        Parameters(operation);
        return Task.CompletedTask;
    }

    private static void Parameters(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            parameter.Description = parameter.Name switch
            {
                "cursor" => "\"next\" of the page before; none for the first page.",
                "limit" => $"Entries of a page, 1 to {ApiOptions.LargestPage}; 100 unless you say otherwise.",
                "active" => "true for segments that are on, false for those that are off; both unless you say so.",
                "key" => "Key of a segment.",
                "id" => parameter.Schema?.Format == "uuid" ? "Id of an account." : "Id of a webhook.",
                "shopperId" => "Id of an account.",
                "deliveryId" => "Id of a message.",
                "If-Match" => "The ETag of the version you read.",
                "Idempotency-Key" => "Names the request, such as a UUID: for a day the same name and body get the same answer.",
                _ => parameter.Description,
            };
    }

    private static JsonObject Failure(int status) => new() { ["title"] = Problem.Title(status), ["status"] = status, ["detail"] = Meanings.GetValueOrDefault($"{status}", "") };
}
