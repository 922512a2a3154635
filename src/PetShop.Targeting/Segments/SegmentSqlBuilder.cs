using System.Globalization;
using System.Text.RegularExpressions;

namespace PetShop.Targeting.Segments;

/// <summary>Writes the conditions of one statement; every leaf is two-valued before a connective sees it.</summary>
/// <param name="memory">Answers that need not be looked up; null to look up everything.</param>
internal sealed partial class SegmentSqlBuilder(SegmentSet set, Moment at, SqlReach reach, LeafMemory? memory = null, SqlHalf? half = null)
{
    /// <summary>Stands for the number of living pets in the SQL of a trait.</summary>
    public const string Household = "{pets}";

    private const string Adult = "{adult}";
    private static readonly ConsentPurposes[] Purposes = [ConsentPurposes.Analytics, ConsentPurposes.Personalisation, ConsentPurposes.Email, ConsentPurposes.Prices];
    private const string Interests = "ti";

    private readonly SqlParameters _parameters = new();
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private bool _isWithin;
    private bool _asksInterests;
    private SqlFigures? _figures;

    public SqlParameters Parameters => _parameters;

    /// <summary>Whether leaves and gates are answered once a shopper, as columns of a subquery named s, however many rules share them.</summary>
    public bool Shares { get; init; }

    /// <summary>Those columns, each with a comma before it; ask when all conditions are written.</summary>
    public string Shared => string.Concat(_shared.Select(c => $", {c.Key} AS {c.Value}"));

    public string Joins => (_asksInterests ? $" LEFT JOIN shopper_interests {Interests} ON {Interests}.shopper_id = s.id" : "") + Figures.Joins();

    private string IsAdult => $"((s.birth_year <= {_parameters.Add(at.AdultsBornBy, "int")}) IS NOT FALSE)";

    private SqlFigures Figures => _figures ??= new(_parameters, at, reach, half);

    /// <summary>The rule behind the gate of its purposes.</summary>
    public string Gated(CompiledSegment segment) => $"{Gate(segment)} AND {Condition(segment.Rule)}";

    /// <summary>What stands before the rule: who has not agreed to every purpose, or is too young for one, is no member.</summary>
    public string Gate(CompiledSegment segment)
    {
        var needs = segment.Needs.Purposes;
        var asked = Purposes.Where(p => needs.HasFlag(p)).Select(Column);
        return needs == ConsentPurposes.None ? "TRUE" : Once(string.Join(" AND ", (needs & ConsentBars.ForMinors) == 0 ? asked : asked.Append(IsAdult)));
    }

    /// <summary>Whether a purpose is agreed to and open, as the SQL of a trait.</summary>
    public static string Agreed(ConsentPurposes purpose) => (purpose & ConsentBars.ForMinors) == 0 ? Column(purpose) : $"({Column(purpose)} AND {Adult})";

    public string Condition(Rule rule) => memory?.Remembered(rule) is { } leaf
        ? Once(string.Create(CultureInfo.InvariantCulture, $"(coalesce(sm.leaves[{leaf.Word + 1}], 0) & {leaf.Mask}::bigint <> 0)")) : Asked(rule);

    // What stands within a figure is asked of a pet or an event, not of the shopper.
    private string Within(Rule rule)
    {
        var outer = _isWithin;
        _isWithin = true;
        var condition = Condition(rule);
        _isWithin = outer;
        return condition;
    }

    private string Once(string condition)
    {
        if (!Shares || _isWithin)
            return condition;
        if (!_shared.TryGetValue(condition, out var name))
            _shared.Add(condition, name = string.Create(CultureInfo.InvariantCulture, $"l{_shared.Count + 1}"));
        return $"s.{name}";
    }

