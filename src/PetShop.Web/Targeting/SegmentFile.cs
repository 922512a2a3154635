using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>A segment as a file: to keep it, to send it, to bring it into another shop.</summary>
/// <param name="Key">Empty where the file holds a bare rule.</param>
/// <param name="Json">The rule as it stands in the file.</param>
public sealed record SegmentFile(string Key, string Name, string Description, Rule Rule, string Json)
{
    public const string Format = "petshop-segment";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Write(Segment segment, DateTimeOffset at) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["format"] = Format, ["key"] = segment.Slug, ["name"] = segment.Name, ["description"] = segment.Description, ["version"] = segment.Version, ["exported_at"] = at.UtcDateTime,
        ["rule"] = JsonNode.Parse(segment.Rule),
    }, Written);

    /// <summary>Reads a file, or a bare rule; null with every fault found.</summary>
    public static SegmentFile? Read(string text, out IReadOnlyList<RuleError> errors)
    {
        JsonNode? node;
        if (string.IsNullOrWhiteSpace(text))
        {
            errors = [new("$", "There is nothing in it.", "Choose a file that was exported from a segment, or paste its rule.")];
            return null;
        }
        if (!RuleJson.IsWhole(text))
        {
            errors = [RuleJson.Halved("$")];
            return null;
        }
        try
        {
            node = text.Length > 2 * RuleJson.MaxLength ? throw new JsonException($"It is {text.Length:#,0} characters long.") : JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 70 });
        }
        catch (JsonException fault)
        {
            errors = [new(fault.Path ?? "$", $"This is no JSON: {fault.Message}", "Choose a file that was exported from a segment, or paste its rule.")];
            return null;
        }
        var file = node as JsonObject;
        var isBare = file is not null && !file.ContainsKey("format") && file.ContainsKey("v");
        if (!isBare && (file?["format"] is not JsonValue format || !format.TryGetValue(out string? name) || name != Format))
        {
            errors = [new("$.format", $"This is no file of a segment: its format is not \"{Format}\".", "Choose a file that was exported from a segment, or paste its rule.")];
            return null;
        }
        var rule = isBare ? file : file!["rule"];
        var json = rule?.ToJsonString() ?? "null";
        var isRule = RuleJson.TryParse(json, out var parsed, out var faults);
        errors = isBare ? faults : InFile(faults);
        return !isRule ? null : isBare ? new("", "", "", parsed!, json) : new(Text(file!, "key"), Text(file!, "name"), Text(file!, "description"), parsed!, json);
    }

    /// <summary>What is wrong with what the rule names, at its places in the file.</summary>
    /// <param name="key">The segment it shall be of.</param>
    public IReadOnlyList<RuleError> Faults(RuleReferences references, string? key) => Key.Length == 0 ? references.Faults(Json, key) : InFile(references.Faults(Json, key));

    private static IReadOnlyList<RuleError> InFile(IReadOnlyList<RuleError> faults) => [.. faults.Select(f => f with { Path = $"$.rule{f.Path[1..]}" })];

    private static string Text(JsonObject file, string field) => file[field] is JsonValue value && value.TryGetValue(out string? text) ? text.Trim() : "";
}
