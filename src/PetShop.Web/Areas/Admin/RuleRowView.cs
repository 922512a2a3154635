using System.Globalization;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;

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
    public static IReadOnlyList<(string Key, string Label)> GapUnits { get; } = [.. Units.Where(u => u.Key is "hour" or "day")];
    public static IReadOnlyList<(string Key, string Label)> Follows { get; } = [("then", "and then, within"), ("then_not", "and then not, within")];
    public static IEnumerable<(string Key, string Label)> Events => RuleNames.Events.Keys.Select(k => (k, EventLabels[k]));

    /// <summary>Which control the keyboard stands on after a change, as "row:control"; null to leave it.</summary>
    public string? Focus { get; init; }

    public bool HasFocus(RuleFormRow row, string control) => Focus == $"{row.Id}:{control}";
    public bool IsMoving(RuleFormRow row) => Focus?.StartsWith($"{row.Id}:move-", StringComparison.Ordinal) == true;

    /// <summary>A row in a few words, for the names of its buttons.</summary>
    public string Name(RuleFormRow row) => row.Kind switch
    {
        "trait" => TraitCatalogue.Find(row.Trait ?? "", ScopeOf(row))?.Label ?? "a fact",
        "pets" => "their pets",
        "event" => row.Event is { } e && EventLabels.TryGetValue(e, out var done) ? done : "what they did",
        "sequence" => "the sequence",
        "step" => "a step",
        "segment" => Segments.FirstOrDefault(s => s.Slug == row.Segment).Name ?? "a segment",
        "list" => Lists.FirstOrDefault(l => l.Slug == row.List).Name ?? "a list",
        "rollout" => "a share",
        "json" => "JSON",
        _ => Groups.FirstOrDefault(g => g.Key == row.Kind).Label is { } label ? "the group " + label.ToLowerInvariant() : "a row of no kind",
    };

    /// <summary>Where a row can be moved: the action, the sign on its button and the words for it.</summary>
    public IEnumerable<(string Action, string Sign, string Words)> Moves(RuleFormRow row)
    {
        var siblings = Rows.Where(r => r.Parent == row.Parent).ToList();
        if (row.Parent is null || row.Kind == "step")
            yield break;
        if (siblings[0].Id != row.Id)
            yield return ("up", "↑", "Move up");
        if (siblings[^1].Id != row.Id)
            yield return ("down", "↓", "Move down");
        if (SegmentFormRows.GroupBeside(Rows, row) is { } beside)
            yield return ("into", "→", "Move into " + Name(beside));
        if (SegmentFormRows.GroupAround(Rows, row) is not null)
            yield return ("out", "←", "Move out of the group");
    }

    /// <summary>What stands beside the value of a trait: its unit, or what may be typed.</summary>
    public static string Besides(Trait? trait) => trait switch { null => "", { Type: TraitType.Truth } => "true or false", _ => Money.Figures.Beside(trait.Unit) };

    /// <summary>What stands beside the figure of an event row.</summary>
    public static string Besides(RuleFormRow row) => row.Measure switch
    {
        "sum" => Besides(TraitCatalogue.Find(row.Trait ?? "", TraitScope.Event)),
        "first" or "last" => "days ago",
        "distinct" => "",
        _ => "times",
    };

    /// <summary>The facts of an event that may be added up or counted as distinct.</summary>
    public static IEnumerable<Trait> MeasuredTraits(RuleFormRow row) => EventMeasure.Traits(row.Measure == "sum" ? MeasureKind.Sum : MeasureKind.Distinct);

    /// <summary>An example of what to type, as it is typed.</summary>
    public static string? Placeholder(Trait? trait) =>
        trait is { Type: TraitType.Number } && long.TryParse(trait.Example, CultureInfo.InvariantCulture, out var number) ? Money.Figures.Typed(number, trait.Unit) : trait?.Example;

    public IEnumerable<RuleFormFault> FaultsOf(RuleFormRow row) => Faults.Where(f => f.RowId == row.Id);
    public IEnumerable<RuleFormRow> Children(RuleFormRow row) => Rows.Where(r => r.Parent == row.Id);
    /// <summary>Whether a step is the one that the other follows.</summary>
    public bool IsFirstStep(RuleFormRow row) => Rows.First(r => r.Parent == row.Parent && r.Kind == "step").Id == row.Id;

    public int IndexOf(RuleFormRow row) => Enumerable.Range(0, Rows.Count).First(i => Rows[i].Id == row.Id);
    public TraitScope ScopeOf(RuleFormRow row) => SegmentFormRows.InsideOf(Rows, row.Parent);

    /// <summary>Traits that may stand in a place, by family.</summary>
    public static IEnumerable<IGrouping<TraitFamily, Trait>> Traits(TraitScope scope) =>
        (scope == TraitScope.Shopper ? TraitCatalogue.In(TraitScope.Shopper).Concat(TraitCatalogue.In(TraitScope.Visit)) : TraitCatalogue.In(scope)).GroupBy(t => t.Family);

    /// <summary>What may be added inside a group, with the words on the button.</summary>
    public static IReadOnlyList<(string Kind, string Label)> Additions(TraitScope inside) => inside == TraitScope.Shopper
        ? [("trait", "A fact"), ("pets", "Their pets"), ("event", "What they did"), ("sequence", "A sequence"), ("segment", "A segment"), ("list", "A list"), ("all", "A group"), ("rollout", "A share"), ("json", "JSON")]
        : [("trait", "A fact"), ("any", "A group")];
}

/// <summary>One row with the editor it stands in.</summary>
public sealed record RuleRowView(RuleEditor Editor, RuleFormRow Row);
