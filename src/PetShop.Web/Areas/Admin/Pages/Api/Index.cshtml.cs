using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Api;
using PetShop.Web.Accounts;
using PetShop.Web.Api.Keys;
using PetShop.Web.Api.Webhooks;

namespace PetShop.Web.Areas.Admin.Pages.Api;

/// <summary>Keys of the API, and webhooks with how they fare.</summary>
[Authorize(Roles = ShopRoles.Administrator)]
public sealed class IndexModel(PetShopDb db, ApiKeys keys, WebhookDesk desk, TimeProvider clock) : PageModel
{
    public sealed record Form
    {
        [Required(ErrorMessage = "Say what the key is for."), StringLength(80, ErrorMessage = "Keep it under 80 letters.")] public string Name { get; init; } = "";
        [MinLength(1, ErrorMessage = "Tick what the key may do.")] public List<string> Scopes { get; init; } = [];
        /// <summary>0 for never.</summary>
        [Range(0, 3_660, ErrorMessage = "Choose one of these.")] public int Days { get; init; } = 365;
    }

    /// <param name="Waiting">Messages not sent yet.</param>
    public sealed record WebhookRow(WebhookResource Webhook, int Delivered, int Waiting, int GivenUp);

    /// <summary>A key just made, for this one look.</summary>
    [TempData] public string? NewKey { get; set; }
    [BindProperty] public Form Input { get; set; } = new();
    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];
    public IReadOnlyList<WebhookRow> Webhooks { get; private set; } = [];
    public DateTimeOffset Now => clock.GetUtcNow();

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var scopes = ApiScope.All.Select(s => s.Name).Intersect(Input.Scopes).ToList();
        if (scopes.Count == 0)
            ModelState.AddModelError("Input.Scopes", "Tick what the key may do.");
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Page();
        }
        NewKey = await keys.MakeAsync(Input.Name.Trim(), scopes, Input.Days == 0 ? null : clock.GetUtcNow().AddDays(Input.Days), AuditLog.Who(HttpContext), cancel);
        return Redirect("/admin/api");
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, CancellationToken cancel)
    {
        if (!await keys.RevokeAsync(id, AuditLog.Who(HttpContext), cancel))
            return NotFound();
        TempData["Toast"] = "The key is revoked; whoever used it is refused from now on.";
        return Redirect("/admin/api");
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Keys = await db.ApiKeys.AsNoTracking().OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.CreatedAt).ToListAsync(cancel);
        var since = Now.AddDays(-7);
        var webhooks = await desk.ShowAsync(await db.Webhooks.AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancel), cancel);
        var counts = await db.WebhookDeliveries.Where(d => d.CreatedAt >= since || d.State == DeliveryState.Waiting).GroupBy(d => new { d.WebhookId, d.State })
            .Select(g => new { g.Key.WebhookId, g.Key.State, Count = g.Count() }).ToListAsync(cancel);
        int Of(int webhook, DeliveryState state) => counts.Where(c => c.WebhookId == webhook && c.State == state).Sum(c => c.Count);
        Webhooks = [.. webhooks.Select(w => new WebhookRow(w, Of(w.Id, DeliveryState.Delivered), Of(w.Id, DeliveryState.Waiting), Of(w.Id, DeliveryState.GivenUp)))];
    }
}
