using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Web.Illustrations;
using PetShop.Web.Pages.Shared.Components.BannerSlot;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Banners;

/// <summary>Makes or edits a banner beside a picture of how it will look.</summary>
public sealed class EditModel(PetShopDb db, ActiveRules rules, BannerExperiments experiments, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    /// <summary>A variant beside the first one; words left empty are those of the first.</summary>
    public sealed record VariantForm
    {
        [StringLength(80, ErrorMessage = "Keep the title under 80 letters: it stands in large type.")] public string? Title { get; init; }
        [StringLength(240, ErrorMessage = "Keep the text under 240 letters.")] public string? Text { get; init; }
        [StringLength(40, ErrorMessage = "Keep the button under 40 letters.")] public string? LinkLabel { get; init; }
        public string? Illustration { get; init; }
        [Range(0, 359, ErrorMessage = "A hue is between 0 and 359.")] public short Hue { get; init; } = 75;
        [Range(0, 1000, ErrorMessage = "A weight is between 0 and 1,000.")] public short Weight { get; init; } = 50;
    }

    public sealed record Form
    {
        [Required(ErrorMessage = "Give it a name to find it by."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";
        [Required(ErrorMessage = "Give it a title."), StringLength(80, ErrorMessage = "Keep the title under 80 letters: it stands in large type.")] public string Title { get; init; } = "";
        [StringLength(240, ErrorMessage = "Keep the text under 240 letters.")] public string? Text { get; init; }
        [Required(ErrorMessage = "Say what the button does."), StringLength(40, ErrorMessage = "Keep the button under 40 letters.")] public string LinkLabel { get; init; } = "";
        [Required(ErrorMessage = "Say where the button leads."), RegularExpression(@"^(/(?![/\\])\S*|https://\S+)$", ErrorMessage = "Start with / for a page of the shop, or with https://.")] public string LinkUrl { get; init; } = "";
        [Required(ErrorMessage = "Choose a picture.")] public string Illustration { get; init; } = "hero-dog";
        [Range(0, 359, ErrorMessage = "A hue is between 0 and 359.")] public short Hue { get; init; } = 75;
        [Required(ErrorMessage = "Choose a placement.")] public string Placement { get; init; } = "home-hero";
        [Range(-1000, 1000, ErrorMessage = "A priority is between -1,000 and 1,000.")] public int Priority { get; init; }
        public bool IsActive { get; init; } = true;
        public DateTime? StartsAt { get; init; }
        public DateTime? EndsAt { get; init; }
        public int[] SegmentIds { get; init; } = [];
        public int[] ExcludedSegmentIds { get; init; } = [];
        [Range(0, 1000, ErrorMessage = "A weight is between 0 and 1,000.")] public short Weight { get; init; } = 50;
        public List<VariantForm> Variants { get; init; } = [];
        [Range(0, 50, ErrorMessage = "Keep at most half of the visitors from it.")] public short HoldoutPercent { get; init; }
        /// <summary>When the banner was last saved as the editor opened it: two people who edit at once do not overwrite each other unseen.</summary>
        public long Seen { get; init; }
        [Range(1, 1000, ErrorMessage = "A cap is between 1 and 1,000 views a day.")] public short? DailyCap { get; init; }
    }

    [BindProperty] public Form Input { get; set; } = new();
    public int? Id { get; private set; }
    public IReadOnlyList<(int Id, string Name, bool IsActive)> Segments { get; private set; } = [];
    public static IEnumerable<string> Pictures => Gallery.Keys.OrderBy(k => !k.StartsWith("hero-", StringComparison.Ordinal)).ThenBy(k => k, StringComparer.Ordinal);

    /// <summary>The test under way.</summary>
    public BannerExperiment? Experiment { get; private set; }

    /// <summary>How each variant will look, with its share of the visitors; never tracked.</summary>
    public IReadOnlyList<(BannerVariant Variant, double Share, BannerView View)> Previews
    {
        get
        {
            var variants = VariantsOf();
            var total = Math.Max(1.0, variants.Sum(l => l.Weight));
            var placement = Placement.Find(Input.Placement) ?? Placement.All[0];
            return [.. variants.Select(l => (l, l.Weight / total * (1 - Input.HoldoutPercent / 100.0), new BannerView(
                new(Id ?? 0, Typed(l.Title, "Your title"), l.Text, Typed(l.Illustration, "hero-dog"), Math.Clamp(l.Hue, 0, 359), Typed(Input.LinkUrl, "/"), Typed(l.LinkLabel, "Your button")),
                placement, Tracks: false, IsPreview: true)))];
        }
    }

    /// <summary>What the change of clocks makes of the times typed.</summary>
    public IReadOnlyList<string> ClockChanges => [.. new[] { Input.StartsAt, Input.EndsAt }.Select(t => shop.Value.ClockChange(t)).OfType<string>()];

    /// <summary>The variants as typed, the first one first; what was left empty is as in the first.</summary>
    private List<BannerVariant> VariantsOf() =>
    [
        new(BannerVariants.Key(0), Input.Weight, Trimmed(Input.Title), Trimmed(Input.Text), Trimmed(Input.Illustration), Input.Hue, Trimmed(Input.LinkLabel)),
        .. Input.Variants.Select((l, i) => new BannerVariant(BannerVariants.Key(i + 1), l.Weight, Typed(Trimmed(l.Title), Trimmed(Input.Title)), Typed(Trimmed(l.Text), Trimmed(Input.Text)),
            Typed(Trimmed(l.Illustration), Trimmed(Input.Illustration)), l.Hue, Typed(Trimmed(l.LinkLabel), Trimmed(Input.LinkLabel)))),
    ];

    private static string Trimmed(string? text) => text?.Trim() ?? "";

    // A field left empty is bound as null.
    private static string Typed(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;

    /// <param name="priority">From the collision board: another priority to look at before saving.</param>
    /// <param name="exclude">From the collision board: segments to spare, ticked but not saved.</param>
    /// <param name="segment">From a segment's playbook: whom a new banner is for.</param>
    public async Task<IActionResult> OnGetAsync(int? id, string? placement, int? priority, int[] exclude, int? segment, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        if (id is null)
            Input = new() { Placement = Placement.Find(placement)?.Key ?? "home-hero", SegmentIds = segment is { } member ? [member] : [] };
        else if (await db.Banners.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancel) is { } banner)
            Input = Proposed(FormOf(banner), priority, exclude);
        else
            return NotFound();
        return Page();
    }

    private static Form Proposed(Form form, int? priority, int[] exclude) => form with
    {
        Priority = priority ?? form.Priority, ExcludedSegmentIds = [.. form.ExcludedSegmentIds.Union(exclude).Except(form.SegmentIds)],
    };

    /// <summary>Id of what has the keyboard after a look was added or removed: a new look its title.</summary>
    public string? Focus { get; private set; }

    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        if (action != "save")
        {
            ModelState.Clear();
            Focus = action switch { "add-variant" => $"title-{Input.Variants.Count}", "preview" => "show", _ => "add-variant" };
            if (action == "add-variant" && Input.Variants.Count < BannerVariants.Most - 1)
                Input.Variants.Add(new() { Title = Input.Title, Text = Input.Text, LinkLabel = Input.LinkLabel, Illustration = Input.Illustration, Hue = Input.Hue });
            if (action?.StartsWith("drop-variant-", StringComparison.Ordinal) == true && int.TryParse(action["drop-variant-".Length..], out var place) && place >= 0 && place < Input.Variants.Count)
                Input.Variants.RemoveAt(place);
            return Page();
        }
        // Held until the save: who comes at the same moment waits, and is then told of it.
        await using var turn = await db.Database.BeginTransactionAsync(cancel);
        if (id is not null)
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM banners WHERE id = {id} FOR UPDATE", cancel);
        await CheckAsync(id, cancel);
        if (!ModelState.IsValid)
            return Page();
        var banner = id is null ? db.Banners.Add(new() { Name = "", Title = "", LinkUrl = "", LinkLabel = "", Placement = "" }).Entity : await db.Banners.FindAsync([id], cancel);
        if (banner is null)
            return NotFound();
        var before = Shown(banner);
        Fill(banner);
        var isNewRun = id is not null && before != Shown(banner);
        if (isNewRun)
            await experiments.ChangedAsync(db, banner, AuditLog.Who(HttpContext), cancel);
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        await rules.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, "banner saved", $"banner {banner.Id}: {banner.Name}", cancel);
        TempData["Toast"] = string.Join(" ", ClockChanges.Prepend(isNewRun && Experiment is not null ? "Saved. The test counts anew from now on: what is shown has changed." : "Saved. Pages show it from now on."));
        return this.Leave($"/admin/banners/{banner.Id}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        await db.Banners.Where(b => b.Id == id).ExecuteDeleteAsync(cancel);
        await rules.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, "banner deleted", $"banner {id}", cancel);
        TempData["Toast"] = "The banner is gone.";
        return Redirect("/admin/banners");
    }

    private async Task LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.IsActive }).ToListAsync(cancel);
        Segments = [.. segments.Select(s => (s.Id, s.Name, s.IsActive))];
        Experiment = id is null ? null : await db.BannerExperiments.AsNoTracking().SingleOrDefaultAsync(t => t.BannerId == id && t.EndedAt == null, cancel);
    }

    private async Task CheckAsync(int? id, CancellationToken cancel)
    {
        if (id is not null && await db.Banners.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancel) is { } stored && stored.UpdatedAt.UtcTicks != Input.Seen)
            ModelState.AddModelError("", $"{(stored.UpdatedBy.Length > 0 ? stored.UpdatedBy : "Somebody")} saved this banner meanwhile, on {shop.Value.Say(stored.UpdatedAt)}. Open it in a second window, compare, and save again there.");
        if (Input.SegmentIds.Concat(Input.ExcludedSegmentIds).Any(s => !Segments.Any(known => known.Id == s)))
            ModelState.AddModelError("", "A segment that was ticked is gone; those that are still there are shown. Look at them, then save again.");
        if (!Phrases.IsName(Input.Name))
            ModelState.AddModelError("Input.Name", "Give it a name that can be seen.");
        if (!Phrases.IsName(Input.Title))
            ModelState.AddModelError("Input.Title", "Give it a title that can be seen.");
        if (Input.EndsAt <= Input.StartsAt)
            ModelState.AddModelError("Input.EndsAt", "The end comes after the start.");
        if (Placement.Find(Input.Placement) is null)
            ModelState.AddModelError("Input.Placement", "Choose one of the list.");
        if (!Gallery.Draws(Input.Illustration))
            ModelState.AddModelError("Input.Illustration", "Choose one of the list.");
        if (Input.Weight + Input.Variants.Sum(l => l.Weight) == 0)
            ModelState.AddModelError("Input.Weight", "Give one look a weight above zero.");
        foreach (var (_, i) in Input.Variants.Select((l, i) => (l, i)).Where(l => !string.IsNullOrEmpty(l.l.Illustration) && !Gallery.Draws(l.l.Illustration)))
            ModelState.AddModelError($"Input.Variants[{i}].Illustration", "Choose one of the list.");
        if (Input.Variants.Count >= BannerVariants.Most)
            ModelState.AddModelError("Input.Weight", $"{BannerVariants.Most} looks are as many as one can tell apart.");
        if (Input.SegmentIds.Intersect(Input.ExcludedSegmentIds).Any())
            ModelState.AddModelError("Input.ExcludedSegmentIds", "A segment cannot be both shown it and spared it: nobody of it would see the banner. Take it out of one list.");
    }

    /// <summary>All that a visitor sees of a banner, and to which share: where it changes, counting starts anew.</summary>
    private static (string, string, string, string, string, string, short, string, short, short) Shown(Banner b) =>
        (b.Title, b.Text, b.LinkLabel, b.LinkUrl, b.Illustration, b.Placement, b.Weight, BannerVariants.Write(BannerVariants.Read(b.Variants)), b.HoldoutPercent, b.Hue);

    private void Fill(Banner b)
    {
        (b.Weight, b.HoldoutPercent, b.Variants, b.UpdatedBy) = (Input.Weight, Input.HoldoutPercent, BannerVariants.Write(VariantsOf().Skip(1)), AuditLog.Who(HttpContext));
        (b.Name, b.Title, b.Text, b.LinkLabel, b.LinkUrl) = (Input.Name.Trim(), Input.Title.Trim(), Input.Text?.Trim() ?? "", Input.LinkLabel.Trim(), Input.LinkUrl.Trim());
        (b.Illustration, b.Hue, b.Placement, b.Priority, b.IsActive, b.DailyCap) = (Input.Illustration, Input.Hue, Input.Placement, Input.Priority, Input.IsActive, Input.DailyCap);
        (b.StartsAt, b.EndsAt, b.UpdatedAt) = (shop.Value.ToInstant(Input.StartsAt), shop.Value.ToInstant(Input.EndsAt), clock.GetUtcNow());
        (b.SegmentIds, b.ExcludedSegmentIds) = (Input.SegmentIds, Input.ExcludedSegmentIds);
    }

    private Form FormOf(Banner b) => new()
    {
        Name = b.Name, Title = b.Title, Text = b.Text, LinkLabel = b.LinkLabel, LinkUrl = b.LinkUrl, Illustration = b.Illustration, Hue = b.Hue, Placement = b.Placement, Priority = b.Priority,
        IsActive = b.IsActive, StartsAt = shop.Value.ToLocal(b.StartsAt), EndsAt = shop.Value.ToLocal(b.EndsAt), SegmentIds = b.SegmentIds, ExcludedSegmentIds = b.ExcludedSegmentIds, DailyCap = b.DailyCap,
        Weight = b.Weight, HoldoutPercent = b.HoldoutPercent, Seen = b.UpdatedAt.UtcTicks,
        Variants = [.. BannerVariants.Read(b.Variants).Select(l => new VariantForm { Title = l.Title, Text = l.Text, LinkLabel = l.LinkLabel, Illustration = l.Illustration, Hue = (short)l.Hue, Weight = (short)l.Weight })],
    };
}
