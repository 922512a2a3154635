using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PetShop.Targeting.Segments;

/// <summary>How many shoppers a statement is over: everyone is read in one pass, a few are looked up by index.</summary>
public enum SqlReach { Everyone, Few }

/// <summary>Gathers what a statement asks of events and pets, so that each table is read once whatever the number of rules.</summary>
internal sealed partial class SqlFigures(SqlParameters parameters, Moment at, SqlReach reach)
{
    private const string Living = "pt.died_on IS NULL";
    private readonly Dictionary<string, string> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _others = new(StringComparer.Ordinal);
    // Where the window of each type opens; null for no window.
    private readonly SortedDictionary<BehaviourType, DateTimeOffset?> _opens = [];

    /// <summary>The name of an aggregate over the living pets.</summary>
    public string OfPets(string aggregate) => Named(_pets, aggregate, "hh.p");

    /// <summary>The name of an aggregate over events of one type in a window, null without any.</summary>
    /// <param name="aggregate">Without its FILTER: "count(*)".</param>
    /// <param name="where">The filter over the event, or null.</param>
    public string OfEvents(string aggregate, BehaviourType type, Window? within, string? where)
    {
        var condition = $"e.type = {Type(type)}{From(within)}{(where is null ? "" : $" AND {where}")}";
        // A distinct count over everyone would force all other figures through a sort, so it goes by itself.
        if (reach == SqlReach.Everyone && aggregate.Contains("DISTINCT", StringComparison.Ordinal))
            return $"{Other($"SELECT e.shopper_id, {aggregate} AS figure {Events(condition, condition)} AND e.shopper_id IS NOT NULL GROUP BY e.shopper_id")}.figure";
        var opens = within is null ? (DateTimeOffset?)null : at.Start(within);
        _opens[type] = _opens.TryGetValue(type, out var known) && (known is null || known < opens) ? known : opens;
        return Named(_events, $"{aggregate} FILTER (WHERE {condition})", "ev.f");
    }

    /// <summary>Whether some first event has (or, matured, has not) a second one after it.</summary>
    public string Sequence(SequenceRule rule, string? first, string? then)
    {
        var gap = $"{parameters.Number((long)rule.Gap.Duration.TotalSeconds)} * interval '1 second'";
        var opening = $"SELECT e.shopper_id, e.occurred_at {Events($"e.type = {Type(rule.First.Type)}{From(rule.Within)}{And(first)}", first)}";
        var closing = $"SELECT 1 {Events($"e.type = {Type(rule.Then.Type)}{From(rule.Within)}{And(then)}", then, upTo: rule.Follows ? "<" : "<=")}"
            + $" AND e.shopper_id = a.shopper_id AND e.occurred_at > a.occurred_at AND e.occurred_at <= a.occurred_at + {gap}";
        var condition = rule.Follows ? $"EXISTS ({closing})" : $"a.occurred_at + {gap} <= {AsOf} AND NOT EXISTS ({closing})";
        return reach == SqlReach.Few
            ? $"EXISTS (SELECT 1 FROM ({opening} AND e.shopper_id = s.id) a WHERE {condition})"
            : $"({Other($"SELECT DISTINCT a.shopper_id FROM ({opening} AND e.shopper_id IS NOT NULL) a WHERE {condition}")}.shopper_id IS NOT NULL)";
    }

    /// <summary>The joins that bring all of it; ask once, when everything has been named.</summary>
    public string Joins()
    {
        var joins = new StringBuilder();
        if (_pets.Count > 0)
            joins.Append(Joined(_pets, "pt", "pets pt", Living, "hh"));
        if (_events.Count > 0)
            joins.Append(Joined(_events, "e", $"events e{Products(string.Join(' ', _events.Keys))}", $"e.occurred_at < {AsOf}{Types()}", "ev"));
        foreach (var (select, alias) in _others)
            joins.Append(CultureInfo.InvariantCulture, $" LEFT JOIN ({select}) {alias} ON {alias}.shopper_id = s.id");
        return joins.ToString();
    }

    private string Joined(Dictionary<string, string> figures, string source, string from, string where, string alias)
    {
        var columns = string.Join(", ", figures.Select(f => $"{f.Key} AS {f.Value[(alias.Length + 1)..]}"));
        return reach == SqlReach.Few
            ? $" LEFT JOIN LATERAL (SELECT {columns} FROM {from} WHERE {source}.shopper_id = s.id AND {where}) {alias} ON true"
            : $" LEFT JOIN (SELECT {source}.shopper_id, {columns} FROM {from} WHERE {source}.shopper_id IS NOT NULL AND {where} GROUP BY {source}.shopper_id) {alias} ON {alias}.shopper_id = s.id";
    }

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

    private static string Named(Dictionary<string, string> known, string sql, string prefix)
    {
        if (!known.TryGetValue(sql, out var name))
            known.Add(sql, name = prefix + (known.Count + 1).ToString(CultureInfo.InvariantCulture));
        return name;
    }

    [GeneratedRegex(@"\bb\.")]
    private static partial Regex Brand();

    [GeneratedRegex(@"\bc\.")]
    private static partial Regex Category();
}
