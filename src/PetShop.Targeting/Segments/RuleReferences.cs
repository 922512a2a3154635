using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Checks what a rule names: that each segment and list is there, works, and does not lead back to the rule, and that the shop has the categories and brands; every fault with its place in the JSON.</summary>
/// <param name="rules">Of every segment that can be read, by key.</param>
/// <param name="names">Of every segment, by key; those that cannot be read among them.</param>
/// <param name="lists">Keys of the lists that there are; null where nobody asks.</param>
/// <param name="catalogue">What the shop has; null where nobody asks.</param>
/// <param name="figures">How figures are said that lie beyond their limits; null where nobody asks for those.</param>
public sealed class RuleReferences(
    IReadOnlyDictionary<string, Rule> rules, IReadOnlyDictionary<string, string> names, IReadOnlySet<string>? lists, CatalogueKeys? catalogue = null, FigureWords? figures = null)
{
    private static readonly RuleNeeds Nothing = RuleNeeds.Of(new AllRule([]), _ => throw new InvalidOperationException("An empty rule refers to nothing."));

    /// <summary>The segments and lists that a rule names itself.</summary>
    public static RuleNeeds Own(Rule rule) => RuleNeeds.Of(rule, _ => Nothing);

    /// <summary>Keys of the lists that there are; null where nobody asks.</summary>
    public IReadOnlySet<string>? Lists => lists;

    /// <summary>What messages call the segments, by key.</summary>
    public IReadOnlyDictionary<string, string> Names => names;

    /// <summary>The same, and what the rule names of the catalogue, and whether its figures can be at all.</summary>
    public RuleReferences With(CatalogueKeys keys, FigureWords? said = null) => new(rules, names, lists, keys, said);

    /// <param name="json">A sound rule.</param>
    /// <param name="key">The segment it is or will be of; null for none yet.</param>
    public IReadOnlyList<RuleError> Faults(string json, string? key)
    {
        using var document = JsonDocument.Parse(json);
        var faults = new List<RuleError>();
        Visit(document.RootElement, "$", key, faults);
        return faults;
    }

    private void Visit(JsonElement node, string path, string? key, List<RuleError> faults)
    {
        if (node.ValueKind == JsonValueKind.Array)
            foreach (var (part, i) in node.EnumerateArray().Select((part, i) => (part, i)))
                Visit(part, $"{path}[{i}]", key, faults);
        if (node.ValueKind != JsonValueKind.Object)
            return;
        if (catalogue is not null)
            faults.AddRange(catalogue.Faults(node, path, Stored(key)));
        if (figures is not null)
            faults.AddRange(FigureLimits.Faults(node, path, Stored(key), figures));
        foreach (var field in node.EnumerateObject())
        {
            var at = $"{path}.{field.Name}";
            if (field.Value.ValueKind != JsonValueKind.String)
                Visit(field.Value, at, key, faults);
            else if (field.Name == "list" && OfList(field.Value.GetString()!, at) is { } list)
                faults.Add(list);
            else if (field.Name == "segment" && OfSegment(field.Value.GetString()!, at, key) is { } segment)
                faults.Add(segment);
        }
    }

    private Rule? Stored(string? key) => key is not null && rules.TryGetValue(key, out var stored) ? stored : null;

    private RuleError? OfList(string list, string at) => lists is null || lists.Contains(list) ? null
        : new(at, $"There is no list '{list}'.", RuleNames.Nearest(list, lists) is { } nearest ? $"Did you mean '{nearest}'?" : "Upload it under this key first, or take it out of the rule.");

    private RuleError? OfSegment(string segment, string at, string? key)
    {
        if (key is not null && Circle(segment, key) is { } circle)
            return new(at, $"It refers to itself: {string.Join(" → ", circle.Prepend(key).Select(Called))}.", "Take one of these references out.");
        if (!names.ContainsKey(segment))
            return new(at, $"There is no segment '{segment}'.", RuleNames.Nearest(segment, names.Keys) is { } nearest ? $"Did you mean {Called(nearest)} ('{nearest}')?" : "Make it first, or take the reference out.");
        if (!rules.ContainsKey(segment))
            return new(at, $"{Called(segment)} cannot be used: its rule cannot be read.", "Mend it first, or take the reference out.");
        return SegmentSet.Fault(Reachable(segment), lists, names) is { } fault ? new(at, $"{Called(segment)} cannot be used. {fault}", "Mend it first, or take the reference out.") : null;
    }

    private string Called(string key) => names.TryGetValue(key, out var name) ? $"“{name}”" : $"'{key}'";

    /// <summary>The shortest way from one segment to another by what each refers to, both ends among it; null where there is none.</summary>
    private List<string>? Circle(string from, string to)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var key))
        {
            if (key == to)
            {
                var way = new List<string>();
                for (var step = key; step is not null; step = cameFrom[step])
                    way.Insert(0, step);
                return way;
            }
            if (rules.TryGetValue(key, out var rule))
                foreach (var next in Own(rule).Segments.Where(next => cameFrom.TryAdd(next, key)))
                    open.Enqueue(next);
        }
        return null;
    }

    /// <summary>A segment with all that it rests on.</summary>
    public IReadOnlyDictionary<string, Rule> Reachable(string segment)
    {
        var found = new Dictionary<string, Rule>(StringComparer.Ordinal);
        var open = new Stack<string>([segment]);
        while (open.TryPop(out var key))
            if (rules.TryGetValue(key, out var rule) && found.TryAdd(key, rule))
                foreach (var next in Own(rule).Segments)
                    open.Push(next);
        return found;
    }
}
