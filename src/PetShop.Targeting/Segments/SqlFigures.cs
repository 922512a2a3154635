using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PetShop.Targeting.Segments;

/// <summary>How a statement comes to what it asks of events and pets.</summary>
public enum SqlReach
{
    /// <summary>In one pass over the tables.</summary>
    Everyone,
    /// <summary>By index, all of a shopper's figures at once.</summary>
    Few,
    /// <summary>By index, each figure only where the parts of the rule before it leave the answer open: for one rule over a sample.</summary>
    Lazy,
}

/// <summary>Either half of all shoppers, so that a pass over everyone can be done by two statements side by side.</summary>
/// <param name="Pivot">The id that parts them.</param>
/// <param name="IsLower">The half below the pivot; else the pivot and what is above it.</param>
public readonly record struct SqlHalf(Guid Pivot, bool IsLower)
{
    /// <summary>Both halves about a pivot.</summary>
    public static IReadOnlyList<SqlHalf> About(Guid pivot) => [new(pivot, true), new(pivot, false)];
}

/// <summary>Gathers what a statement asks of events and pets, so that each table is read once whatever the number of rules.</summary>
/// <remarks>Figures stand behind the gate of their rule, which asks for agreement to the use of pets and behaviour (<see cref="RuleNeeds"/>): of who has not agreed, nothing is looked up.</remarks>
/// <param name="half">The half that is asked; null for both.</param>
internal sealed partial class SqlFigures(SqlParameters parameters, Moment at, SqlReach reach, SqlHalf? half = null)
{
    private const string Living = "pt.died_on IS NULL";
    private const int FewPets = 4;
    private readonly Dictionary<Figure, string> _events = [];
    private readonly Dictionary<Figure, string> _pets = [];
    private readonly Dictionary<string, string> _others = new(StringComparer.Ordinal);
    // Where the window of each type opens; null for no window.
    private readonly SortedDictionary<BehaviourType, DateTimeOffset?> _opens = [];

    /// <summary>The name of an aggregate over the living pets.</summary>
    public string OfPets(string aggregate) => reach == SqlReach.Lazy ? $"(SELECT {aggregate} FROM pets pt WHERE pt.shopper_id = s.id AND {Living})" : Named(_pets, Figure.Of(aggregate, null), reach == SqlReach.Few ? "hh.p" : "fg.p");

    /// <summary>The name of an aggregate over events of one type in a window, null without any.</summary>
    /// <param name="aggregate">Without its FILTER: "count(*)".</param>
    /// <param name="where">The filter over the event, or null.</param>
    public string OfEvents(string aggregate, BehaviourType type, Window? within, string? where)
    {
        var condition = $"e.type = {Type(type)}{From(within)}{And(where)}";
        if (reach == SqlReach.Lazy)
            return $"(SELECT {aggregate} {Events(condition, $"{aggregate} {condition}")} AND e.shopper_id = s.id)";
        // A distinct count over everyone would force all other figures through a sort, so it goes by itself.
        if (reach == SqlReach.Everyone && aggregate.Contains("DISTINCT", StringComparison.Ordinal))
            return $"{Other($"SELECT e.shopper_id, {aggregate} AS figure {Events(condition, condition)} {Shared("e.shopper_id")} AND e.shopper_id IS NOT NULL GROUP BY e.shopper_id")}.figure";
        return Gathered(aggregate, type, within, condition);
    }

    /// <summary>Whether some first event has (or, matured, has not) a second one after it.</summary>
    public string Sequence(SequenceRule rule, string? first, string? then)
    {
        var gap = $"{parameters.Number((long)rule.Gap.Duration.TotalSeconds)} * interval '1 second'";
        if (reach == SqlReach.Few)
            return Sequence(rule, first, then, gap);
        var opening = $"SELECT e.shopper_id, e.occurred_at {Events($"e.type = {Type(rule.First.Type)}{From(rule.Within)}{And(first)}", first)}";
        var closing = $"SELECT 1 {Events($"e.type = {Type(rule.Then.Type)}{From(rule.Within)}{And(then)}", then, upTo: rule.Follows ? "<" : "<=")}"
            + $" AND e.shopper_id = a.shopper_id AND e.occurred_at > a.occurred_at AND e.occurred_at <= a.occurred_at + {gap}";
        var condition = rule.Follows ? $"EXISTS ({closing})" : $"a.occurred_at + {gap} <= {AsOf} AND NOT EXISTS ({closing})";
        return reach == SqlReach.Lazy
            ? $"EXISTS (SELECT 1 FROM ({opening} AND e.shopper_id = s.id) a WHERE {condition})"
            : $"({Other($"SELECT DISTINCT a.shopper_id FROM ({opening}{Shared("e.shopper_id")} AND e.shopper_id IS NOT NULL) a WHERE {condition}")}.shopper_id IS NOT NULL)";
    }

