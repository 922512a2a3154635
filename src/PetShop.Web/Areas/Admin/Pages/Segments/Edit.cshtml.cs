using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Makes or edits a segment: nested groups of rows, or JSON, with a preview over the real shoppers.</summary>
public sealed class EditModel(
    PetShopDb db, SegmentSaving saving, RulePreviewer previewer, IOptions<ShopOptions> shop) : PageModel
{
    public sealed record VersionLine(int Version, DateTimeOffset SavedAt, string SavedBy, string Sentence);

    [BindProperty] public SegmentForm Input { get; set; } = new();
    public int? Id { get; private set; }
    public IReadOnlyList<RuleFormFault> Faults { get; private set; } = [];
    public IReadOnlyList<RuleError> JsonErrors { get; private set; } = [];
    public RulePreview? Preview { get; private set; }
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];
    public IReadOnlyList<(string Slug, string Name)> Others { get; private set; } = [];
    public IReadOnlyList<(string Slug, string Name)> Lists { get; private set; } = [];
    /// <summary>The segment as stored; null for a new one.</summary>
    public Segment? Stored { get; private set; }

    /// <param name="id">The segment; null for a new one.</param>
    /// <param name="rule">JSON that a new segment starts with, as proposals do.</param>
    public async Task<IActionResult> OnGetAsync(int? id, string? rule, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        Input = Stored is not null ? FormOf(Stored, Stored.Rule)
            : RuleJson.TryParse(rule ?? "", out var proposed, out _) ? new() { Rows = [.. RuleForm.Rows(Grouped(proposed!))] }
            : new() { Rows = SegmentForm.EmptyRows };
        if ((Stored is not null || rule is not null) && Current() is { } current)
            await PreviewAsync(current, cancel);
        return Page();
    }

    /// <param name="id">The segment; null for a new one.</param>
    /// <param name="action">What the pressed button does: save, preview, to-json, to-form, add:kind:group or remove:row.</param>
    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (Stored is not null)
            ModelState.Remove("Input.Slug");
        if (action == "save")
            return await SaveAsync(cancel);
        ChangeRows(action ?? "");
        var (faults, errors) = (Faults, JsonErrors);
        if (Current() is { } rule)
            await PreviewAsync(rule, cancel);
        else if (action is not "preview")
            (Faults, JsonErrors) = (faults, errors); // A row just added is not wrong yet, only unfinished.
        ModelState.Clear();
        return Page();
    }

    /// <summary>Brings an earlier rule back as a new version.</summary>
    public async Task<IActionResult> OnPostRollbackAsync(int id, int version, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel) || await db.SegmentVersions.FindAsync([id, version], cancel) is not { } earlier)
            return NotFound();
        TempData["Toast"] = await saving.SaveAsync(Stored!, earlier.Rule, AuditLog.Who(HttpContext), cancel)
            ? $"Version {version} is back, as version {Stored!.Version}." : "Somebody else saved this segment at the same moment; look at what it is now and try again.";
        return Redirect($"/admin/segments/{id}");
    }

    private async Task<bool> LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        var all = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Slug, s.Name }).ToListAsync(cancel);
        Others = [.. all.Where(s => s.Id != id).Select(s => (s.Slug, s.Name))];
        Lists = [.. (await db.ShopperLists.AsNoTracking().OrderBy(l => l.Name).Select(l => new { l.Slug, l.Name }).ToListAsync(cancel)).Select(l => (l.Slug, l.Name))];
        if (id is null)
            return true;
        Stored = await db.Segments.SingleOrDefaultAsync(s => s.Id == id, cancel);
        var versions = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == id).OrderByDescending(v => v.Version).Take(20).ToListAsync(cancel);
        Versions = [.. versions.Select(v => new VersionLine(v.Version, v.SavedAt, v.SavedBy, RuleJson.TryParse(v.Rule, out var rule, out _) ? RuleSentence.Of(rule!) : "A rule that can no longer be read."))];
        return Stored is not null;
    }

    private SegmentForm FormOf(Segment segment, string json)
    {
        var isRule = RuleJson.TryParse(json, out var rule, out _);
        return new()
        {
            Name = segment.Name, Slug = segment.Slug, Description = segment.Description, IsActive = segment.IsActive, Version = segment.Version,
            StartsAt = shop.Value.ToLocal(segment.StartsAt), EndsAt = shop.Value.ToLocal(segment.EndsAt),
            Mode = isRule ? "form" : "json", Json = isRule ? null : json, Rows = isRule ? [.. RuleForm.Rows(Grouped(rule!))] : SegmentForm.EmptyRows,
        };
    }

    // The outermost row is a group, so that there is always something to add to.
    private static Rule Grouped(Rule rule) => rule is AllRule or AnyRule ? rule : new AllRule([rule]);

    private void ChangeRows(string action)
    {
        var parts = action.Split(':');
        Input = parts switch
        {
            ["add", var kind, var group] when int.TryParse(group, out var parent) => Input with { Rows = SegmentFormRows.Add(Input.Rows, parent, kind) },
            ["remove", var row] when int.TryParse(row, out var id) => Input with { Rows = SegmentFormRows.Remove(Input.Rows, id) },
            ["to-json"] when RuleForm.Read(Input.Rows, out var faults) is { } rule => Input with { Mode = "json", Json = RuleJson.Write(rule, indented: true) },
            ["to-form"] when RuleJson.TryParse(Input.Json ?? "", out var rule, out _) => Input with { Mode = "form", Rows = [.. RuleForm.Rows(Grouped(rule!))] },
            _ => Input,
        };
    }

    /// <summary>The rule as edited; null with the faults noted where it is none.</summary>
    private Rule? Current()
    {
        (Faults, JsonErrors) = ([], []);
        if (Input.Mode == "json")
        {
            if (RuleJson.TryParse(Input.Json ?? "", out var typed, out var errors))
                return typed;
            JsonErrors = errors;
            return null;
        }
        var rule = RuleForm.Read(Input.Rows, out var faults);
        Faults = faults;
        return rule;
    }

    private async Task<bool> PreviewAsync(Rule rule, CancellationToken cancel)
    {
        try
        {
            Preview = await previewer.PreviewAsync(rule, Stored?.Slug, cancel);
            return true;
        }
        catch (SegmentReferenceException fault)
        {
            Fault(fault.Message);
            return false;
        }
    }

    private void Fault(string message)
    {
        if (Input.Mode == "json")
            JsonErrors = [new("$", message, "")];
        else
            Faults = [new(Input.Rows.FirstOrDefault(r => r.Parent is null)?.Id ?? 0, message, "")];
    }

    private async Task<IActionResult> SaveAsync(CancellationToken cancel)
    {
        var rule = Current();
        if (Input.EndsAt <= Input.StartsAt)
            ModelState.AddModelError("Input.EndsAt", "The end comes after the start.");
        if (Stored is null && await db.Segments.AnyAsync(s => s.Slug == Input.Slug, cancel))
            ModelState.AddModelError("Input.Slug", $"There is a segment '{Input.Slug}' already; choose another key.");
        if (Stored is not null && Stored.Version != Input.Version)
            ModelState.AddModelError("", $"{Stored.UpdatedBy} saved version {Stored.Version} meanwhile. Open the segment in a second window, compare, and save again there.");
        var isSound = rule is not null && await PreviewAsync(rule, cancel);
        if (!ModelState.IsValid || !isSound)
            return Page();
        var segment = Stored ?? db.Segments.Add(new() { Slug = Input.Slug, Name = Input.Name, Rule = "{}", Version = 0 }).Entity;
        (segment.Name, segment.Description, segment.IsActive) = (Input.Name.Trim(), Input.Description?.Trim() ?? "", Input.IsActive);
        (segment.StartsAt, segment.EndsAt) = (shop.Value.ToInstant(Input.StartsAt), shop.Value.ToInstant(Input.EndsAt));
        if (!await saving.SaveAsync(segment, RuleJson.Write(rule!), AuditLog.Who(HttpContext), cancel))
        {
            ModelState.AddModelError("", "Somebody else saved this segment, or one with this key, at the same moment. Open the segment in a second window, compare, and save again there.");
            return Page();
        }
        TempData["Toast"] = $"Saved as version {segment.Version}. Pages follow from now on.";
        return this.Leave($"/admin/segments/{segment.Id}");
    }
}
