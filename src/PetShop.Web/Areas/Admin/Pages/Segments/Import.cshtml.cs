using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Brings a segment in from a file: read, checked and previewed over this shop's shoppers before anything is saved.</summary>
public sealed class ImportModel(PetShopDb db, RulePreviewer previewer, SegmentSaving saving) : PageModel
{
    public sealed record ImportForm
    {
        public IFormFile? Upload { get; init; }
        public string? Json { get; init; }
        [StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string? Name { get; init; }
        [RegularExpression(RuleNames.ListKeyPattern, ErrorMessage = "Use small letters, digits and single dashes, such as puppy-owners; 60 at most.")] public string? Key { get; init; }
        [StringLength(500, ErrorMessage = "Keep the note under 500 letters.")] public string? Description { get; init; }
        /// <summary>Version of the segment of this key when the file was checked; 0 where there was none.</summary>
        public int Seen { get; init; }
    }

    [BindProperty] public ImportForm Input { get; set; } = new();
    public IReadOnlyList<RuleError> Errors { get; private set; } = [];
    public RulePreview? Preview { get; private set; }
    /// <summary>The segment of this shop that has the key already.</summary>
    public Segment? Existing { get; private set; }

    /// <param name="action">check, or save.</param>
    public async Task<IActionResult> OnPostAsync(string? action, CancellationToken cancel)
    {
        if (Input.Upload is { Length: > 0 } upload)
        {
            using var reader = new StreamReader(upload.OpenReadStream());
            Input = new() { Json = await reader.ReadToEndAsync(cancel) };
        }
        var file = SegmentFile.Read(Input.Json ?? "", out var errors);
        Errors = errors;
        if (file is null)
            return Page();
        if (Input.Key is null && Input.Name is null)
        {
            Input = Input with { Key = file.Key, Name = file.Name, Description = file.Description };
            ModelState.Clear();
            TryValidateModel(Input, nameof(Input));
        }
        Existing = await db.Segments.SingleOrDefaultAsync(s => s.Slug == Input.Key, cancel);
        Errors = file.Faults(await previewer.ReferencesAsync(cancel), Input.Key);
        if (Errors.Count > 0 || !await PreviewAsync(file.Rule, cancel) || action != "save")
            return Page();
        return await SaveAsync(file.Rule, cancel);
    }

    private async Task<bool> PreviewAsync(Rule rule, CancellationToken cancel)
    {
        try
        {
            Preview = await previewer.PreviewAsync(rule, Existing?.Slug, cancel);
            return true;
        }
        catch (SegmentReferenceException fault)
        {
            Errors = [new("$.rule", fault.Message, "Bring in first what it rests on.")];
            return false;
        }
    }

    private async Task<IActionResult> SaveAsync(Rule rule, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Input.Key))
            ModelState.AddModelError("Input.Key", "Give it a key.");
        if (!Phrases.IsName(Input.Name))
            ModelState.AddModelError("Input.Name", "Give it a name that can be seen.");
        if (Existing is not null && Existing.Version != Input.Seen)
            ModelState.AddModelError("", $"{Existing.UpdatedBy} saved version {Existing.Version} of “{Existing.Name}” since this was checked. Look again at what changes, then save.");
        if (!ModelState.IsValid)
            return Page();
        // Nobody shall see a banner because of a file: a new segment is off until somebody switches it on.
        var segment = Existing ?? db.Segments.Add(new() { Slug = Input.Key!, Name = "", Rule = "{}", Version = 0, IsActive = false }).Entity;
        (segment.Name, segment.Description) = (Input.Name!.Trim(), Input.Description?.Trim() ?? "");
        if (!await saving.SaveAsync(segment, RuleJson.Write(rule), AuditLog.Who(HttpContext), cancel))
        {
            ModelState.AddModelError("", "Somebody saved this segment, or one of this key, meanwhile. Check the file again.");
            return Page();
        }
        TempData["Toast"] = Existing is null ? "Brought in. It is off: look at it, then switch it on." : $"Brought in as version {segment.Version}.";
        return this.Leave($"/admin/segments/{segment.Id}");
    }
}