    // Both kinds of events come with the other figures, as arrays of a few moments; most shoppers have none of the first kind.
    private string Sequence(SequenceRule rule, string? first, string? then, string gap)
    {
        string Moments(EventFilter events, string? where, string upTo) =>
            Gathered("array_agg(e.occurred_at)", events.Type, rule.Within, $"e.type = {Type(events.Type)}{From(rule.Within)} AND e.occurred_at {upTo} {AsOf}{And(where)}");
        var (openings, closings) = (Moments(rule.First, first, "<"), Moments(rule.Then, then, rule.Follows ? "<" : "<="));
        var closing = $"EXISTS (SELECT 1 FROM unnest({closings}) z (at) WHERE z.at > a.at AND z.at <= a.at + {gap})";
        var condition = rule.Follows ? closing : $"a.at + {gap} <= {AsOf} AND NOT {closing}";
        return $"({openings} IS NOT NULL AND EXISTS (SELECT 1 FROM unnest({openings}) a (at) WHERE {condition}))";
    }

    private string Gathered(string aggregate, BehaviourType type, Window? within, string condition)
    {
        var opens = within is null ? (DateTimeOffset?)null : at.Start(within);
        _opens[type] = _opens.TryGetValue(type, out var known) && (known is null || known < opens) ? known : opens;
        // A silence may end at the very moment that is asked about, so that moment is read with the rest and left out figure by figure.
        var before = reach == SqlReach.Few && !condition.Contains("e.occurred_at <", StringComparison.Ordinal) ? $" AND e.occurred_at < {AsOf}" : "";
        return Named(_events, Figure.Of(aggregate, condition + before), reach == SqlReach.Few ? "ev.f" : "fg.f");
    }

    /// <summary>The joins that bring all of it; ask once, when everything has been named.</summary>
    public string Joins()
    {
        var joins = new StringBuilder();
        var pets = (Rows: $"FROM pets pt WHERE {Living}{Sought()}", Of: "pt.shopper_id");
        var events = (Rows: _events.Count == 0 ? "" : $"FROM events e{Products(string.Join(' ', _events.Keys.Select(f => f.Sql)))} WHERE e.occurred_at {(reach == SqlReach.Few ? "<=" : "<")} {AsOf}{Types()}", Of: "e.shopper_id");
        if (reach == SqlReach.Few)
            joins.Append(LookedUp(_pets, pets, "hh", "s.consent_personalisation")).Append(LookedUp(_events, events, "ev", "s.consent_analytics AND s.consent_personalisation"));
        else if (_pets.Count + _events.Count > 0)
            joins.Append(CultureInfo.InvariantCulture, $" LEFT JOIN ({Together(pets, events)}) fg ON fg.shopper_id = s.id");
        foreach (var (select, alias) in _others)
            joins.Append(CultureInfo.InvariantCulture, $" LEFT JOIN ({select}) {alias} ON {alias}.shopper_id = s.id");
        return joins.ToString();
    }

    private static string LookedUp(Dictionary<Figure, string> figures, (string Rows, string Of) source, string alias, string agreed) => figures.Count == 0 ? ""
        : $" LEFT JOIN LATERAL (SELECT {string.Join(", ", figures.Select(f => $"{f.Key.Sql} AS {Column(f.Value)}"))} {source.Rows} AND {source.Of} = s.id AND {agreed}) {alias} ON true";

    // Pets and events under one another are gathered and joined once, which costs less than two tables of a row a shopper each.
    private string Together((string Rows, string Of) pets, (string Rows, string Of) events)
    {
        if (_pets.Count == 0 || _events.Count == 0)
        {
            var (figures, of, rows) = _pets.Count > 0 ? (_pets, pets.Of, pets.Rows) : (_events, events.Of, events.Rows);
            return $"SELECT {of}, {string.Join(", ", figures.Select(f => $"{f.Key.Sql} AS {Column(f.Value)}"))} {rows} AND {of} IS NOT NULL{Shared(of)} GROUP BY {of}";
        }
        string Arm((string Rows, string Of) source, Dictionary<Figure, string> own) =>
            $"SELECT {source.Of}, {string.Join(", ", _pets.Concat(_events).Select(f => $"{(own.ContainsKey(f.Key) ? f.Key.Row : "NULL")} AS {Column(f.Value)}"))} {source.Rows} AND {source.Of} IS NOT NULL{Shared(source.Of)}";
        return $"SELECT u.shopper_id, {string.Join(", ", _pets.Concat(_events).Select(f => $"{f.Key.Over($"u.{Column(f.Value)}")} AS {Column(f.Value)}"))} FROM ({Arm(pets, _pets)} UNION ALL {Arm(events, _events)}) u GROUP BY u.shopper_id";
    }

