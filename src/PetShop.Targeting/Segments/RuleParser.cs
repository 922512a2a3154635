using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Reads one rule from JSON and notes every fault on the way; a part that cannot be read is null.</summary>
internal sealed class RuleParser
{
    private static readonly string[] Kinds = ["all", "any", "not", "attr", "event", "sequence", "segment", "rollout", "list"];
    private readonly List<RuleError> _errors = [];
    private readonly RuleFields _fields;
    private readonly TraitParser _traits;
    private int _nodes;

    public RuleParser()
    {
        _fields = new RuleFields(_errors);
        _traits = new TraitParser(_fields);
    }

    public IReadOnlyList<RuleError> Errors => _errors;

    /// <summary>The top of a document: a node with a version, and with "exclude" and "rollout" as a shorter way to write "all of".</summary>
    public Rule? Root(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return _fields.Fail("$", "A rule is an object.", "Write {\"v\":1,\"all\":[...]}.");
        if (!json.TryGetProperty("v", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var v) || v != RuleJson.Version)
            return _fields.Fail("$.v", "The version is missing or not known.", $"Write \"v\":{RuleJson.Version}.");
        var hasKind = Kinds.Any(k => k != "rollout" && json.TryGetProperty(k, out _));
        var extra = json.TryGetProperty("exclude", out var exclude);
        var share = json.TryGetProperty("rollout", out var rollout) && hasKind;
        string[] outer = share ? ["v", "exclude", "rollout"] : ["v", "exclude"];
        if (!hasKind && !share && extra && !json.TryGetProperty("rollout", out _))
            return _fields.Fail("$", "There is an \"exclude\" but nothing to take it from.", "Add \"all\":[] for everyone.");
        var body = Node(json, "$", TraitScope.Shopper, 1, outer);
        List<Rule?> parts = [body];
        if (extra && Parts(exclude, "$.exclude", TraitScope.Shopper, 2) is { } excluded)
            parts.Add(new NotRule(excluded.Count == 1 ? excluded[0] : new AnyRule(excluded)));
        if (share)
            parts.Add(Rollout(rollout, "$.rollout"));
        return parts.Contains(null) ? null : parts.Count == 1 ? body : new AllRule(parts.OfType<Rule>().ToValueList());
    }

    private Rule? Node(JsonElement json, string path, TraitScope scope, int depth, params ReadOnlySpan<string> outer)
    {
        if (depth > RuleJson.MaxDepth)
            return _fields.Fail(path, $"Nodes nest deeper than {RuleJson.MaxDepth}.", "Move the inner part to a segment of its own and refer to it.");
        if (++_nodes > RuleJson.MaxNodes)
            return _nodes == RuleJson.MaxNodes + 1
                ? _fields.Fail(path, $"The rule holds more than {RuleJson.MaxNodes} nodes.", "Use \"in\" for lists of values, or split it into segments.") : null;
        if (json.ValueKind != JsonValueKind.Object)
            return _fields.Fail(path, "A node is an object.", "Write {\"attr\":...} or another node.");
        var kind = KindOf(json, path, outer);
        if (kind is null || !_fields.Only(json, path, [.. outer, .. Allowed(kind)]))
            return null;
        if (scope is TraitScope.Pet or TraitScope.Event && kind is not ("all" or "any" or "not" or "attr"))
            return _fields.Fail($"{path}.{kind}", $"\"{kind}\" cannot stand inside a \"where\".", "Inside, use all, any, not and attr only.");
        return Read(kind, json, path, scope, depth);
    }

    private Rule? Read(string kind, JsonElement json, string path, TraitScope scope, int depth)
    {
        var value = json.GetProperty(kind);
        var at = $"{path}.{kind}";
        return kind switch
        {
            "all" => Parts(value, at, scope, depth + 1) is { } parts ? new AllRule(parts) : null,
            "any" => Parts(value, at, scope, depth + 1) is { } parts ? new AnyRule(parts) : null,
            "not" => Node(value, at, scope, depth + 1) is { } part ? new NotRule(part) : null,
            "attr" => Attr(json, path, scope, depth),
            "event" => Events(json, path, depth),
            "sequence" => Sequence(json, path, depth),
            "segment" => _fields.Text(value, at) is { } name ? new SegmentRule(name) : null,
            "rollout" => Rollout(value, at),
            _ => List(value, at),
        };
    }