    private string Asked(Rule rule) => rule switch
    {
        AllRule all => Parts(all.Parts, " AND ", "TRUE"),
        AnyRule any => Parts(any.Parts, " OR ", "FALSE"),
        NotRule not => $"(NOT {Condition(not.Part)})",
        TraitRule leaf => Once($"(({Comparison(leaf)}) IS TRUE)"),
        PetRule pet => Once(Pets(pet)),
        EventRule events => Once(Figure(events)),
        SequenceRule sequence => Once(Figures.Sequence(sequence, Where(sequence.First), Where(sequence.Then))),
        SegmentRule other => Condition(set[other.Segment].Rule),
        RolloutRule rollout => $"(('x' || substr(md5(convert_to({_parameters.Text(rollout.Salt)} || ':' || coalesce(s.rollout_key, s.id::text), 'UTF8')), 1, 8))::bit(32)::bigint % 10000 < {_parameters.Add(rollout.BasisPoints, "int")})",
        ListRule list => $"(s.id = ANY({_parameters.Add(list.Shoppers.ToArray(), "uuid[]")}))",
        NamedListRule list => $"EXISTS (SELECT 1 FROM shopper_list_members lm WHERE lm.list_id = (SELECT id FROM shopper_lists WHERE slug = {_parameters.Text(list.List)}) AND lm.shopper_id = s.id)",
        _ => throw new ArgumentException($"A {rule.GetType().Name} has no SQL.", nameof(rule)),
    };

    // What costs most is asked last: the hash of a rollout costs more than all comparisons, a look-up more than that.
    private string Parts(ValueList<Rule> parts, string connective, string empty) =>
        parts.Count == 0 ? empty : $"({string.Join(connective, parts.OrderBy(Cost).Select(Condition))})";

    private int Cost(Rule rule) => rule switch
    {
        RolloutRule or NamedListRule => 1,
        PetRule when reach == SqlReach.Lazy => 2,
        EventRule when reach == SqlReach.Lazy => 3,
        SequenceRule => 4,
        AllRule all => all.Parts.Select(Cost).DefaultIfEmpty().Max(),
        AnyRule any => any.Parts.Select(Cost).DefaultIfEmpty().Max(),
        NotRule not => Cost(not.Part),
        SegmentRule other => Cost(set[other.Segment].Rule),
        _ => 0,
    };

    private string Comparison(TraitRule rule)
    {
        if (rule is { Trait.Clock: { IsCount: true } clock, Value: NumberValue { Number: > -TraitClock.Furthest and < TraitClock.Furthest } count })
            return Counted(clock, rule.Operator, count.Number);
        var left = Expression(rule.Trait);
        return (rule.Value, rule.Operator) switch
        {
            (NoValue, _) when rule.Trait.Type == TraitType.Texts => $"cardinality({left}) > 0",
            (NoValue, _) => $"{left} IS NOT NULL",
            (TextValue value, RuleOperator.InTree) => $"{_parameters.Text(value.Text)} = ANY(c.path)",
            (TextValue value, RuleOperator.Has) => $"{_parameters.Text(value.Text)} = ANY({left})",
            (TextValue value, var op) => $"{left} {op.Sql()} {_parameters.Text(value.Text)}",
            (NumberValue value, var op) => $"{left} {op.Sql()} {_parameters.Number(value.Number)}",
            (TruthValue value, _) => $"{left} = {_parameters.Add(value.Truth, "boolean")}",
            (TextsValue values, RuleOperator.In) => $"{left} = ANY({_parameters.Add(values.Texts.ToArray(), "text[]")})",
            (TextsValue values, _) => $"{left} <> ALL({_parameters.Add(values.Texts.ToArray(), "text[]")})",
            (NumbersValue values, RuleOperator.In) => $"{left} = ANY({_parameters.Add(values.Numbers.ToArray(), "bigint[]")})",
            (NumbersValue values, _) => $"{left} <> ALL({_parameters.Add(values.Numbers.ToArray(), "bigint[]")})",
            _ => throw new ArgumentException($"'{rule.Trait}' cannot be compared by {rule.Operator} with {rule.Value}.", nameof(rule)),
        };
    }

    // "At least n full days ago" is "not after this instant", which costs a comparison in place of arithmetic on every row.
    private string Counted(TraitClock clock, RuleOperator op, long count)
    {
        string Bound(long n) => clock.Unit == ClockUnit.Days ? _parameters.Time(at.AsOf.AddDays(-n)) : _parameters.Date(at.Today.AddMonths((int)-n));
        return Counted(clock.Column, op, Bound(count), Bound(count + 1));
    }

