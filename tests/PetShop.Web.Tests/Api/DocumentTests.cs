using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Api;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Api;

/// <summary>The document says what there is, its examples are true, and people can read it.</summary>
public sealed class DocumentTests(ApiShop shop) : IClassFixture<ApiShop>
{
    private static readonly string[] Everywhere = ["401", "403", "429"];

    [Fact]
    public async Task Every_operation_is_told_with_its_scope_its_errors_and_examples()
    {
        var document = await DocumentAsync();
        Assert.StartsWith("3.", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["key"]!["scheme"]!.GetValue<string>());
        var told = Operations(document).ToList();
        var there = (await shop.ServerAsync()).Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Count(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal));
        Assert.Equal(there, told.Count);
        Assert.Equal(told.Count, told.Select(o => o.Operation["operationId"]!.GetValue<string>()).Distinct().Count());
        foreach (var (name, operation) in told)
        {
            Assert.True(operation["summary"]!.GetValue<string>().Length > 5 && operation["description"]!.GetValue<string>().EndsWith('.'), name);
            Assert.Contains(":", operation["security"]![0]!["key"]![0]!.GetValue<string>(), StringComparison.Ordinal);
            var answers = operation["responses"]!.AsObject();
            Assert.Empty(Everywhere.Except(answers.Select(a => a.Key)));
            Assert.Single(answers, a => a.Key[0] == '2');
            foreach (var (status, answer) in answers)
            {
                Assert.False(string.IsNullOrEmpty(answer!["description"]!.GetValue<string>()), $"{name} {status}");
                Assert.True(status == "204" || answer["content"]!.AsObject().All(c => c.Value!["example"] is not null), $"{name} {status} has no example.");
            }
            Assert.True(operation["requestBody"] is null || operation["requestBody"]!["content"]!["application/json"]!["example"] is not null, $"{name} shows no body.");
            Assert.All(operation["parameters"]?.AsArray() ?? [], p => Assert.False(string.IsNullOrEmpty(p!["description"]?.GetValue<string>()), $"{name} {p["name"]}"));
        }
    }

    [Fact]
    public async Task Every_reference_of_the_document_leads_somewhere_and_every_example_has_the_fields_of_its_schema()
    {
        var document = await DocumentAsync();
        foreach (var reference in References(document))
            Assert.NotNull(Resolve(document, reference));
        foreach (var (name, operation) in Operations(document))
        {
            var contents = operation["responses"]!.AsObject().Where(r => r.Key[0] == '2').Select(r => r.Value!["content"]?["application/json"]).Append(operation["requestBody"]?["content"]?["application/json"]);
            foreach (var content in contents.OfType<JsonNode>())
                Agree(document, content["schema"]!, content["example"]!, name);
        }
    }

    [Fact]
    public async Task The_examples_of_the_document_work_as_they_stand()
    {
        using var program = await (await shop.ServerAsync()).ProgramAsync();
        var made = (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", Samples.NewSegment)).Ok(HttpStatusCode.Created);
        Assert.Equal(JsonNode.Parse(Samples.Segment)!["sentence"]!.GetValue<string>(), made["sentence"].GetString());
        Same(Samples.Segment, made.Body);
        (await program.AskAsync(HttpMethod.Put, "/api/v1/segments/loyal-dog-homes", Samples.SegmentEdit, ("If-Match", made.Tag!))).Ok();
        Same(Samples.RulePreview, (await program.AskAsync(HttpMethod.Post, "/api/v1/segments/preview", Samples.RuleToPreview)).Ok().Body);
        Same(Samples.VisitorAnswer, (await program.AskAsync(HttpMethod.Post, "/api/v1/visitors/evaluate", Samples.VisitorQuestion)).Ok().Body);
        var webhook = (await program.AskAsync(HttpMethod.Post, "/api/v1/webhooks", Samples.WebhookEdit)).Ok(HttpStatusCode.Created);
        Same(Samples.WebhookWithSecret, webhook.Body);
        var shopper = await (await shop.ServerAsync()).DogPersonAsync();
        Same(Samples.Membership, (await program.GetReplyAsync($"/api/v1/segments/loyal-dog-homes/members/{shopper}")).Ok().Body);
    }

    [Fact]
    public async Task People_read_the_same_without_a_key()
    {
        var server = await shop.ServerAsync();
        using var visitor = server.NewVisitor();
        var page = await visitor.GetAsync("/api/docs");
        foreach (var (name, operation) in Operations(await DocumentAsync()))
            Assert.True(page.QuerySelector($"article#{operation["operationId"]} h3")?.TextContent == operation["summary"]!.GetValue<string>(), name);
        Assert.Contains("curl -X PUT \"$SHOP/api/v1/segments/loyal-dog-homes\"", page.QuerySelector("#editSegment pre")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("[src^='http'], link[href^='http']"));
    }

    private async Task<JsonNode> DocumentAsync()
    {
        using var stranger = (await shop.ServerAsync()).ProgramWith(null);
        return JsonNode.Parse((await stranger.GetReplyAsync(ApiDocument.Path)).Ok().Body)!;
    }

    private static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => ($"{o.Key} {p.Key}", o.Value!)));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => f is { Key: "$ref", Value: JsonValue reference } ? [reference.GetValue<string>()] : References(f.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string reference) => reference.Split('/')[1..].Aggregate<string, JsonNode?>(document, (node, part) => node?[part]);

    /// <summary>Every field of the example is in the schema, and every field that is needed is in the example.</summary>
    private static void Agree(JsonNode document, JsonNode schema, JsonNode? example, string name)
    {
        if (schema["$ref"] is { } reference)
            schema = Resolve(document, reference.GetValue<string>())!;
        if (example is JsonArray items && schema["items"] is { } each)
            foreach (var item in items)
                Agree(document, each, item, name);
        if (example is not JsonObject fields || schema["properties"] is not JsonObject properties)
            return;
        Assert.True(fields.All(f => properties.ContainsKey(f.Key)), $"{name}: {string.Join(", ", fields.Select(f => f.Key).Except(properties.Select(p => p.Key)))} stand in no schema.");
        Assert.True((schema["required"]?.AsArray() ?? []).All(r => fields.ContainsKey(r!.GetValue<string>())), $"{name}: the example lacks one of {schema["required"]?.ToJsonString()}.");
        foreach (var (key, value) in fields)
            Agree(document, properties[key]!, value, $"{name}.{key}");
    }

    /// <summary>Both have the same fields.</summary>
    private static void Same(string sample, string answer) =>
        Assert.Equal(JsonDocument.Parse(sample).RootElement.EnumerateObject().Select(p => p.Name).Order(), JsonDocument.Parse(answer).RootElement.EnumerateObject().Select(p => p.Name).Order());
}
