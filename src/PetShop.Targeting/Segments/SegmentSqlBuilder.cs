using System.Text;

namespace PetShop.Targeting.Segments;

/// <summary>Gathers the conditions, joins and parameters of one statement; every leaf is two-valued before a connective sees it.</summary>
internal sealed class SegmentSqlBuilder(SegmentSet set, Moment at)
{
    private readonly List<object> _parameters = [];
    private readonly Dictionary<string, string> _figures = new(StringComparer.Ordinal);
    private readonly StringBuilder _joins = new();

    public IReadOnlyList<object> Parameters => _parameters;
    public string Joins => _joins.ToString();

    public string Condition(Rule rule) => rule switch
    {
        AllRule all => Parts(all.Parts, " AND ", "TRUE"),
        AnyRule any => Parts(any.Parts, " OR ", "FALSE"),
        NotRule not => $"NOT {Condition(not.Part)}",
        TraitRule leaf => $"({Comparison(leaf)}) IS TRUE".Wrap(),
        PetRule pet => Pets(pet),
        EventRule events => Figure(events),
        SequenceRule sequence => Sequence(sequence),
        SegmentRule other => Condition(set[other.Segment].Rule),
        RolloutRule rollout => $"(('x' || substr(md5(convert_to({Text(rollout.Salt)} || ':' || coalesce(s.rollout_key, s.id::text), 'UTF8')), 1, 8))::bit(32)::bigint % 10000 < {Add(rollout.BasisPoints, "int")})",
        ListRule list => $"(s.id = ANY({Add(list.Shoppers.ToArray(), "uuid[]")}))",
        _ => throw new ArgumentException($"A {rule.GetType().Name} has no SQL.", nameof(rule)),
    };

    private string Parts(ValueList<Rule> parts, string connective, string empty) =>
        parts.Count == 0 ? empty : $"({string.Join(connective, parts.Select(Condition))})";

    private string Comparison(TraitRule rule)
    {
        var left = Expression(rule.Trait);
        return (rule.Value, rule.Operator) switch
        {
            (NoValue, _) when rule.Trait.Type == TraitType.Texts => $"cardinality({left}) > 0",
            (NoValue, _) => $"{left} IS NOT NULL",
            (TextValue value, RuleOperator.InTree) => $"{Text(value.Text)} = ANY(c.path)",
            (TextValue value, RuleOperator.Has) => $"{Text(value.Text)} = ANY({left})",
            (TextValue value, var op) => $"{left} {op.Sql()} {Text(value.Text)}",
            (NumberValue value, var op) => $"{left} {op.Sql()} {Number(value.Number)}",
            (TruthValue value, _) => $"{left} = {Add(value.Truth, "boolean")}",
            (TextsValue values, RuleOperator.In) => $"{left} = ANY({Add(values.Texts.ToArray(), "text[]")})",
            (TextsValue values, _) => $"{left} <> ALL({Add(values.Texts.ToArray(), "text[]")})",
            (NumbersValue values, RuleOperator.In) => $"{left} = ANY({Add(values.Numbers.ToArray(), "bigint[]")})",
            (NumbersValue values, _) => $"{left} <> ALL({Add(values.Numbers.ToArray(), "bigint[]")})",
            _ => throw new ArgumentException($"'{rule.Trait}' cannot be compared by {rule.Operator} with {rule.Value}.", nameof(rule)),
        };
    }

    private string Pets(PetRule rule)
    {
        const string Living = "SELECT 1 FROM pets pt WHERE pt.shopper_id = s.id AND pt.died_on IS NULL";
        var where = Condition(rule.Where);
        return rule.Quantifier switch
        {
            PetQuantifier.Any => $"EXISTS ({Living} AND {where})",
            PetQuantifier.None => $"NOT EXISTS ({Living} AND {where})".Wrap(),
            _ => $"(EXISTS ({Living}) AND NOT EXISTS ({Living} AND NOT {where}))",
        };
    }

