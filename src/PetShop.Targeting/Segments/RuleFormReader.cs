using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PetShop.Targeting.Segments;

/// <summary>Turns rows into the JSON the parser reads, and remembers which row stands at which path.</summary>
internal sealed class RuleFormReader(IReadOnlyList<RuleFormRow> rows, FigureWords figures)
{
    private readonly Dictionary<string, int> _rowAt = new(StringComparer.Ordinal);
    private readonly ILookup<int, RuleFormRow> _children = rows.Where(r => r.Parent is not null).ToLookup(r => r.Parent!.Value);

    public List<RuleFormFault> Faults { get; } = [];

    /// <summary>The row whose place is the longest start of a path.</summary>
    public int RowAt(string path)
    {
        while (path.Length > 0 && !_rowAt.ContainsKey(path))
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        return _rowAt.GetValueOrDefault(path.Length == 0 ? "$" : path);
    }

    /// <summary>Rows that no group under the root holds.</summary>
    public IEnumerable<RuleFormFault> Lost() =>
        rows.ExceptBy(_rowAt.Values, r => r.Id).Select(r => new RuleFormFault(r.Id, "The row stands in no group, or too deep.", "Move it into a group of the form."));

    public JsonNode? Build(RuleFormRow row, string path, TraitScope scope, int depth)
    {
        _rowAt[path] = row.Id;
        if (depth > RuleJson.MaxDepth + 1)
            return null;
        return row.Kind switch
        {
            "all" or "any" => new JsonObject { [row.Kind] = Parts(row, $"{path}.{row.Kind}", scope, depth) },
            "none" => new JsonObject { ["not"] = Joined(row, $"{path}.not", "any", scope, depth) },
            "trait" => Trait(row, TraitCatalogue.Find(row.Trait ?? "", scope)),
            "pets" => new JsonObject { ["attr"] = row.Quantifier ?? "pet.any", ["where"] = Joined(row, $"{path}.where", "all", TraitScope.Pet, depth) },
            "event" => Event(row, path, depth),
            "sequence" => Sequence(row, path, depth),
            "step" => Refused(row, "A step stands in a sequence and nowhere else.", "Take it out, and add a sequence."),
            "segment" => string.IsNullOrWhiteSpace(row.Segment) ? Refused(row, "No segment is chosen.", "Choose one, or take the row out.") : new JsonObject { ["segment"] = row.Segment },
            "list" => string.IsNullOrWhiteSpace(row.List) ? Refused(row, "No list is chosen.", "Choose one, or take the row out.") : new JsonObject { ["list"] = row.List },
            "rollout" when string.IsNullOrWhiteSpace(row.Salt) => Refused(row, "The share has no word to be drawn by.", "Type one: the same word always draws the same visitors."),
            "rollout" => new JsonObject { ["rollout"] = new JsonObject { ["percent"] = Number(row.Percent), ["salt"] = row.Salt } },
            "json" => Typed(row),
            _ => Refused(row, $"\"{row.Kind}\" is no kind of row.", $"Choose one of {string.Join(", ", RuleFormRow.Kinds)}."),
        };
    }

    private JsonArray Parts(RuleFormRow row, string path, TraitScope scope, int depth) =>
        [.. _children[row.Id].Select((child, i) => Build(child, $"{path}[{i}]", scope, depth + 1))];

    private JsonNode? Joined(RuleFormRow row, string path, string connective, TraitScope scope, int depth)
    {
        var children = _children[row.Id].ToList();
        if (children.Count == 1)
            return Build(children[0], path, scope, depth + 1);
        _rowAt[path] = row.Id;
        return new JsonObject { [connective] = Parts(row, $"{path}.{connective}", scope, depth + 1) };
    }

    private JsonObject Trait(RuleFormRow row, Trait? trait)
    {
        if (trait is { Type: not TraitType.Number } && row.Operator != RuleOperator.Known.Name() && string.IsNullOrWhiteSpace(row.Value))
            return Refused(row, "The value is missing.", $"Type one, such as {trait.Example}.");
        var json = new JsonObject { ["attr"] = row.Trait ?? "", ["op"] = row.Operator ?? "" };
        if (row.Operator != RuleOperator.Known.Name())
            json["value"] = Value(row, trait);
        return json;
    }

