using System.Globalization;
using System.Text.Json.Nodes;

namespace PetShop.Targeting.Segments;

/// <summary>Lays rules out as rows.</summary>
internal sealed class RuleFormLayout(FigureWords figures, List<RuleFormRow> rows)
{
    public void Add(Rule rule, int? parent)
    {
        var row = new RuleFormRow { Id = rows.Count, Parent = parent };
        rows.Add(rule switch
        {
            AllRule => row with { Kind = "all" },
            AnyRule => row with { Kind = "any" },
            NotRule => row with { Kind = "none" },
            TraitRule { Value: TextsValue texts } when texts.Texts.Any(t => t.Contains(',', StringComparison.Ordinal)) => row with { Kind = "json", Json = WithoutVersion(rule) },
            TraitRule leaf => row with { Kind = "trait", Trait = leaf.Trait.Key, Operator = leaf.Operator.Name(), Value = Typed(leaf.Value, leaf.Trait.Unit) },
            PetRule pet => row with { Kind = "pets", Quantifier = pet.Quantifier.Name() },
            EventRule e => row with
            {
                Kind = "event", Event = e.Events.Type.Name(), Measure = e.Measure.Kind.Name(), Trait = e.Measure.Of?.Key,
                Operator = e.Operator.Name(), Value = figures.Typed(e.Value, e.Measure.Unit), Last = Length(e.Within), Unit = e.Within?.Unit.Name(),
            },
            SequenceRule s => row with
            {
                Kind = "sequence", Follow = s.Follows ? "then" : "then_not", Gap = Length(s.Gap), GapUnit = s.Gap.Unit.Name(), Last = Length(s.Within), Unit = s.Within?.Unit.Name(),
            },
            SegmentRule other => row with { Kind = "segment", Segment = other.Segment },
            NamedListRule list => row with { Kind = "list", List = list.List },
            RolloutRule rollout => row with { Kind = "rollout", Percent = (rollout.BasisPoints / 100m).ToString(CultureInfo.InvariantCulture), Salt = rollout.Salt },
            _ => row with { Kind = "json", Json = WithoutVersion(rule) },
        });
        foreach (var child in Children(rule))
            Add(child, row.Id);
        foreach (var step in rule is SequenceRule sequence ? [sequence.First, sequence.Then] : Array.Empty<EventFilter>())
            Step(step, row.Id);
    }

    private void Step(EventFilter events, int sequence)
    {
        var row = new RuleFormRow { Id = rows.Count, Parent = sequence, Kind = "step", Event = events.Type.Name() };
        rows.Add(row);
        foreach (var child in events.Where is { } where ? Where(where) : [])
            Add(child, row.Id);
    }

    private static ValueList<Rule> Children(Rule rule) => rule switch
    {
        AllRule all => all.Parts,
        AnyRule any => any.Parts,
        NotRule { Part: AnyRule { Parts.Count: > 1 } any } => any.Parts,
        NotRule not => [not.Part],
        PetRule pet => Where(pet.Where),
        EventRule { Events.Where: { } where } => Where(where),
        _ => [],
    };

    private static ValueList<Rule> Where(Rule where) => where is AllRule { Parts.Count: > 1 } all ? all.Parts : [where];

    private static string? Length(Window? window) => window?.Last.ToString(CultureInfo.InvariantCulture);

    private string Typed(RuleValue value, string unit) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => figures.Typed(number.Number, unit),
        TruthValue truth => truth.Truth ? "true" : "false",
        TextsValue texts => string.Join(", ", texts.Texts),
        NumbersValue numbers => string.Join(", ", numbers.Numbers.Select(n => figures.Typed(n, unit))),
        _ => "",
    };

    private static string WithoutVersion(Rule rule)
    {
        var json = JsonNode.Parse(RuleJson.Write(rule))!.AsObject();
        json.Remove("v");
        return json.ToJsonString();
    }
}
