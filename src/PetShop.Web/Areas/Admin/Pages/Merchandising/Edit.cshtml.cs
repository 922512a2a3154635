using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Models;
using PetShop.Web.Catalog;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Areas.Admin.Pages.Merchandising;

/// <summary>Makes or edits a rule for rails, beside what it would have changed in the lists of the last day.</summary>
public sealed class EditModel(PetShopDb db, ServingRefresher serving, RuleReplay replay, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public sealed record Form
    {
        [Required(ErrorMessage = "Give it a name to find it by."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";
        public MerchandisingKind Kind { get; init; } = MerchandisingKind.Pin;
        public bool IsActive { get; init; } = true;
        [Range(-1000, 1000, ErrorMessage = "A priority is between -1,000 and 1,000.")] public int Priority { get; init; }
        public string? Placement { get; init; }
        public string? PageCategory { get; init; }
        public int? SegmentId { get; init; }
        public DateTime? StartsAt { get; init; }
        public DateTime? EndsAt { get; init; }
        [StringLength(4000, ErrorMessage = "Name at most a hundred products; a category or brand stands for more.")] public string? Products { get; init; }
        public string? ProductCategory { get; init; }
        public int? BrandId { get; init; }
        [Range(1, 8, ErrorMessage = "A rail has places 1 to 8.")] public short Position { get; init; } = 1;
        [Range(-100, 100, ErrorMessage = "A lift is between -100 and 100 per cent.")] public short Strength { get; init; } = 30;
    }

    /// <summary>Rails as merchandisers know them.</summary>
    public static IReadOnlyList<(string Key, string Label)> Rails { get; } =
    [
        (Placements.HomeForYou, "Home: picked for you"), (Placements.HomePet, "Home: for a pet"), (Placements.HomeBecauseViewed, "Home: because you looked at"), (Placements.HomeTrending, "Home: trending"),
        (Placements.ProductTogether, "Product: bought together"), (Placements.ProductSimilar, "Product: similar"), (Placements.ProductBecause, "Product: others also like"),
        (Placements.DepartmentTrending, "Department: trending"), (Placements.CategoryForYou, "Category: picked for you"), (Placements.SearchEmpty, "Search without results"),
        (Placements.CartTogether, "Cart: goes with it"), (Placements.OrderNext, "Order: for next time"), (Placements.AccountForYou, "Account: picked for you"),
        (Placements.HomeBuyAgain, "Home: buy again"), (Placements.AccountBuyAgain, "Account: buy again"), (Placements.HomeRecent, "Home: looked at lately"),
    ];

    [BindProperty] public Form Input { get; set; } = new();
    public int? Id { get; private set; }
    public IReadOnlyList<(string Slug, string Name)> Categories { get; private set; } = [];
    public IReadOnlyList<(int Id, string Name)> Brands { get; private set; } = [];
    public IReadOnlyList<(int Id, string Name, bool IsActive)> Segments { get; private set; } = [];
    /// <summary>What the rule would have changed; null until it was tried out.</summary>
    public ReplayOutcome? Outcome { get; private set; }

    public static string LabelOf(string placement) => Rails.FirstOrDefault(r => r.Key == placement).Label ?? placement;

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        if (id is null)
            return Page();
        if (await db.MerchandisingRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } rule)
            return NotFound();
        Input = await FormOfAsync(rule, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        var products = await ProductIdsAsync(cancel);
        Check(products);
        if (!ModelState.IsValid)
            return Page();
        if (action != "save")
        {
            var draft = Fill(new() { Name = "" }, products);
            Outcome = await replay.RunAsync(await ShelfRuleOfAsync(draft, cancel), id, cancel);
            return Page();
        }
        var rule = id is null ? db.MerchandisingRules.Add(new() { Name = "" }).Entity : await db.MerchandisingRules.FindAsync([id], cancel);
        if (rule is null)
            return NotFound();
        Fill(rule, products);
        await db.SaveChangesAsync(cancel);
        await FollowAsync("merchandising rule saved", $"rule {rule.Id}: {rule.Name}", cancel);
        TempData["Toast"] = "Saved. Rails follow it from now on.";
        return this.Leave($"/admin/merchandising/{rule.Id}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        await db.MerchandisingRules.Where(r => r.Id == id).ExecuteDeleteAsync(cancel);
        await FollowAsync("merchandising rule deleted", $"rule {id}", cancel);
        TempData["Toast"] = "The rule is gone.";
        return Redirect("/admin/merchandising");
    }

    // Other replicas hear of it; this one need not wait to hear itself.
    private async Task FollowAsync(string action, string subject, CancellationToken cancel)
    {
        await serving.ReadRulesAsync(cancel);
        await audit.WriteAsync(HttpContext, action, subject, cancel);
    }

    private async Task LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        Categories = [.. (await db.Categories.AsNoTracking().OrderBy(c => c.Department).ThenBy(c => c.Path.Length).ThenBy(c => c.Name).Select(c => new { c.Slug, c.Name, c.Department, Depth = c.Path.Length }).ToListAsync(cancel))
            .Select(c => (c.Slug, c.Depth > 1 ? $"{Words.Say(c.Department)}: {c.Name}" : c.Name))];
        Brands = [.. (await db.Brands.AsNoTracking().OrderBy(b => b.Name).Select(b => new { b.Id, b.Name }).ToListAsync(cancel)).Select(b => (b.Id, b.Name))];
        Segments = [.. (await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.IsActive }).ToListAsync(cancel)).Select(s => (s.Id, s.Name, s.IsActive))];
    }

    /// <summary>The products named, in their order; null stands for a line that names none.</summary>
    private async Task<List<int?>> ProductIdsAsync(CancellationToken cancel)
    {
        List<int?> ids = [];
        foreach (var line in (Input.Products ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(100))
        {
            var number = int.TryParse(line, out var typed) ? typed : 0;
            var (slug, name) = (line[(line.LastIndexOf('/') + 1)..].ToLowerInvariant(), line.Replace("%", "\\%").Replace("_", "\\_"));
            ids.Add(await db.Products.Where(p => p.Id == number || p.Slug == slug || EF.Functions.ILike(p.Name, name)).OrderBy(p => p.Id).Select(p => (int?)p.Id).FirstOrDefaultAsync(cancel));
            if (ids[^1] is null)
                ModelState.AddModelError("Input.Products", $"“{line}” is no product of the shop. Copy its name or the end of its address from its page.");
        }
        return ids;
    }

    private void Check(List<int?> products)
    {
        if (Input.EndsAt <= Input.StartsAt)
            ModelState.AddModelError("Input.EndsAt", "The end comes after the start.");
        if (!Enum.IsDefined(Input.Kind))
            ModelState.AddModelError("Input.Kind", "Choose what the rule does.");
        if (Input.Placement is not null && Rails.All(r => r.Key != Input.Placement))
            ModelState.AddModelError("Input.Placement", "Choose one of the list.");
        foreach (var (field, slug) in new[] { ("Input.PageCategory", Input.PageCategory), ("Input.ProductCategory", Input.ProductCategory) })
            if (slug is not null && Categories.All(c => c.Slug != slug))
                ModelState.AddModelError(field, "Choose one of the list.");
        if (Input.BrandId is { } brand && Brands.All(b => b.Id != brand))
            ModelState.AddModelError("Input.BrandId", "Choose one of the list.");
        if (Input.SegmentId is { } segment && Segments.All(s => s.Id != segment))
            ModelState.AddModelError("Input.SegmentId", "Choose one of the list.");
        if (Input.Kind == MerchandisingKind.Pin && products.Count == 0)
            ModelState.AddModelError("Input.Products", "Name the products to put first, one a line.");
        if (Input.Kind == MerchandisingKind.Pin && (Input.ProductCategory is not null || Input.BrandId is not null))
            ModelState.AddModelError("Input.Products", "Products are put first by name; take the category and the brand out.");
        if (products.Count == 0 && Input.ProductCategory is null && Input.BrandId is null)
            ModelState.AddModelError("Input.Products", "Say which products: by name, category or brand.");
    }

    private MerchandisingRule Fill(MerchandisingRule r, List<int?> products)
    {
        (r.Name, r.Kind, r.IsActive, r.Priority, r.Placement, r.PageCategory) = (Input.Name.Trim(), Input.Kind, Input.IsActive, Input.Priority, Input.Placement, Input.PageCategory);
        (r.SegmentId, r.ProductIds, r.ProductCategory, r.BrandId) = (Input.SegmentId, [.. products.OfType<int>().Distinct()], Input.ProductCategory, Input.BrandId);
        (r.Position, r.Strength, r.StartsAt, r.EndsAt, r.UpdatedAt) = (Input.Position, Input.Strength, shop.Value.ToInstant(Input.StartsAt), shop.Value.ToInstant(Input.EndsAt), clock.GetUtcNow());
        return r;
    }

    // Tried out as if it were on and its time had come.
    private async Task<ShelfRule> ShelfRuleOfAsync(MerchandisingRule r, CancellationToken cancel) => new(Id ?? 0, r.Kind)
    {
        Priority = r.Priority, Placement = r.Placement, PageCategory = r.PageCategory, ProductIds = r.ProductIds, ProductCategory = r.ProductCategory, BrandId = r.BrandId,
        Position = r.Position, Strength = r.Strength, Segment = r.SegmentId is null ? null : await db.Segments.Where(s => s.Id == r.SegmentId).Select(s => s.Slug).SingleAsync(cancel),
    };

    private async Task<Form> FormOfAsync(MerchandisingRule r, CancellationToken cancel)
    {
        var names = await db.Products.Where(p => r.ProductIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Slug, cancel);
        return new()
        {
            Name = r.Name, Kind = r.Kind, IsActive = r.IsActive, Priority = r.Priority, Placement = r.Placement, PageCategory = r.PageCategory, SegmentId = r.SegmentId, StartsAt = shop.Value.ToLocal(r.StartsAt),
            EndsAt = shop.Value.ToLocal(r.EndsAt), Products = string.Join('\n', r.ProductIds.Where(names.ContainsKey).Select(id => names[id])), ProductCategory = r.ProductCategory, BrandId = r.BrandId,
            Position = r.Position, Strength = r.Strength,
        };
    }
}