    private static string Column(string name) => name[3..];

    private string Shared(string shopper) => half is { } one ? Of(one, shopper) : "";

    // A range of ids: indexes in their order are read by half, the comparison costs less than a hash, and the planner knows from its statistics how many rows to expect.
    internal static string Of(SqlHalf half, string shopper) => $" AND {shopper} {(half.IsLower ? "<" : ">=")} '{half.Pivot:D}'::uuid";

    // Where a rule asks of pets only whether there is one like this, all others need not be gathered.
    private string Sought() =>
        reach == SqlReach.Everyone && _pets.Count is > 0 and <= FewPets && _pets.Keys.All(p => p.Function == "bool_or") ? $" AND ({string.Join(" OR ", _pets.Keys.Select(p => p.Argument))})" : "";

    // Only what some window can hold is read; a bound on the whole lets the database skip months.
    private string Types()
    {
        var each = _opens.Select(o => o.Value is { } from ? $"(e.type = {Type(o.Key)} AND e.occurred_at >= {parameters.Time(from)})" : $"e.type = {Type(o.Key)}");
        var oldest = _opens.Values.Any(o => o is null) ? "" : $" AND e.occurred_at >= {parameters.Time(_opens.Values.Min()!.Value)}";
        return $" AND ({string.Join(" OR ", each)}){oldest}";
    }

    private string Events(string condition, string? named, string upTo = "<") => $"FROM events e{Products(named ?? "")} WHERE {condition} AND e.occurred_at {upTo} {AsOf}";

    private static string Products(string named)
    {
        var (brand, category) = (Brand().IsMatch(named), Category().IsMatch(named));
        return (brand || category ? " LEFT JOIN products p ON p.id = e.product_id" : "") + (brand ? " LEFT JOIN brands b ON b.id = p.brand_id" : "")
            + (category ? " LEFT JOIN categories c ON c.id = coalesce(e.category_id, p.category_id)" : "");
    }

    private string From(Window? within) => within is null ? "" : $" AND e.occurred_at >= {parameters.Time(at.Start(within))}";

    private string Type(BehaviourType type) => parameters.Add((short)type, "smallint");

    private string AsOf => parameters.Time(at.AsOf);

    private string Other(string select) => Named(_others, select, "m");

    private static string And(string? where) => where is null ? "" : $" AND {where}";

    private static string Named<T>(Dictionary<T, string> known, T figure, string prefix) where T : notnull
    {
        if (!known.TryGetValue(figure, out var name))
            known.Add(figure, name = prefix + (known.Count + 1).ToString(CultureInfo.InvariantCulture));
        return name;
    }

    /// <summary>An aggregate over the pets or the events of a shopper.</summary>
    /// <param name="Argument">What is gathered: a column, a condition, or *.</param>
    /// <param name="Filter">Which rows count; null for all.</param>
    private sealed record Figure(string Function, string Argument, string? Filter)
    {
        public string Sql => $"{Function}({Argument}){(Filter is null ? "" : $" FILTER (WHERE {Filter})")}";

        /// <summary>What one row gives to it, so that rows of another kind, which give nothing, can stand beside it.</summary>
        public string Row => Argument == "*" ? Filter ?? "true" : Filter is null ? Argument : $"CASE WHEN {Filter} THEN {Argument} END";

        public static Figure Of(string aggregate, string? filter) => new(aggregate[..aggregate.IndexOf('(', StringComparison.Ordinal)], aggregate[(aggregate.IndexOf('(', StringComparison.Ordinal) + 1)..^1], filter);

        /// <summary>It, gathered from what the rows gave.</summary>
        public string Over(string column) => Argument == "*" ? $"count(*) FILTER (WHERE {column})" : $"{Function}({column})";
    }

    [GeneratedRegex(@"\bb\.")]
    private static partial Regex Brand();

    [GeneratedRegex(@"\bc\.")]
    private static partial Regex Category();
}
