using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Reads comparisons: a trait with its operator and value, and the figure of an event rule.</summary>
internal sealed class TraitParser(RuleFields fields)
{
    public Rule? Read(JsonElement json, string path, string key, TraitScope scope)
    {
        if (TraitCatalogue.Find(key, scope) is not { } trait)
            return UnknownTrait(key, path, scope);
        if (json.TryGetProperty("where", out _))
            return fields.Fail($"{path}.where", $"\"{key}\" takes no \"where\".", "Only pet.any, pet.none and pet.all do.");
        if (Operator(json, path, trait.Operators, trait.Key) is not { } op)
            return null;
        var given = json.TryGetProperty("value", out var value);
        if (op == RuleOperator.Known)
            return given ? fields.Fail($"{path}.value", "\"known\" takes no value.", "Remove it.") : new TraitRule(trait, op, NoValue.Instance);
        if (!given)
            return fields.Fail(path, "The \"value\" is missing.", $"Add one, such as {trait.Example}.");
        return Value(value, $"{path}.value", trait, op) is { } constant ? new TraitRule(trait, op, constant) : null;
    }

    public (EventMeasure Measure, RuleOperator Operator, long Value)? Measure(JsonElement json, string path, MeasureKind kind)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            fields.Fail(path, "A figure is an object.", "Write {\"op\":\">=\",\"value\":1}.");
            return null;
        }
        var takesTrait = kind is MeasureKind.Sum or MeasureKind.Distinct;
        if (!fields.Only(json, path, takesTrait ? ["of", "op", "value"] : ["op", "value"]))
            return null;
        var of = takesTrait ? Measured(json, path, kind) : null;
        var op = Operator(json, path, RuleOperators.ForMeasures, kind.Name());
        var unit = kind is MeasureKind.First or MeasureKind.Last ? "days" : "";
        var value = json.TryGetProperty("value", out var number) ? fields.Whole(number, $"{path}.value", of?.Unit ?? unit) : null;
        if (number.ValueKind == JsonValueKind.Undefined)
            fields.Fail(path, "The \"value\" is missing.", "Add \"value\":1.");
        return op is null || value is null || takesTrait && of is null ? null : (new EventMeasure(kind, of), op.Value, value.Value);
    }

    private Trait? Measured(JsonElement json, string path, MeasureKind kind)
    {
        var fitting = EventMeasure.Traits(kind).ToList();
        var names = string.Join(", ", fitting.Select(t => t.Key));
        if (!json.TryGetProperty("of", out var of))
            return fields.Fail<Trait>(path, $"A {kind.Name()} needs \"of\".", $"Name one of {names}.");
        if (fields.Text(of, $"{path}.of") is not { } key)
            return null;
        return fitting.Find(t => t.Key == key) ?? fields.Fail<Trait>($"{path}.of", $"There is no {kind.Name()} of \"{key}\".", $"Name one of {names}.");
    }

    private RuleOperator? Operator(JsonElement json, string path, IReadOnlyList<RuleOperator> allowed, string of)
    {
        var known = string.Join(" ", allowed.Select(o => o.Name()));
        if (!json.TryGetProperty("op", out var name))
        {
            fields.Fail(path, "The \"op\" is missing.", $"Add one of {known}.");
            return null;
        }
        if (fields.Text(name, $"{path}.op") is not { } text)
            return null;
        if (RuleOperators.Parse(text) is { } op && allowed.Contains(op))
            return op;
        fields.Fail($"{path}.op", $"\"{text}\" does not compare {of}.", $"Choose one of {known}.");
        return null;
    }

    private RuleValue? Value(JsonElement json, string path, Trait trait, RuleOperator op)
    {
        if (op is RuleOperator.In or RuleOperator.NotIn)
            return Values(json, path, trait);
        if (trait.Type == TraitType.Number)
            return fields.Whole(json, path, trait.Unit) is { } number ? new NumberValue(number) : null;
        if (trait.Type == TraitType.Truth)
            return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? new TruthValue(json.GetBoolean()) : fields.Fail<RuleValue>(path, "Yes or no is expected.", "Write true or false, without quotes.");
        return Text(json, path, trait) is { } text ? new TextValue(text) : null;
    }

    private RuleValue? Values(JsonElement json, string path, Trait trait)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > RuleJson.MaxValues)
            return fields.Fail<RuleValue>(path, $"A list of 1 to {RuleJson.MaxValues} values is expected.", "Write [ ... ]; an empty list would match nobody, say that as {\"any\":[]}.");
        if (trait.Type == TraitType.Number)
        {
            var numbers = json.EnumerateArray().Select((entry, i) => fields.Whole(entry, $"{path}[{i}]", trait.Unit)).ToArray();
            return numbers.Contains(null) ? null : new NumbersValue(numbers.OfType<long>().ToValueList());
        }
        var texts = json.EnumerateArray().Select((entry, i) => Text(entry, $"{path}[{i}]", trait)).ToArray();
        return texts.Contains(null) ? null : new TextsValue(texts.OfType<string>().ToValueList());
    }

    private string? Text(JsonElement json, string path, Trait trait)
    {
        if (fields.Text(json, path) is not { } typed)
            return null;
        var text = trait.Spelled(typed);
        if (!trait.ChoicesAreAll || trait.Choices.Contains(text))
            return text;
        fields.Unknown(path, text, trait.Choices);
        return null;
    }

    private Rule? UnknownTrait(string key, string path, TraitScope scope)
    {
        if (scope == TraitScope.Shopper && TraitCatalogue.Find(key, TraitScope.Pet) is not null)
            return fields.Fail($"{path}.attr", $"\"{key}\" is a trait of a pet.", $"Ask for it inside {{\"attr\":\"pet.any\",\"where\":{{\"attr\":\"{key}\",...}}}}.");
        if (scope == TraitScope.Shopper && TraitCatalogue.Find(key, TraitScope.Event) is not null)
            return fields.Fail($"{path}.attr", $"\"{key}\" is a trait of an event.", "Ask for it inside the \"where\" of an event.");
        IEnumerable<string> known = scope == TraitScope.Shopper ? [.. TraitCatalogue.Keys(scope), .. RuleNames.Quantifiers.Keys] : TraitCatalogue.Keys(scope);
        fields.Unknown($"{path}.attr", key, known);
        return null;
    }
}