    private string? KindOf(JsonElement json, string path, ReadOnlySpan<string> outer)
    {
        var named = new List<string>();
        foreach (var kind in Kinds)
            if (json.TryGetProperty(kind, out _) && !outer.Contains(kind))
                named.Add(kind);
        if (named.Count == 1)
            return named[0];
        _fields.Fail(path, named.Count == 0 ? "The node says nothing." : $"The node is both {string.Join(" and ", named.Select(n => $"\"{n}\""))}.",
            named.Count == 0 ? $"Add one of {string.Join(", ", Kinds)}." : "Split it into two nodes inside \"all\" or \"any\".");
        return null;
    }

    private static string[] Allowed(string kind) => kind switch
    {
        "attr" => ["attr", "op", "value", "where"],
        "event" => ["event", "where", .. RuleNames.Measures.Keys, "within"],
        "sequence" => ["sequence", "then", "then_not", "gap", "within"],
        _ => [kind],
    };

    private ValueList<Rule>? Parts(JsonElement json, string path, TraitScope scope, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            _fields.Fail(path, "A list of nodes is expected.", "Write [ ... ] around them.");
            return null;
        }
        var parts = json.EnumerateArray().Select((part, i) => Node(part, $"{path}[{i}]", scope, depth)).ToArray();
        return parts.Contains(null) ? null : parts.OfType<Rule>().ToValueList();
    }

    private Rule? Attr(JsonElement json, string path, TraitScope scope, int depth)
    {
        if (_fields.Text(json.GetProperty("attr"), $"{path}.attr") is not { } key)
            return null;
        if (scope != TraitScope.Shopper || !RuleNames.Quantifiers.TryGetValue(key, out var quantifier))
            return _traits.Read(json, path, key, scope);
        if (!json.TryGetProperty("where", out var where))
            return _fields.Fail(path, $"\"{key}\" needs a \"where\".", "Say which pet: \"where\":{\"attr\":\"species\",\"op\":\"is\",\"value\":\"dog\"}.");
        return _fields.Only(json, path, ["v", "exclude", "rollout", "attr", "where"]) && Node(where, $"{path}.where", TraitScope.Pet, depth + 1) is { } inner ? new PetRule(quantifier, inner) : null;
    }

    private EventFilter? Filter(JsonElement json, string path, int depth)
    {
        if (!json.TryGetProperty("event", out var name) || _fields.Name(name, $"{path}.event", RuleNames.Events, RuleNames.EventAliases) is not { } type)
            return name.ValueKind == JsonValueKind.Undefined ? _fields.Fail<EventFilter>(path, "The \"event\" is missing.", $"Name one of {string.Join(", ", RuleNames.Events.Keys)}.") : null;
        if (!json.TryGetProperty("where", out var where))
            return new EventFilter(type);
        return Node(where, $"{path}.where", TraitScope.Event, depth + 1) is { } inner ? new EventFilter(type, inner) : null;
    }

    private Rule? Events(JsonElement json, string path, int depth)
    {
        var filter = Filter(json, path, depth);
        var within = _fields.Window(json, path, "within");
        var measures = RuleNames.Measures.Keys.Where(m => json.TryGetProperty(m, out _)).ToArray();
        if (measures.Length != 1)
            return _fields.Fail(path, measures.Length == 0 ? "Nothing is measured." : "More than one figure is measured.",
                "Write one of count, sum, distinct, first or last, such as \"count\":{\"op\":\">=\",\"value\":1}.");
        var measure = _traits.Measure(json.GetProperty(measures[0]), $"{path}.{measures[0]}", RuleNames.Measures[measures[0]]);
        return filter is null || measure is null ? null : new EventRule(filter, measure.Value.Measure, measure.Value.Operator, measure.Value.Value, within);
    }

    private Rule? Sequence(JsonElement json, string path, int depth)
    {
        var follows = json.TryGetProperty("then", out var then);
        if (follows == json.TryGetProperty("then_not", out var not))
            return _fields.Fail(path, "A sequence has exactly one of \"then\" and \"then_not\".", "Say what follows, or what does not.");
        var gap = _fields.Window(json, path, "gap");
        if (gap?.Unit is not (WindowUnit.Hour or WindowUnit.Day))
            return _fields.Fail($"{path}.gap", "A sequence needs a gap of fixed length.", "Write \"gap\":{\"last\":24,\"unit\":\"hour\"}; the units are hour and day.");
        var first = Step(json.GetProperty("sequence"), $"{path}.sequence", depth);
        var second = Step(follows ? then : not, $"{path}.{(follows ? "then" : "then_not")}", depth);
        var within = _fields.Window(json, path, "within");
        return first is null || second is null ? null : new SequenceRule(first, second, follows, gap, within);
    }

    private EventFilter? Step(JsonElement json, string path, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return _fields.Fail<EventFilter>(path, "A step is an object.", "Write {\"event\":\"cart_added\"}.");
        return _fields.Only(json, path, ["event", "where"]) ? Filter(json, path, depth) : null;
    }

    private Rule? Rollout(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object || !_fields.Only(json, path, ["percent", "salt"]))
            return json.ValueKind == JsonValueKind.Object ? null : _fields.Fail(path, "A rollout is an object.", "Write {\"percent\":10,\"salt\":\"seg:name\"}.");
        if (!json.TryGetProperty("percent", out var share) || share.ValueKind != JsonValueKind.Number || !share.TryGetDecimal(out var percent)
            || percent is < 0 or > 100 || percent * 100 != decimal.Floor(percent * 100))
            return _fields.Fail($"{path}.percent", "The share is no percentage.", "Write a number from 0 to 100 with at most two decimals.");
        if (!json.TryGetProperty("salt", out var text) || _fields.Text(text, $"{path}.salt") is not { } salt)
            return text.ValueKind == JsonValueKind.Undefined ? _fields.Fail($"{path}.salt", "The salt is missing.", "Write a word of its own, such as \"seg:name\".") : null;
        return new RolloutRule((int)(percent * 100), salt);
    }

    private Rule? List(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String)
            return _fields.Text(json, path) is not { } key ? null : RuleNames.IsListKey(key) ? new NamedListRule(key)
                : _fields.Fail(path, $"\"{key}\" is no key of a list.", "Keys are small letters, digits and single dashes, such as vip-2026; they stand on the page of lists.");
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > RuleJson.MaxValues * 10)
            return _fields.Fail(path, $"A list holds 1 to {RuleJson.MaxValues * 10} shopper ids.", "Write [\"...\"], or the key of a list, such as \"vip-2026\"; for nobody write {\"any\":[]}.");
        var shoppers = new List<Guid>();
        foreach (var (entry, i) in json.EnumerateArray().Select((entry, i) => (entry, i)))
            if (entry.ValueKind == JsonValueKind.String && entry.TryGetGuid(out var shopper))
                shoppers.Add(shopper);
            else
                _fields.Fail($"{path}[{i}]", "This is no shopper id.", "Copy the id from the shopper's page.");
        return shoppers.Count == json.GetArrayLength() ? new ListRule(shoppers.ToValueList()) : null;
    }
}