    private JsonNode? Value(RuleFormRow row, Trait? trait)
    {
        var typed = row.Value ?? "";
        JsonNode? One(string text) => trait?.Type switch
        {
            TraitType.Number => Figure(row, text, trait.Unit),
            TraitType.Truth => text.Trim().ToLowerInvariant() switch { "true" or "yes" => true, "false" or "no" => false, _ => text },
            _ => text,
        };
        return row.Operator is "in" or "not_in"
            ? new JsonArray([.. typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)])
            : One(typed);
    }

    private JsonObject Event(RuleFormRow row, string path, int depth)
    {
        var json = Filter(row, path, depth);
        var measure = row.Measure is { Length: > 0 } chosen ? chosen : "count";
        var unit = measure switch { "sum" => TraitCatalogue.Find(row.Trait ?? "", TraitScope.Event)?.Unit ?? "", "first" or "last" => "days", _ => "" };
        var figure = new JsonObject { ["op"] = row.Operator ?? "", ["value"] = Figure(row, row.Value, unit) };
        if (measure is "sum" or "distinct")
            figure["of"] = row.Trait ?? "";
        json[measure] = figure;
        if (Within(row) is { } within)
            json["within"] = within;
        return json;
    }

    private JsonObject Filter(RuleFormRow row, string path, int depth)
    {
        var json = new JsonObject { ["event"] = row.Event ?? "" };
        if (_children[row.Id].Any())
            json["where"] = Joined(row, $"{path}.where", "all", TraitScope.Event, depth);
        return json;
    }

    private JsonObject Sequence(RuleFormRow row, string path, int depth)
    {
        if (_children[row.Id].Where(r => r.Kind == "step").ToList() is not [var first, var second])
            return Refused(row, "A sequence has two steps: what came first, and what came after it or did not.", "Take it out and add a sequence anew.");
        if (row.Follow is not ("then" or "then_not"))
            return Refused(row, "It is not said whether the second step comes or does not come.", "Choose “and then” or “and then not”.");
        var json = new JsonObject
        {
            ["sequence"] = Step(first, $"{path}.sequence", depth),
            [row.Follow] = Step(second, $"{path}.{row.Follow}", depth),
            ["gap"] = string.IsNullOrWhiteSpace(row.Gap) ? Unread(row, "The time between the two steps is missing.", "Type a number of hours or days, such as 24.")
                : row.GapUnit is "hour" or "day" ? Stretch(row, row.Gap, row.GapUnit)
                : Unread(row, "The time between the two steps is of a fixed length.", "Choose hours or days as its unit."),
        };
        if (Within(row) is { } within)
            json["within"] = within;
        return json;
    }

    private JsonObject Step(RuleFormRow row, string path, int depth)
    {
        _rowAt[path] = row.Id;
        return Filter(row, path, depth);
    }

    private JsonObject? Within(RuleFormRow row) => string.IsNullOrWhiteSpace(row.Last) ? null : Stretch(row, row.Last, row.Unit ?? "day");

    private JsonObject Stretch(RuleFormRow row, string typed, string unit) =>
        int.TryParse(typed, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var length)
            && length > 0 && (!RuleNames.Units.TryGetValue(unit, out var known) || Window.IsLength(length, known))
            ? new JsonObject { ["last"] = length, ["unit"] = unit }
            : Unread(row, $"“{(typed.Length > 40 ? typed[..40] + "…" : typed).Trim()}” is no length of time.", "Type a whole number, such as 24: at least 1, and ten years at most.");

    // Stands in for a stretch that cannot be read, so that the parser has no second word about it.
    private JsonObject Unread(RuleFormRow row, string cause, string mend)
    {
        Faults.Add(new(row.Id, cause, mend));
        return new JsonObject { ["last"] = 1, ["unit"] = "hour" };
    }

    private JsonNode? Typed(RuleFormRow row)
    {
        if (string.IsNullOrWhiteSpace(row.Json))
            return Empty();
        try
        {
            return JsonNode.Parse(row.Json) ?? Empty();
        }
        catch (JsonException fault)
        {
            return Refused(row, $"This is not JSON: {fault.Message}", "Check quotes, commas and brackets.");
        }

        JsonObject Empty() => Refused(row, "The row is empty.", "Write a node, such as {\"segment\":\"puppy-owners\"}, or take the row out.");
    }

    private JsonObject Refused(RuleFormRow row, string cause, string mend)
    {
        Faults.Add(new(row.Id, cause, mend));
        return new JsonObject { ["all"] = new JsonArray() };
    }

    // Typed as people say it, stored as rules do; a fault stands in for what cannot be read.
    private JsonNode Figure(RuleFormRow row, string? typed, string unit)
    {
        if (!figures.TryRead(typed, unit, out var number, out var cause, out var mend))
            Faults.Add(new(row.Id, cause, mend));
        return number;
    }

    // What is no number goes on as text, so that the parser's message names it.
    private static JsonNode Number(string? typed) =>
        long.TryParse(typed, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole) ? whole
        : decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part) ? part : typed ?? "";
}
