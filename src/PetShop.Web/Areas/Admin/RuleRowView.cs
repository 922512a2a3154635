using PetShop.Targeting.Segments;

namespace PetShop.Web.Areas.Admin;

/// <summary>The rule editor as its partials draw it.</summary>
public sealed record RuleEditor(IReadOnlyList<RuleFormRow> Rows, IReadOnlyList<RuleFormFault> Faults, IReadOnlyList<(string Slug, string Name)> Segments)
{
    /// <summary>Lists that a row may name.</summary>
    public IReadOnlyList<(string Slug, string Name)> Lists { get; init; } = [];

    private static readonly Dictionary<string, string> EventLabels = new(StringComparer.Ordinal)
    {
        ["product_viewed"] = "viewed a product", ["category_viewed"] = "viewed a category", ["searched"] = "searched", ["cart_added"] = "put into the cart",
        ["cart_removed"] = "took out of the cart", ["wish_listed"] = "wish-listed", ["purchased"] = "bought",
    };

    public static IReadOnlyList<(string Key, string Label)> Groups { get; } = [("all", "All of these"), ("any", "At least one of these"), ("none", "None of these")];
    public static IReadOnlyList<(string Key, string Label)> Quantifiers { get; } = [("pet.any", "Any pet is"), ("pet.all", "Every pet is"), ("pet.none", "No pet is")];
    public static IReadOnlyList<(string Key, string Label)> Measures { get; } =
        [("count", "how often"), ("sum", "added up"), ("distinct", "different values of"), ("first", "first time, days ago"), ("last", "last time, days ago")];
    public static IReadOnlyList<(string Key, string Label)> Units { get; } = [("hour", "hours"), ("day", "days"), ("calendar_day", "calendar days"), ("month", "months")];
    public static IEnumerable<(string Key, string Label)> Events => RuleNames.Events.Keys.Select(k => (k, EventLabels[k]));

    public IEnumerable<RuleFormFault> FaultsOf(RuleFormRow row) => Faults.Where(f => f.RowId == row.Id);
    public IEnumerable<RuleFormRow> Children(RuleFormRow row) => Rows.Where(r => r.Parent == row.Id);
    public int IndexOf(RuleFormRow row) => Enumerable.Range(0, Rows.Count).First(i => Rows[i].Id == row.Id);
    public TraitScope ScopeOf(RuleFormRow row) => SegmentFormRows.InsideOf(Rows, row.Parent);

    /// <summary>Traits that may stand in a place, by family.</summary>
    public static IEnumerable<IGrouping<TraitFamily, Trait>> Traits(TraitScope scope) =>
        (scope == TraitScope.Shopper ? TraitCatalogue.In(TraitScope.Shopper).Concat(TraitCatalogue.In(TraitScope.Visit)) : TraitCatalogue.In(scope)).GroupBy(t => t.Family);

    /// <summary>What may be added inside a group, with the words on the button.</summary>
    public static IReadOnlyList<(string Kind, string Label)> Additions(TraitScope inside) => inside == TraitScope.Shopper
        ? [("trait", "A fact"), ("pets", "Their pets"), ("event", "What they did"), ("segment", "A segment"), ("list", "A list"), ("all", "A group"), ("rollout", "A share"), ("json", "JSON")]
        : [("trait", "A fact"), ("any", "A group")];
}

/// <summary>One row with the editor it stands in.</summary>
public sealed record RuleRowView(RuleEditor Editor, RuleFormRow Row);
