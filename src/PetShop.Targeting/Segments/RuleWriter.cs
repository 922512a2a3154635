using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Writes a rule as JSON that <see cref="RuleParser"/> reads back to an equal rule.</summary>
internal static class RuleWriter
{
    public static void Document(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteNumber("v", RuleJson.Version);
        Body(json, rule);
        json.WriteEndObject();
    }

    private static void Node(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        Body(json, rule);
        json.WriteEndObject();
    }

    private static void Named(Utf8JsonWriter json, string name, Rule rule)
    {
        json.WritePropertyName(name);
        Node(json, rule);
    }

    private static void Body(Utf8JsonWriter json, Rule rule)
    {
        switch (rule)
        {
            case AllRule all: Parts(json, "all", all.Parts); break;
            case AnyRule any: Parts(json, "any", any.Parts); break;
            case NotRule not: Named(json, "not", not.Part); break;
            case TraitRule trait: Trait(json, trait); break;
            case PetRule pet:
                json.WriteString("attr", pet.Quantifier.Name());
                Named(json, "where", pet.Where);
                break;
            case EventRule events: Events(json, events); break;
            case SequenceRule sequence: Sequence(json, sequence); break;
            case SegmentRule segment: json.WriteString("segment", segment.Segment); break;
            case RolloutRule rollout: Rollout(json, rollout); break;
            case ListRule list: List(json, list); break;
            case NamedListRule list: json.WriteString("list", list.List); break;
            default: throw new ArgumentException($"A {rule.GetType().Name} has no JSON.", nameof(rule));
        }
    }

    private static void Parts(Utf8JsonWriter json, string name, ValueList<Rule> parts)
    {
        json.WriteStartArray(name);
        foreach (var part in parts)
            Node(json, part);
        json.WriteEndArray();
    }

    private static void Trait(Utf8JsonWriter json, TraitRule rule)
    {
        json.WriteString("attr", rule.Trait.Key);
        json.WriteString("op", rule.Operator.Name());
        switch (rule.Value)
        {
            case TextValue text: json.WriteString("value", text.Text); break;
            case NumberValue number: json.WriteNumber("value", number.Number); break;
            case TruthValue truth: json.WriteBoolean("value", truth.Truth); break;
            case TextsValue texts:
                json.WriteStartArray("value");
                foreach (var text in texts.Texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            case NumbersValue numbers:
                json.WriteStartArray("value");
                foreach (var number in numbers.Numbers)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
                break;
        }
    }

    private static void Events(Utf8JsonWriter json, EventRule rule)
    {
        Filter(json, rule.Events);
        json.WriteStartObject(rule.Measure.Kind.Name());
        if (rule.Measure.Of is { } of)
            json.WriteString("of", of.Key);
        json.WriteString("op", rule.Operator.Name());
        json.WriteNumber("value", rule.Value);
        json.WriteEndObject();
        Stretch(json, "within", rule.Within);
    }

    private static void Filter(Utf8JsonWriter json, EventFilter filter)
    {
        json.WriteString("event", filter.Type.Name());
        if (filter.Where is { } where)
            Named(json, "where", where);
    }

    private static void Sequence(Utf8JsonWriter json, SequenceRule rule)
    {
        json.WriteStartObject("sequence");
        Filter(json, rule.First);
        json.WriteEndObject();
        json.WriteStartObject(rule.Follows ? "then" : "then_not");
        Filter(json, rule.Then);
        json.WriteEndObject();
        Stretch(json, "gap", rule.Gap);
        Stretch(json, "within", rule.Within);
    }

    private static void Stretch(Utf8JsonWriter json, string name, Window? window)
    {
        if (window is null)
            return;
        json.WriteStartObject(name);
        json.WriteNumber("last", window.Last);
        json.WriteString("unit", window.Unit.Name());
        json.WriteEndObject();
    }

    private static void Rollout(Utf8JsonWriter json, RolloutRule rule)
    {
        json.WriteStartObject("rollout");
        json.WriteNumber("percent", rule.BasisPoints / 100m);
        json.WriteString("salt", rule.Salt);
        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, ListRule rule)
    {
        json.WriteStartArray("list");
        foreach (var shopper in rule.Shoppers)
            json.WriteStringValue(shopper);
        json.WriteEndArray();
    }
}