    private static string Counted(string column, RuleOperator op, string reached, string passed) => op switch
    {
        RuleOperator.AtLeast => $"{column} <= {reached}",
        RuleOperator.More => $"{column} <= {passed}",
        RuleOperator.Less => $"{column} > {reached}",
        RuleOperator.AtMost => $"{column} > {passed}",
        RuleOperator.Is => $"{column} <= {reached} AND {column} > {passed}",
        RuleOperator.IsNot => $"{column} > {reached} OR {column} <= {passed}",
        _ => throw new ArgumentException($"The operator {op} does not compare two figures.", nameof(op)),
    };

    private string Pets(PetRule rule)
    {
        var where = Within(rule.Where);
        return rule.Quantifier switch
        {
            PetQuantifier.Any => $"coalesce({Figures.OfPets($"bool_or({where})")}, false)",
            PetQuantifier.None => $"(NOT coalesce({Figures.OfPets($"bool_or({where})")}, false))",
            _ => $"coalesce({Figures.OfPets($"bool_and({where})")}, false)",
        };
    }

    private string Figure(EventRule rule)
    {
        var (kind, of) = (rule.Measure.Kind, rule.Measure.Of is { } trait ? Expression(trait) : "*");
        var aggregate = kind switch
        {
            MeasureKind.Count => "count(*)",
            MeasureKind.Sum => $"sum({of})",
            MeasureKind.Distinct => $"count(DISTINCT {of})",
            MeasureKind.First => "min(e.occurred_at)",
            _ => "max(e.occurred_at)",
        };
        var figure = Figures.OfEvents(aggregate, rule.Events.Type, Reached(rule), Named(Where(rule.Events), kind == MeasureKind.Distinct ? of : null));
        if (kind is not (MeasureKind.First or MeasureKind.Last))
            return $"((coalesce({figure}, 0) {rule.Operator.Sql()} {_parameters.Number(rule.Value)}) IS TRUE)";
        return rule.Value is > -TraitClock.Furthest and < TraitClock.Furthest
            ? $"(({Counted(new(ClockUnit.Days, figure), rule.Operator, rule.Value)}) IS TRUE)"
            : $"((floor(extract(epoch from {_parameters.Time(at.AsOf)} - {figure}) / 86400) {rule.Operator.Sql()} {_parameters.Number(rule.Value)}) IS TRUE)";
    }

    // "The last one at most 10 days ago" needs no older events, so the months before are not read.
    private static Window? Reached(EventRule rule) =>
        rule is { Within: null, Measure.Kind: MeasureKind.Last, Operator: RuleOperator.Is or RuleOperator.AtMost or RuleOperator.Less, Value: >= 0 and < Window.MaxDays }
            ? new((int)rule.Value + 1, WindowUnit.Day) : rule.Within;

    private string? Where(EventFilter filter) => filter.Where is { } where ? Within(where) : null;

    // What is counted may stand in a joined table although the filter names none: unknown values are not counted anyway.
    private static string? Named(string? where, string? counted) => counted is null ? where : $"{counted} IS NOT NULL{(where is null ? "" : $" AND {where}")}";

    internal string Expression(Trait trait)
    {
        // Lists are wide, so they are read only where a rule asks for them.
        _asksInterests |= trait.Sql!.StartsWith($"{Interests}.", StringComparison.Ordinal);
        return Placeholder().Replace(trait.Sql!, Filled);
    }

    private string Filled(Match match) => match.Value switch
    {
        "{as_of}" => _parameters.Time(at.AsOf),
        "{today}" => _parameters.Date(at.Today),
        Adult => IsAdult,
        Household => $"coalesce({Figures.OfPets("count(*)")}, 0)",
        var hours when hours.StartsWith("{hours", StringComparison.Ordinal) => _parameters.Time(at.AsOf.AddHours(-Number(match))),
        _ => _parameters.Date(at.Today.AddMonths(-Number(match))),
    };

    private static string Column(ConsentPurposes purpose) => $"s.consent_{purpose.ToString().ToLowerInvariant()}";

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>{as_of}, {today}, {adult} (whether the shopper is one), {pets} (how many live in the household), {hours_ago:n} and {months_ago:n} (the instant n hours before, the day n months before today).</summary>
    [GeneratedRegex(@"\{(?:as_of|today|adult|pets|(?:hours|months)_ago:([0-9]+))\}")]
    private static partial Regex Placeholder();
}
