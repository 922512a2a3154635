using System.Text.RegularExpressions;

namespace PetShop.Targeting.Segments;

/// <summary>The spelling of event types, measures, units and pet quantifiers in JSON.</summary>
public static partial class RuleNames
{
    public static IReadOnlyDictionary<string, BehaviourType> Events { get; } = new Dictionary<string, BehaviourType>(StringComparer.Ordinal)
    {
        ["product_viewed"] = BehaviourType.ProductViewed,
        ["category_viewed"] = BehaviourType.CategoryViewed,
        ["searched"] = BehaviourType.Searched,
        ["cart_added"] = BehaviourType.CartAdded,
        ["cart_removed"] = BehaviourType.CartRemoved,
        ["wish_listed"] = BehaviourType.WishListed,
        ["purchased"] = BehaviourType.Purchased,
    };

    /// <summary>Other spellings of events that are read; rules are written with those of <see cref="Events"/>.</summary>
    public static IReadOnlyDictionary<string, BehaviourType> EventAliases { get; } = new Dictionary<string, BehaviourType>(StringComparer.Ordinal) { ["purchase"] = BehaviourType.Purchased };

    public static IReadOnlyDictionary<string, WindowUnit> Units { get; } = new Dictionary<string, WindowUnit>(StringComparer.Ordinal)
    {
        ["hour"] = WindowUnit.Hour,
        ["day"] = WindowUnit.Day,
        ["calendar_day"] = WindowUnit.CalendarDay,
        ["month"] = WindowUnit.Month,
    };

    public static IReadOnlyDictionary<string, MeasureKind> Measures { get; } = new Dictionary<string, MeasureKind>(StringComparer.Ordinal)
    {
        ["count"] = MeasureKind.Count,
        ["sum"] = MeasureKind.Sum,
        ["distinct"] = MeasureKind.Distinct,
        ["first"] = MeasureKind.First,
        ["last"] = MeasureKind.Last,
    };

    public static IReadOnlyDictionary<string, PetQuantifier> Quantifiers { get; } = new Dictionary<string, PetQuantifier>(StringComparer.Ordinal)
    {
        ["pet.any"] = PetQuantifier.Any,
        ["pet.none"] = PetQuantifier.None,
        ["pet.all"] = PetQuantifier.All,
    };

    /// <summary>Small letters, digits and single dashes, 60 at most.</summary>
    public const string ListKeyPattern = "^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$";

    public static bool IsListKey(string key) => ListKey().IsMatch(key);

    public static string Name(this BehaviourType type) => Events.First(e => e.Value == type).Key;
    public static string Name(this WindowUnit unit) => Units.First(e => e.Value == unit).Key;
    public static string Name(this MeasureKind kind) => Measures.First(e => e.Value == kind).Key;
    public static string Name(this PetQuantifier quantifier) => Quantifiers.First(e => e.Value == quantifier).Key;

    [GeneratedRegex(ListKeyPattern)]
    private static partial Regex ListKey();

    /// <summary>The known name nearest to a mistyped one, or null when none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Distance: Distance(typed, name))).Where(x => x.Distance <= Math.Max(2, x.Name.Length / 3))
            .OrderBy(x => x.Distance).ThenBy(x => x.Name, StringComparer.Ordinal).Select(x => x.Name).FirstOrDefault();

    // Levenshtein, one row at a time; a typed name is cut so that a hostile one costs nothing.
    private static int Distance(string a, string b)
    {
        a = a.Length > 60 ? a[..60] : a;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
