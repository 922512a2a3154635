using System.Text.Json.Nodes;

namespace PetShop.Targeting.Segments;

/// <summary>Lays a rule out as editor rows and reads them back; the faults are the parser's own, put beside their rows.</summary>
public static class RuleForm
{
    /// <summary>Lays a rule out, parents before children, ids counting from zero.</summary>
    public static IReadOnlyList<RuleFormRow> Rows(Rule rule, FigureWords figures)
    {
        var rows = new List<RuleFormRow>();
        new RuleFormLayout(figures, rows).Add(rule, null);
        return rows;
    }

    /// <summary>Reads rows back to a rule; null with at least one fault when they make none.</summary>
    /// <param name="figures">In whose units the fields are typed.</param>
    /// <param name="check">What else is asked of the JSON of a sound rule, such as whether all it names is there.</param>
    public static Rule? Read(IReadOnlyList<RuleFormRow> rows, FigureWords figures, out IReadOnlyList<RuleFormFault> faults, Func<string, IReadOnlyList<RuleError>>? check = null)
    {
        var roots = rows.Where(r => r.Parent is null).ToList();
        if (roots.Count != 1)
        {
            faults = [new(roots.FirstOrDefault()?.Id ?? 0, $"The form has {roots.Count} roots.", "Keep one group around all rows.")];
            return null;
        }
        // A sequence is one node of a rule and three rows of a form.
        if (rows.Count(r => r.Kind != "step") > RuleJson.MaxNodes || rows.Count > 3 * RuleJson.MaxNodes || rows.DistinctBy(r => r.Id).Count() != rows.Count)
        {
            faults = [new(roots[0].Id, $"The form has more than {RuleJson.MaxNodes} rows, or two of one id.", "Move a part to a segment of its own.")];
            return null;
        }
        var reader = new RuleFormReader(rows, figures);
        var json = reader.Build(roots[0], "$", TraitScope.Shopper, 1);
        if (json is JsonObject top)
            top["v"] = RuleJson.Version;
        var text = json?.ToJsonString() ?? "null";
        if (RuleJson.TryParse(text, out var rule, out var errors) && check is not null)
            errors = check(text);
        faults = [.. reader.Faults, .. reader.Lost(), .. errors.Select(e => new RuleFormFault(reader.RowAt(e.Path), e.Cause, e.Mend))];
        return faults.Count == 0 ? rule : null;
    }
}
