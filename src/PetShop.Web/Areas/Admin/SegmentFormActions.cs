using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;

namespace PetShop.Web.Areas.Admin;

/// <summary>What the buttons of the rule editor do to its form.</summary>
public static class SegmentFormActions
{
    /// <summary>The form after a button, where the keyboard stands then, and what is said to those who do not see it.</summary>
    /// <param name="action">to-json, to-form, add:kind:group, place:row:group:before, or remove, up, down, into or out with the row; anything else changes nothing.</param>
    public static (SegmentForm Form, string? Focus, string Said) Apply(SegmentForm form, string action, string said)
    {
        var before = form.Rows;
        (SegmentForm Form, string? Focus, string Said) after = action.Split(':') switch
        {
            ["add", var kind, var group] when int.TryParse(group, out var parent) && SegmentFormRows.Add(before, parent, kind) is var rows => (form with { Rows = rows }, $"{FirstOf(rows, kind)}:first", "A row was added."),
            ["remove", var row] when int.TryParse(row, out var id) => (form with { Rows = SegmentFormRows.Remove(before, id) }, $"{before.Find(r => r.Id == id)?.Parent}:add", "The row was taken out."),
            ["up", var row] when int.TryParse(row, out var id) => (form with { Rows = SegmentFormRows.Move(before, id, -1) }, MoveFocus(id, "up"), "Moved up."),
            ["down", var row] when int.TryParse(row, out var id) => (form with { Rows = SegmentFormRows.Move(before, id, 1) }, MoveFocus(id, "down"), "Moved down."),
            ["into", var row] when int.TryParse(row, out var id) => (form with { Rows = SegmentFormRows.Into(before, id) }, MoveFocus(id, "out"), "Moved into the group."),
            ["out", var row] when int.TryParse(row, out var id) => (form with { Rows = SegmentFormRows.Out(before, id) }, MoveFocus(id, "into"), "Moved out of the group."),
            ["place", var row, var group, var sibling] when int.TryParse(row, out var id) && int.TryParse(group, out var parent)
                && SegmentFormRows.Place(before, id, parent, int.TryParse(sibling, out var next) ? next : null) is var rows => (form with { Rows = rows }, null, ReferenceEquals(rows, before) ? "It cannot stand there." : "Moved."),
            ["to-json"] when RuleForm.Read(before, Money.Figures, out _) is { } rule => (form with { Mode = "json", Json = RuleJson.Write(rule, indented: true) }, "json", "The rule is JSON now."),
            ["to-form"] when RuleJson.TryParse(form.Json ?? "", out var rule, out _) => (form with { Mode = "form", Rows = [.. RuleForm.Rows(Grouped(rule!), Money.Figures)] }, "0:first", "The rule is a form now."),
            _ => (form, null, said),
        };
        // At the end of its list a row has no such button any more: the keyboard stays on another one of it.
        if (after.Focus?.Split(":move-") is [var moved, var wish] && after.Form.Rows.Find(r => $"{r.Id}" == moved) is { } now
            && new RuleEditor(after.Form.Rows, [], []).Moves(now).Select(m => m.Action).ToList() is { Count: > 0 } left && !left.Contains(wish))
            after.Focus = MoveFocus(now.Id, left[0]);
        return after;
    }

    /// <summary>The rule with a group outermost, so that there is always something to add to.</summary>
    public static Rule Grouped(Rule rule) => rule is AllRule or AnyRule ? rule : new AllRule([rule]);

    // Of a row just added the keyboard takes the first field; of a sequence, that of its first step.
    private static int FirstOf(List<RuleFormRow> rows, string kind) => rows.Max(r => r.Id) - (kind == "sequence" ? 1 : 0);

    private static string MoveFocus(int id, string action) => $"{id}:move-{action}";
}
