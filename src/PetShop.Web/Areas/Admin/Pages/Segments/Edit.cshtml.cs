using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Makes or edits a segment: nested groups of rows, or JSON, with a preview over the real shoppers that follows every edit.</summary>
public sealed class EditModel(
    PetShopDb db, SegmentSaving saving, RulePreviewer previewer, SaveQuestions questions, CatalogueNameReader catalogue, SegmentCare care, IOptions<ShopOptions> shop, IOptions<TargetingOptions> targeting) : PageModel
{
    private const int MostCities = 1000;

    private RuleReferences? _references;

    [BindProperty] public SegmentForm Input { get; set; } = new();
    /// <summary>The trait whose spread is drawn.</summary>
    [BindProperty] public string? Trait { get; set; }
    public int? Id { get; private set; }
    public IReadOnlyList<RuleFormFault> Faults { get; private set; } = [];
    public IReadOnlyList<RuleError> JsonErrors { get; private set; } = [];
    public RulePreview? Preview { get; private set; }
    public TraitSpread? Spread { get; private set; }
    public SaveQuestion? Question { get; private set; }
    public IReadOnlyList<(string Slug, string Name)> Others { get; private set; } = [];
    public IReadOnlyList<(string Slug, string Name)> Lists { get; private set; } = [];
    /// <summary>What value fields offer, by the id of the list.</summary>
    public IReadOnlyList<(string Id, IEnumerable<CatalogueName> Names)> Choices { get; private set; } = [];
    /// <summary>Where shoppers live, most of them first; only where the rule asks for it.</summary>
    public IReadOnlyList<string> Cities { get; private set; } = [];
    /// <summary>The segment as stored; null for a new one.</summary>
    public Segment? Stored { get; private set; }
    /// <summary>Which control the keyboard stands on after a change of the rows.</summary>
    public string? Focus { get; private set; }
    /// <summary>What just changed, for those who do not see it.</summary>
    public string Said { get; private set; } = "";
    /// <summary>Why the rule is not shown the other way; empty when nothing stands against it.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>Over few shoppers the exact answer is as quick as the rough one, so it comes by itself.</summary>
    public bool IsSmall => Preview is { IsRough: false } && Preview.Shoppers < targeting.Value.SampledFrom;
    /// <summary>The closer look of before stands until that of now comes, in a moment.</summary>
    public bool KeepsCloser => IsSmall && Preview!.IsEstimate;

    /// <param name="id">The segment; null for a new one.</param>
    /// <param name="rule">JSON that a new segment starts with, as proposals do.</param>
    public async Task<IActionResult> OnGetAsync(int? id, string? rule, CancellationToken cancel)
    {
        if (!await LoadPageAsync(id, cancel))
            return NotFound();
        Input = Stored is not null ? FormOf(Stored, Stored.Rule)
            : RuleJson.TryParse(rule ?? "", out var proposed, out _) ? new() { Rows = [.. RuleForm.Rows(SegmentFormActions.Grouped(proposed!), Money.Figures)] }
            : new() { Rows = SegmentForm.EmptyRows, Owner = AuditLog.Who(HttpContext) };
        await OfferCitiesAsync(cancel);
        if ((Stored is not null || rule is not null) && Current() is { } current)
            await PreviewAsync(current, isRough: true, cancel);
        return Page();
    }

    /// <param name="id">The segment; null for a new one.</param>
    /// <param name="action">What the pressed button does: save, confirm, preview, to-json, to-form, add:kind:group, place:row:group:before, or remove, up, down, into or out with the row.</param>
    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        if (!await LoadPageAsync(id, cancel))
            return NotFound();
        if (Stored is not null)
            ModelState.Remove("Input.Slug");
        if (action is "save" or "confirm")
            return await SaveAsync(action == "confirm", cancel);
        (Input, Focus, Said) = SegmentFormActions.Apply(Input, action ?? "", Said);
        var (faults, errors) = (Faults, JsonErrors);
        if (Current() is { } rule)
            await PreviewAsync(rule, isRough: action != "preview", cancel);
        else if (action is "to-json" or "to-form")
        {
            // A rule with a name the catalogue lacks is shown all the same, with its faults.
            if (action != $"to-{Input.Mode}")
                Said = Refusal = "It cannot be shown that way before what is wrong is mended.";
        }
        else if (action is not "preview")
            (Faults, JsonErrors) = (faults, errors); // A row just added is not wrong yet, only unfinished.
        ModelState.Clear();
        return Page();
    }

    /// <summary>The rough preview, while somebody edits.</summary>
    public Task<IActionResult> OnPostEstimateAsync(int? id, CancellationToken cancel) => PreviewPartAsync(id, isRough: true, cancel);

    /// <summary>The exact preview, when asked.</summary>
    public Task<IActionResult> OnPostCloserAsync(int? id, CancellationToken cancel) => PreviewPartAsync(id, isRough: false, cancel);

    /// <summary>The spread of a trait under the rule as edited.</summary>
    public async Task<IActionResult> OnPostSpreadAsync(int? id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (Current() is { } rule)
            await SpreadAsync(rule, cancel);
        return Partial("_Spread", this);
    }

    /// <summary>Notes that somebody looks at the segment.</summary>
    public async Task<IActionResult> OnPostSeenAsync(int id, CancellationToken cancel)
    {
        await care.NoteOpenedAsync(id, cancel);
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (await care.DeleteAsync(Stored!, AuditLog.Who(HttpContext), cancel) is { Count: > 0 } uses)
        {
            TempData["Toast"] = $"It is still used, and so it stays: {string.Join(", ", uses.Select(u => $"{u} {u.How}"))}. Take it out there first.";
            return Redirect($"/admin/segments/{id}");
        }
        TempData["Toast"] = $"The segment “{Stored!.Name}” is gone.";
        return Redirect("/admin/segments");
    }

    private async Task<IActionResult> PreviewPartAsync(int? id, bool isRough, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (Current() is { } rule)
            await PreviewAsync(rule, isRough, cancel);
        ModelState.Clear();
        return Partial("_PreviewPart", this);
    }

    /// <summary>What the whole page shows beside the rule; parts of it do without.</summary>
    private async Task<bool> LoadPageAsync(int? id, CancellationToken cancel)
    {
        Choices = [.. RuleChoices.Of(await catalogue.ReadAsync(cancel))];
        return await LoadAsync(id, cancel);
    }

    private async Task<bool> LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        var all = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Slug, s.Name }).ToListAsync(cancel);
        Others = [.. all.Where(s => s.Id != id).Select(s => (s.Slug, s.Name))];
        _references = await previewer.ReferencesAsync(cancel);
        Lists = [.. (await db.ShopperLists.AsNoTracking().OrderBy(l => l.Name).Select(l => new { l.Slug, l.Name }).ToListAsync(cancel)).Select(l => (l.Slug, l.Name))];
        await OfferCitiesAsync(cancel);
        if (id is null)
            return true;
        Stored = await db.Segments.SingleOrDefaultAsync(s => s.Id == id, cancel);
        return Stored is not null;
    }

    // Cities are compared letter by letter, so they are offered and completed as shoppers have them; a place of few people is not told.
    private async Task OfferCitiesAsync(CancellationToken cancel)
    {
        if (!RuleChoices.AskForCity(Input.Rows))
            return;
        Cities = await db.Shoppers.Where(s => s.City != null).GroupBy(s => s.City!).Where(g => g.Count() >= TraitSpreads.FewPeople).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostCities).Select(g => g.Key).ToListAsync(cancel);
        Input = Input with { Rows = RuleChoices.Completed(Input.Rows, Cities) };
    }

    private SegmentForm FormOf(Segment segment, string json)
    {
        var isRule = RuleJson.TryParse(json, out var rule, out _);
        return new()
        {
            Name = segment.Name, Slug = segment.Slug, Description = segment.Description, IsActive = segment.IsActive, Version = segment.Version,
            Owner = segment.Owner, Purpose = segment.Purpose, ReviewBy = segment.ReviewBy,
            StartsAt = shop.Value.ToLocal(segment.StartsAt), EndsAt = shop.Value.ToLocal(segment.EndsAt),
            Mode = isRule ? "form" : "json", Json = isRule ? null : json, Rows = isRule ? [.. RuleForm.Rows(SegmentFormActions.Grouped(rule!), Money.Figures)] : SegmentForm.EmptyRows,
        };
    }

    /// <summary>The rule as edited; null with the faults noted where it is none.</summary>
    private Rule? Current()
    {
        (Faults, JsonErrors) = ([], []);
        if (Input.Mode == "json")
        {
            if (RuleJson.TryParse(Input.Json ?? "", out var typed, out var errors))
                errors = NamesIn(Input.Json!);
            JsonErrors = errors;
            return errors.Count == 0 ? typed : null;
        }
        var rule = RuleForm.Read(Input.Rows, Money.Figures, out var faults, NamesIn);
        Faults = faults;
        return rule;
    }

    private IReadOnlyList<RuleError> NamesIn(string json) => _references!.Faults(json, Stored?.Slug ?? Input.Slug);

    private async Task PreviewAsync(Rule rule, bool isRough, CancellationToken cancel)
    {
        try
        {
            Preview = isRough ? await previewer.EstimateAsync(rule, Stored?.Slug, cancel) : await previewer.PreviewAsync(rule, Stored?.Slug, cancel);
            if (!isRough)
                await SpreadAsync(rule, cancel);
        }
        catch (SegmentReferenceException fault)
        {
            Fault(fault.Message);
        }
    }

    private async Task SpreadAsync(Rule rule, CancellationToken cancel)
    {
        Trait ??= "lifecycle.stage";
        if ((TraitCatalogue.Find(Trait, TraitScope.Shopper) ?? TraitCatalogue.Find(Trait, TraitScope.Pet)) is { } trait && TraitSpreadSql.Covers(trait))
            Spread = await previewer.SpreadAsync(trait, rule, Stored?.Slug, cancel);
    }

    private void Fault(string message)
    {
        if (Input.Mode == "json")
            JsonErrors = [new("$", message, "")];
        else
            Faults = [new(Input.Rows.FirstOrDefault(r => r.Parent is null)?.Id ?? 0, message, "")];
    }

    private async Task<IActionResult> SaveAsync(bool isConfirmed, CancellationToken cancel)
    {
        if (Stored is null && string.IsNullOrEmpty(Input.Slug) && Phrases.IsName(Input.Name))
        {
            Input = Input with { Slug = SegmentKeys.Free(Input.Name, Others.Select(o => o.Slug)) };
            ModelState.Remove("Input.Slug");
        }
        var rule = Current();
        await CheckAsync(rule, cancel);
        if (!ModelState.IsValid || rule is null || Faults.Count + JsonErrors.Count > 0)
            return Page();
        if (Stored is not null && await questions.OfAsync(Stored, Edited(), rule, cancel) is { } question && !(isConfirmed && Input.Confirmed == question.Fingerprint))
        {
            (Question, Said) = (question, "Nothing is saved yet: look at what changes, then confirm.");
            return Page();
        }
        var segment = Stored ?? db.Segments.Add(new() { Slug = Input.Slug!, Name = Input.Name, Rule = "{}", Version = 0 }).Entity;
        Fill(segment);
        if (!await saving.SaveAsync(segment, RuleJson.Write(rule), AuditLog.Who(HttpContext), cancel))
        {
            ModelState.AddModelError("", "Somebody else saved this segment, or one with this key, at the same moment. Open the segment in a second window, compare, and save again there.");
            return Page();
        }
        TempData["Toast"] = $"Saved as version {segment.Version}. {(segment.IsActive ? "Pages follow from now on." : "It is off, so no page asks for it yet.")}";
        return this.Leave($"/admin/segments/{segment.Id}");
    }

    private async Task CheckAsync(Rule? rule, CancellationToken cancel)
    {
        if (!Phrases.IsName(Input.Name))
            ModelState.AddModelError("Input.Name", "Give it a name that can be seen.");
        if (Input.EndsAt <= Input.StartsAt)
            ModelState.AddModelError("Input.EndsAt", "The end comes after the start.");
        if (Stored is null && await db.Segments.AnyAsync(s => s.Slug == Input.Slug, cancel))
            ModelState.AddModelError("Input.Slug", $"There is a segment '{Input.Slug}' already; choose another key.");
        if (Stored is not null && Stored.Version != Input.Version)
            ModelState.AddModelError("", $"{Stored.UpdatedBy} saved version {Stored.Version} meanwhile. Open the segment in a second window, compare, and save again there.");
        if (rule is not null)
            try
            {
                await previewer.CheckAsync(rule, Stored?.Slug, cancel);
            }
            catch (SegmentReferenceException fault)
            {
                Fault(fault.Message);
            }
    }

    private SegmentSchedule Edited() => new(Input.IsActive, shop.Value.ToInstant(Input.StartsAt), shop.Value.ToInstant(Input.EndsAt));

    private void Fill(Segment segment)
    {
        (segment.Name, segment.Description, segment.IsActive) = (Input.Name.Trim(), Input.Description?.Trim() ?? "", Input.IsActive);
        (segment.Owner, segment.Purpose, segment.ReviewBy) = (Input.Owner?.Trim() ?? "", Input.Purpose?.Trim() ?? "", Input.ReviewBy);
        (segment.StartsAt, segment.EndsAt) = (shop.Value.ToInstant(Input.StartsAt), shop.Value.ToInstant(Input.EndsAt));
    }
}
