using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PetShop.Web.Api;

/// <summary>One operation for people.</summary>
/// <param name="Curl">A call to copy, with the key in $KEY and the shop's address in $SHOP.</param>
public sealed record ReferenceOperation(string Id, string Method, string Path, string Summary, string Description, string? Scope, string Curl)
{
    public IReadOnlyList<ReferenceField> Parameters { get; init; } = [];
    public IReadOnlyList<ReferenceField> Body { get; init; } = [];
    public string? Answer { get; init; }
    public IReadOnlyList<ReferenceField> Fields { get; init; } = [];
    public IReadOnlyList<(string Status, string Meaning)> Answers { get; init; } = [];
}

/// <summary>A parameter, or a field of a body.</summary>
public sealed record ReferenceField(string Name, string Where, string Type, bool IsRequired, string Description);

/// <summary>Reads the OpenAPI document the way people read: by subject, with calls to copy; made once.</summary>
public sealed class ApiReference([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider documents)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private IReadOnlyList<(string Subject, IReadOnlyList<ReferenceOperation> Operations)>? _read;
    private byte[]? _document;

    /// <summary>The document itself, as JSON.</summary>
    public async Task<byte[]> DocumentAsync(CancellationToken cancel) =>
        _document ??= Encoding.UTF8.GetBytes(await (await documents.GetOpenApiDocumentAsync(cancel)).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel));

    public async Task<IReadOnlyList<(string Subject, IReadOnlyList<ReferenceOperation> Operations)>> ReadAsync(CancellationToken cancel)
    {
        if (_read is { } read)
            return read;
        var document = await documents.GetOpenApiDocumentAsync(cancel);
        var operations = document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(o => (Subject: o.Value.Tags?.FirstOrDefault()?.Name ?? "", Operation: Read(path.Key, o.Key.Method, o.Value))));
        return _read = [.. operations.GroupBy(o => o.Subject).Select(g => (g.Key, (IReadOnlyList<ReferenceOperation>)[.. g.Select(o => o.Operation)]))];
    }

    private static ReferenceOperation Read(string path, string method, OpenApiOperation operation)
    {
        var body = Json(operation.RequestBody?.Content);
        var good = operation.Responses?.Where(r => r.Key[0] == '2').Select(r => Json(r.Value.Content)).FirstOrDefault();
        var scope = operation.Security?.SelectMany(s => s.Values).SelectMany(s => s).FirstOrDefault();
        return new(operation.OperationId ?? "", method, path, operation.Summary ?? "", operation.Description ?? "", scope, Curl(path, method, operation, body?.Example))
        {
            Parameters = [.. (operation.Parameters ?? []).Select(p => new ReferenceField(p.Name ?? "", Where(p.In), Type(p.Schema), p.Required, p.Description ?? ""))],
            Body = Fields(body?.Schema),
            Answer = good?.Example?.ToJsonString(Indented),
            Fields = Fields(good?.Schema),
            Answers = [.. (operation.Responses ?? []).Select(r => (r.Key, r.Value.Description ?? "")).OrderBy(r => r.Key, StringComparer.Ordinal)],
        };
    }

    private static OpenApiMediaType? Json(IDictionary<string, OpenApiMediaType>? content) => content is not null && content.TryGetValue("application/json", out var json) ? json : null;

    private static List<ReferenceField> Fields(IOpenApiSchema? schema) =>
        [.. (schema?.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(p => new ReferenceField(p.Key, "body", Type(p.Value), schema!.Required?.Contains(p.Key) == true, p.Value.Description ?? ""))];

    private static string Where(ParameterLocation? location) => location switch { ParameterLocation.Path => "path", ParameterLocation.Header => "header", _ => "query" };

    private static string Type(IOpenApiSchema? schema) => (schema?.Type & ~JsonSchemaType.Null) switch
    {
        JsonSchemaType.Boolean => "true or false",
        JsonSchemaType.Integer or JsonSchemaType.Number => "number",
        JsonSchemaType.String => schema!.Format switch { "uuid" => "id", "date-time" => "instant", "date" => "day", _ => "text" },
        JsonSchemaType.Array => "list",
        _ => "object",
    };

    private static string Curl(string path, string method, OpenApiOperation operation, JsonNode? body)
    {
        foreach (var parameter in (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Path))
            path = path.Replace($"{{{parameter.Name}}}", parameter.Name == "key" ? "loyal-dog-homes" : parameter.Schema?.Format == "uuid" ? "01989f5e-7c2a-7d10-9a53-0c6a4f6f2b11" : "7", StringComparison.Ordinal);
        List<string> lines = [$"curl {(method == "GET" ? "" : $"-X {method} ")}\"$SHOP{path}\"", "-H \"Authorization: Bearer $KEY\""];
        if (operation.Parameters?.Any(p => p.Name == "If-Match") == true && method == "PUT")
            lines.Add("-H 'If-Match: \"3\"'");
        if (body is not null)
            lines.AddRange("-H \"Content-Type: application/json\"", $"-d '{body.ToJsonString(Compact)}'");
        return string.Join(" \\\n  ", lines);
    }
}
