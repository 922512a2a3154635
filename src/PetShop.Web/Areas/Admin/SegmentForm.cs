using System.ComponentModel.DataAnnotations;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;

namespace PetShop.Web.Areas.Admin;

/// <summary>The segment editor as it is posted: rows of a nested form, or JSON.</summary>
public sealed record SegmentForm
{
    [Required(ErrorMessage = "Give it a name."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";
    /// <summary>Empty for one made of the name.</summary>
    [RegularExpression("^[a-z0-9]+(-[a-z0-9]+)*$", ErrorMessage = "Use small letters, digits and single dashes, such as puppy-owners."), StringLength(60, ErrorMessage = "Keep the key under 60 letters.")]
    public string? Slug { get; init => field = value?.Trim().ToLowerInvariant(); }
    [StringLength(500, ErrorMessage = "Keep the note under 500 letters.")] public string? Description { get; init; }
    [StringLength(120, ErrorMessage = "Keep the owner under 120 letters.")] public string? Owner { get; init; }
    [StringLength(200, ErrorMessage = "Keep the purpose under 200 letters.")] public string? Purpose { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public bool IsActive { get; init; } = true;
    public DateTime? StartsAt { get; init; }
    public DateTime? EndsAt { get; init; }
    /// <summary>Version the editor started from: two people who edit at once do not overwrite each other unseen.</summary>
    public int Version { get; init; }
    /// <summary>What a confirmed save was shown to change; another change is shown again.</summary>
    public string? Confirmed { get; init; }
    /// <summary>form or json: which of the two below counts.</summary>
    public string Mode { get; init; } = "form";
    public List<RuleFormRow> Rows { get; init; } = [];
    public string? Json { get; init; }

    /// <summary>The editor of an empty rule.</summary>
    public static List<RuleFormRow> EmptyRows => [.. RuleForm.Rows(new AllRule([]), Money.Figures)];
}

/// <summary>Edits the rows of the editor without script: each button of the form is one of these.</summary>
public static class SegmentFormRows
{
    /// <summary>Adds a row of a kind at the end of a group.</summary>
    public static List<RuleFormRow> Add(List<RuleFormRow> rows, int parent, string kind)
    {
        if (rows.Find(r => r.Id == parent) is null || rows.Count(r => r.Kind != "step") >= RuleJson.MaxNodes || kind == "step" || !RuleFormRow.Kinds.Contains(kind))
            return rows;
        var scope = InsideOf(rows, parent);
        var row = new RuleFormRow { Id = rows.Max(r => r.Id) + 1, Parent = parent, Kind = kind };
        if (kind == "sequence")
            return
            [
                .. rows, row with { Follow = "then_not", Gap = "24", GapUnit = "hour", Last = "30", Unit = "day" },
                new() { Id = row.Id + 1, Parent = row.Id, Kind = "step", Event = "cart_added" }, new() { Id = row.Id + 2, Parent = row.Id, Kind = "step", Event = "purchased" },
            ];
        return [.. rows, kind switch
        {
            "trait" => row with { Trait = First(scope), Operator = "is" },
            "pets" => row with { Quantifier = "pet.any" },
            "event" => row with { Event = "purchased", Measure = "count", Operator = ">=", Value = "1", Last = "30", Unit = "day" },
            "rollout" => row with { Percent = "50", Salt = $"seg:{Guid.NewGuid():N}"[..12] },
            "json" => row with { Json = "" },
            _ => row,
        }];
    }

    /// <summary>Takes a row out with everything in it; the outermost group stays, and so do the steps of a sequence.</summary>
    public static List<RuleFormRow> Remove(List<RuleFormRow> rows, int id)
    {
        var gone = new HashSet<int> { id };
        for (var before = 0; before != gone.Count;)
        {
            before = gone.Count;
            gone.UnionWith(rows.Where(r => r.Parent is { } p && gone.Contains(p)).Select(r => r.Id));
        }
        return rows.Find(r => r.Id == id) is not { Parent: not null, Kind: not "step" } ? rows : [.. rows.Where(r => !gone.Contains(r.Id))];
    }

    /// <summary>Moves a row among its siblings: one place up (-1) or down (1).</summary>
    public static List<RuleFormRow> Move(List<RuleFormRow> rows, int id, int step)
    {
        if (rows.Find(r => r.Id == id) is not { Parent: { } parent, Kind: not "step" } row)
            return rows;
        var siblings = rows.FindAll(r => r.Parent == parent);
        var to = siblings.IndexOf(row) + step;
        if (to < 0 || to >= siblings.Count)
            return rows;
        var other = siblings[to];
        return rows.ConvertAll(r => ReferenceEquals(r, row) ? other : ReferenceEquals(r, other) ? row : r);
    }

    /// <summary>Moves a row to the end of the group beside it.</summary>
    public static List<RuleFormRow> Into(List<RuleFormRow> rows, int id) => rows.Find(r => r.Id == id) is { } row && GroupBeside(rows, row) is { } group
        ? [.. rows.Where(r => r.Id != id), row with { Parent = group.Id }] : rows;

    /// <summary>Moves a row out of its group, to the place after it.</summary>
    public static List<RuleFormRow> Out(List<RuleFormRow> rows, int id)
    {
        if (rows.Find(r => r.Id == id) is not { } row || GroupAround(rows, row) is not { } group)
            return rows;
        var left = rows.FindAll(r => r.Id != id);
        left.Insert(left.FindIndex(r => r.Id == group.Id) + 1, row with { Parent = group.Parent });
        return left;
    }

    /// <summary>Moves a row into a group, before one of its rows or (null) to its end; the same rows where it cannot stand there.</summary>
    public static List<RuleFormRow> Place(List<RuleFormRow> rows, int id, int parent, int? before)
    {
        var (row, group) = (rows.Find(r => r.Id == id), rows.Find(r => r.Id == parent));
        if (row is not { Parent: not null, Kind: not "step" } || group is null || before == id || !(IsGroup(group) || group.Kind is "pets" or "event" or "step") || IsWithin(rows, group, id) || InsideOf(rows, parent) != InsideOf(rows, row.Parent))
            return rows;
        var left = rows.FindAll(r => r.Id != id);
        var at = before is null ? left.Count : left.FindIndex(r => r.Id == before && r.Parent == parent);
        if (at < 0)
            return rows;
        left.Insert(at, row with { Parent = parent });
        return left;
    }

    private static bool IsWithin(List<RuleFormRow> rows, RuleFormRow? row, int id)
    {
        for (var steps = 0; row is not null && steps < RuleJson.MaxNodes; steps++, row = rows.Find(r => r.Id == row.Parent))
            if (row.Id == id)
                return true;
        return false;
    }

    /// <summary>The group a row can be moved into: the nearest sibling above, else below.</summary>
    public static RuleFormRow? GroupBeside(IReadOnlyList<RuleFormRow> rows, RuleFormRow row)
    {
        var siblings = rows.Where(r => r.Parent == row.Parent && row.Parent is not null).ToList();
        var at = siblings.FindIndex(r => r.Id == row.Id);
        return siblings.Take(Math.Max(at, 0)).LastOrDefault(IsGroup) ?? siblings.Skip(at + 1).FirstOrDefault(IsGroup);
    }

    /// <summary>The group a row can be moved out of; null in the outermost one, and where pets or events set other traits.</summary>
    public static RuleFormRow? GroupAround(IReadOnlyList<RuleFormRow> rows, RuleFormRow row) =>
        rows.FirstOrDefault(r => r.Id == row.Parent) is { Parent: not null } group && IsGroup(group) ? group : null;

    private static bool IsGroup(RuleFormRow row) => row.Kind is "all" or "any" or "none";

    /// <summary>Which traits may stand inside a group: of a pet, of an event, or of the shopper.</summary>
    public static TraitScope InsideOf(IReadOnlyList<RuleFormRow> rows, int? group)
    {
        for (var steps = 0; group is { } id && steps < RuleJson.MaxNodes; steps++)
        {
            var row = rows.FirstOrDefault(r => r.Id == id);
            switch (row?.Kind)
            {
                case "pets": return TraitScope.Pet;
                case "event" or "step": return TraitScope.Event;
                default: group = row?.Parent; break;
            }
        }
        return TraitScope.Shopper;
    }

    private static string First(TraitScope scope) => scope switch { TraitScope.Pet => "species", TraitScope.Event => "category", _ => "orders.count" };
}