    private string Figure(EventRule rule)
    {
        var of = rule.Measure.Of is { } trait ? Expression(trait) : "*";
        var figure = rule.Measure.Kind switch
        {
            MeasureKind.Count => "count(*)",
            MeasureKind.Sum => $"sum({of})",
            MeasureKind.Distinct => $"count(DISTINCT {of})",
            MeasureKind.First => "min(e.occurred_at)",
            _ => "max(e.occurred_at)",
        };
        var m = Join($"SELECT e.shopper_id, {figure} AS figure {Events(rule.Events, Lower(rule.Within, ">="), $" AND e.occurred_at < {AsOf}")} GROUP BY e.shopper_id");
        var actual = rule.Measure.Kind is MeasureKind.First or MeasureKind.Last ? $"floor(extract(epoch from {AsOf} - {m}.figure) / 86400)" : $"coalesce({m}.figure, 0)";
        return $"(({actual} {rule.Operator.Sql()} {Number(rule.Value)}) IS TRUE)";
    }

    private string Sequence(SequenceRule rule)
    {
        var gap = $"{Number((long)rule.Gap.Duration.TotalSeconds)} * interval '1 second'";
        const string Columns = "SELECT e.shopper_id, e.occurred_at";
        var opening = $"{Columns} {Events(rule.First, Lower(rule.Within, ">="), $" AND e.occurred_at < {AsOf}")}";
        var closing = $"{Columns} {Events(rule.Then, Lower(rule.Within, ">"), $" AND e.occurred_at {(rule.Follows ? "<" : "<=")} {AsOf}")}";
        var follows = $"EXISTS (SELECT 1 FROM ({closing}) z WHERE z.shopper_id = a.shopper_id AND z.occurred_at > a.occurred_at AND z.occurred_at <= a.occurred_at + {gap})";
        var condition = rule.Follows ? follows : $"a.occurred_at + {gap} <= {AsOf} AND NOT {follows}";
        var m = Join($"SELECT DISTINCT a.shopper_id FROM ({opening}) a WHERE {condition}");
        return $"({m}.shopper_id IS NOT NULL)";
    }

    private string Lower(Window? within, string op) => within is null ? "" : $" AND e.occurred_at {op} {Add(at.Start(within).UtcDateTime, "timestamptz")}";

    private string Events(EventFilter filter, string lower, string upper) =>
        "FROM events e LEFT JOIN products p ON p.id = e.product_id LEFT JOIN brands b ON b.id = p.brand_id LEFT JOIN categories c ON c.id = coalesce(e.category_id, p.category_id)"
        + $" WHERE e.shopper_id IS NOT NULL AND e.type = {Add((short)filter.Type, "smallint")}{lower}{upper}{(filter.Where is { } where ? $" AND {Condition(where)}" : "")}";

    // Equal figures, which "all of these, at least once and at most five times" asks twice, are computed once.
    private string Join(string figures)
    {
        if (_figures.TryGetValue(figures, out var known))
            return known;
        var alias = $"m{_figures.Count + 1}";
        _figures.Add(figures, alias);
        _joins.Append($" LEFT JOIN ({figures}) {alias} ON {alias}.shopper_id = s.id");
        return alias;
    }

    private string Expression(Trait trait) => trait.Sql!
        .Replace("{as_of}", trait.Sql!.Contains("{as_of}", StringComparison.Ordinal) ? AsOf : "", StringComparison.Ordinal)
        .Replace("{today}", trait.Sql!.Contains("{today}", StringComparison.Ordinal) ? Add(at.Today, "date") : "", StringComparison.Ordinal);

    private string AsOf => Add(at.AsOf.UtcDateTime, "timestamptz");
    private string Text(string text) => Add(text, "text");
    private string Number(long number) => Add(number, "bigint");

    // The cast fixes the type wherever a value is used again.
    private string Add(object value, string type)
    {
        var known = _parameters.FindIndex(p => p.GetType() == value.GetType() && p.Equals(value));
        if (known < 0)
        {
            _parameters.Add(value);
            known = _parameters.Count - 1;
        }
        return $"${known + 1}::{type}";
    }
}

file static class Brackets
{
    public static string Wrap(this string condition) => $"({condition})";
}
