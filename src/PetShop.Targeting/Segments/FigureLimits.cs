using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Finds comparisons that decide nothing, since the figure lies beyond all that its trait can be: hour 25, a risk above 100 %.</summary>
internal static class FigureLimits
{
    private static readonly Dictionary<string, Trait> Limited =
        TraitCatalogue.All.Where(t => t.Least > long.MinValue || t.Most < long.MaxValue).ToDictionary(t => t.Key, StringComparer.Ordinal);

    /// <summary>The faults of one node of a sound rule, with their places.</summary>
    /// <param name="stored">The rule as it is stored: what it compares already may stay.</param>
    public static IEnumerable<RuleError> Faults(JsonElement node, string path, Rule? stored, FigureWords figures) => [.. OfTrait(node, path, stored, figures), .. OfEvents(node, path, figures)];

    private static IEnumerable<RuleError> OfTrait(JsonElement node, string path, Rule? stored, FigureWords figures)
    {
        if (Text(node, "attr") is not { } key || !Limited.TryGetValue(key, out var trait) || RuleOperators.Parse(Text(node, "op")) is not { } op || !node.TryGetProperty("value", out var value))
            return [];
        return from place in TraitLeaves.Values(value, path)
               where place.Value.ValueKind == JsonValueKind.Number
               let number = place.Value.GetInt64()
               where !Decides(op, number, trait.Least, trait.Most) && !TraitLeaves.Of(stored).Any(l => l.Trait == trait && l.Operator == op && Numbers(l.Value).Contains(number))
               select new RuleError(place.Path, Cause(trait, op, number, figures), trait.Most == long.MaxValue ? "Type a larger figure." : "Type a figure between the two.");
    }

    private static IEnumerable<RuleError> OfEvents(JsonElement node, string path, FigureWords figures) =>
        from measure in RuleNames.Measures.Keys
        where node.ValueKind == JsonValueKind.Object && node.TryGetProperty("event", out _) && node.TryGetProperty(measure, out _)
        let figure = node.GetProperty(measure)
        let unit = Text(figure, "of") is { } of ? TraitCatalogue.Find(of, TraitScope.Event)?.Unit ?? "" : ""
        let op = RuleOperators.Parse(Text(figure, "op"))
        let number = figure.GetProperty("value").GetInt64()
        where op is not null && !Decides(op.Value, number, 0, long.MaxValue)
        select new RuleError($"{path}.{measure}.value", $"This figure is never under {figures.Say(0, unit)}: that it {op.Value.Phrase()} {figures.Say(number, unit)} is true of {(Holds(op.Value, isAbove: false) ? "everyone it is known of" : "nobody")}.", "Type a larger figure.");

    private static bool Holds(RuleOperator op, bool isAbove) =>
        op is RuleOperator.IsNot or RuleOperator.NotIn || (isAbove ? op is RuleOperator.Less or RuleOperator.AtMost : op is RuleOperator.More or RuleOperator.AtLeast);

    // Less than 24 is an hour of 23 at most, and so within.
    private static bool Decides(RuleOperator op, long number, long least, long most)
    {
        var edge = op switch { RuleOperator.Less => (Int128)number - 1, RuleOperator.More => (Int128)number + 1, _ => number };
        return edge >= least && edge <= most;
    }

    private static string Cause(Trait trait, RuleOperator op, long number, FigureWords figures)
    {
        var phrase = op switch { RuleOperator.In => "is", RuleOperator.NotIn => "is not", _ => op.Phrase() };
        var reach = trait.Most == long.MaxValue ? $"is never under {Say(trait.Least)}" : $"goes from {Say(trait.Least)} to {Say(trait.Most)}";
        return $"{char.ToUpperInvariant(trait.Label[0])}{trait.Label[1..]} {reach}: that it {phrase} {Say(number)} is true of {(Holds(op, number >= trait.Most) ? "everyone it is known of" : "nobody")}.";

        string Say(long figure) => trait.Unit is FigureWords.Money or FigureWords.Weight or FigureWords.Share ? figures.Say(figure, trait.Unit) : $"{figure}";
    }

    private static string? Text(JsonElement node, string field) => node.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!.Trim() : null;

    private static ValueList<long> Numbers(RuleValue value) => value switch { NumberValue one => [one.Number], NumbersValue several => several.Numbers, _ => [] };
}
