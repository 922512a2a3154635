using System.Text.Json;
using System.Text.Json.Nodes;

namespace PetShop.Targeting.Segments;

/// <summary>The JSON Schema (draft 2020-12) of rules, version 1, made from the catalogue of traits: whatever it refuses the parser refuses too, with better words.</summary>
/// <remarks>What no schema can say is left to the parser: how deep nodes nest, how many there are, that segments and lists exist and do not go in circles, two decimals of a percentage.</remarks>
public static class RuleSchema
{
    public const string Path = "/schemas/segment-rule.v1.json";

    private static readonly string[] RootExtras = ["v", "exclude", "rollout"];

    /// <summary>The schema as indented JSON.</summary>
    public static string Text { get; } = Document().ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static JsonObject Document() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = "urn:petshop:segment-rule:v1",
        ["title"] = "PetShop segment rule, version 1",
        ["description"] = $"Who belongs to a segment. At most {RuleJson.MaxDepth} levels and {RuleJson.MaxNodes} nodes.",
        ["oneOf"] = Kinds(TraitScope.Shopper, isRoot: true),
        ["$defs"] = Definitions(),
    };

    private static JsonObject Definitions()
    {
        var all = new JsonObject
        {
            ["node"] = new JsonObject { ["oneOf"] = Kinds(TraitScope.Shopper, isRoot: false) },
            ["nodeOfPet"] = new JsonObject { ["description"] = "What is asked of one living pet.", ["oneOf"] = Kinds(TraitScope.Pet, isRoot: false) },
            ["nodeOfEvent"] = new JsonObject { ["description"] = "What is asked of one event.", ["oneOf"] = Kinds(TraitScope.Event, isRoot: false) },
            ["text"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200, ["pattern"] = @"^[^\u0000]*[^\s\u0000][^\u0000]*$" },
            ["whole"] = new JsonObject { ["type"] = "integer", ["minimum"] = long.MinValue, ["maximum"] = long.MaxValue },
            ["step"] = Object(new() { ["event"] = OneOf([.. RuleNames.Events.Keys, .. RuleNames.EventAliases.Keys]), ["where"] = Ref("nodeOfEvent") }, ["event"]),
            ["gap"] = Stretch(WindowUnit.Hour, WindowUnit.Day),
            ["within"] = Stretch(Enum.GetValues<WindowUnit>()),
            ["rollout"] = Object(new() { ["percent"] = new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 100, ["description"] = "At most two decimals." }, ["salt"] = Ref("text") }, ["percent", "salt"]),
            ["list"] = new JsonObject
            {
                ["oneOf"] = Array(
                    new() { ["description"] = "Key of a list.", ["type"] = "string", ["pattern"] = RuleNames.ListKeyPattern },
                    new() { ["description"] = "Shoppers one by one.", ["type"] = "array", ["minItems"] = 1, ["maxItems"] = RuleJson.MaxValues * 10, ["items"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$" } }),
            },
        };
        foreach (var kind in Enum.GetValues<MeasureKind>())
            all[$"figure.{kind.Name()}"] = Figure(kind);
        foreach (var trait in TraitCatalogue.All)
            all[Name(trait)] = Trait(trait);
        return all;
    }

    private static JsonArray Kinds(TraitScope scope, bool isRoot)
    {
        var node = scope switch { TraitScope.Pet => "nodeOfPet", TraitScope.Event => "nodeOfEvent", _ => "node" };
        var parts = new JsonObject { ["type"] = "array", ["items"] = Ref(node) };
        var traits = TraitCatalogue.All.Where(t => scope == TraitScope.Shopper ? t.Scope is TraitScope.Shopper or TraitScope.Visit : t.Scope == scope);
        List<JsonObject> kinds =
        [
            Node(new() { ["all"] = parts }, ["all"], isRoot), Node(new() { ["any"] = parts.DeepClone() }, ["any"], isRoot), Node(new() { ["not"] = Ref(node) }, ["not"], isRoot),
            Node(new() { ["attr"] = new JsonObject(), ["op"] = new JsonObject(), ["value"] = new JsonObject() }, ["attr", "op"], isRoot, "anyOf", [.. traits.Select(t => Ref(Name(t)))]),
        ];
        if (scope == TraitScope.Shopper)
            kinds.AddRange(
            [
                Node(new() { ["attr"] = OneOf(RuleNames.Quantifiers.Keys), ["where"] = Ref("nodeOfPet") }, ["attr", "where"], isRoot),
                Node(Measured(), ["event"], isRoot, "oneOf", [.. RuleNames.Measures.Keys.Select(m => Required([m]))]),
                Node(new() { ["sequence"] = Ref("step"), ["then"] = Ref("step"), ["then_not"] = Ref("step"), ["gap"] = Ref("gap"), ["within"] = Ref("within") }, ["sequence", "gap"], isRoot, "oneOf", [Required(["then"]), Required(["then_not"])]),
                Node(new() { ["segment"] = Ref("text") }, ["segment"], isRoot), Node(new() { ["rollout"] = Ref("rollout") }, ["rollout"], isRoot), Node(new() { ["list"] = Ref("list") }, ["list"], isRoot),
            ]);
        // At the top a share stands beside any other node; by itself it is a node of its own.
        if (isRoot)
            foreach (var kind in kinds.Where(k => !k["required"]!.AsArray().Any(r => r!.GetValue<string>() == "rollout")))
                kind["properties"]!["rollout"] = Ref("rollout");
        return Array([.. kinds]);
    }

    private static JsonObject Node(JsonObject properties, string[] required, bool isRoot, string? joined = null, JsonObject[]? shapes = null)
    {
        if (isRoot)
        {
            properties[RootExtras[0]] = new JsonObject { ["enum"] = new JsonArray(RuleJson.Version) };
            properties[RootExtras[1]] = new JsonObject { ["description"] = "Whom to leave out.", ["type"] = "array", ["items"] = Ref("node") };
        }
        var node = Object(properties, isRoot ? ["v", .. required] : required);
        if (joined is not null)
            node[joined] = Array(shapes!);
        return node;
    }

    private static JsonObject Measured()
    {
        var properties = new JsonObject { ["event"] = OneOf([.. RuleNames.Events.Keys, .. RuleNames.EventAliases.Keys]), ["where"] = Ref("nodeOfEvent"), ["within"] = Ref("within") };
        foreach (var measure in RuleNames.Measures.Keys)
            properties[measure] = Ref($"figure.{measure}");
        return properties;
    }

    private static JsonObject Figure(MeasureKind kind)
    {
        var properties = new JsonObject { ["op"] = OneOf(RuleOperators.ForMeasures.Select(o => o.Name())), ["value"] = Ref("whole") };
        if (kind is not (MeasureKind.Sum or MeasureKind.Distinct))
            return Object(properties, ["op", "value"]);
        properties["of"] = OneOf(EventMeasure.Traits(kind).Select(t => t.Key));
        return Object(properties, ["of", "op", "value"]);
    }

    private static JsonObject Trait(Trait trait)
    {
        var value = Value(trait);
        var shapes = new List<JsonObject>();
        if (trait.Operators.Where(o => o is not (RuleOperator.In or RuleOperator.NotIn or RuleOperator.Known)).ToList() is { Count: > 0 } single)
            shapes.Add(Shape(single, value));
        if (trait.Operators.Contains(RuleOperator.In))
            shapes.Add(Shape([RuleOperator.In, RuleOperator.NotIn], new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = RuleJson.MaxValues, ["items"] = value.DeepClone() }));
        shapes.Add(new() { ["properties"] = new JsonObject { ["op"] = OneOf([RuleOperator.Known.Name()]) }, ["not"] = Required(["value"]) });
        return new()
        {
            ["title"] = trait.Label,
            ["description"] = $"{trait.Family}{(trait.Unit.Length > 0 ? $", {trait.Unit}" : "")}. For example {trait.Example}.",
            ["properties"] = new JsonObject { ["attr"] = OneOf([trait.Key]) },
            ["oneOf"] = Array([.. shapes]),
        };
    }

    private static JsonObject Shape(IEnumerable<RuleOperator> operators, JsonObject value) =>
        new() { ["properties"] = new JsonObject { ["op"] = OneOf(operators.Select(o => o.Name())), ["value"] = value }, ["required"] = new JsonArray("value") };

    private static JsonObject Value(Trait trait) => trait.Type switch
    {
        TraitType.Number => Ref("whole"),
        TraitType.Truth => new() { ["type"] = "boolean" },
        _ when trait.ChoicesAreAll => OneOf(trait.Choices),
        _ when trait.Choices.Count > 0 => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200, ["examples"] = Names(trait.Choices) },
        _ => Ref("text"),
    };

    private static JsonObject Stretch(params WindowUnit[] units) => new()
    {
        ["oneOf"] = Array([.. units.Select(unit => Object(new()
        {
            ["last"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Longest(unit) },
            ["unit"] = OneOf([unit.Name()]),
        }, ["last", "unit"]))]),
    };

    private static int Longest(WindowUnit unit)
    {
        var last = Window.MaxDays * 24;
        while (new Window(last, unit).AtMostDays > Window.MaxDays)
            last--;
        return last;
    }

    private static string Name(Trait trait) => $"{trait.Scope.ToString().ToLowerInvariant()}.{trait.Key}";

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject OneOf(IEnumerable<string> names) => new() { ["enum"] = Names(names) };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(n => (JsonNode)n)];

    private static JsonObject Required(IEnumerable<string> names) => new() { ["required"] = Names(names) };

    private static JsonArray Array(params JsonObject[] items) => [.. items];

    private static JsonObject Object(JsonObject properties, string[] required) =>
        new() { ["type"] = "object", ["properties"] = properties, ["required"] = Names(required), ["additionalProperties"] = false };
}
