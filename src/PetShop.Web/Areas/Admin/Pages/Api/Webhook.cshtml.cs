using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Api;
using PetShop.Web.Accounts;
using PetShop.Web.Api;
using PetShop.Web.Api.Webhooks;

namespace PetShop.Web.Areas.Admin.Pages.Api;

/// <summary>One webhook: what it is told, what became of its messages, a test, a new secret.</summary>
[Authorize(Roles = ShopRoles.Administrator)]
public sealed class WebhookModel(PetShopDb db, WebhookDesk desk) : PageModel
{
    private const int Shown = 50;

    public sealed record Form
    {
        public string? Name { get; init; }
        public string? Url { get; init; }
        public List<string> Segments { get; init; } = [];
        public bool OnEntry { get; init; } = true;
        public bool OnExit { get; init; } = true;
        public bool IsActive { get; init; } = true;

        public WebhookEdit Edit => new() { Name = Name ?? "", Url = Url?.Trim() ?? "", Segments = Segments, OnEntry = OnEntry, OnExit = OnExit, IsActive = IsActive };
    }

    /// <summary>A secret just made, for this one look.</summary>
    [TempData] public string? NewSecret { get; set; }
    [BindProperty] public Form Input { get; set; } = new();
    /// <summary>The webhook as stored; null for a new one.</summary>
    public Webhook? Stored { get; private set; }
    public IReadOnlyList<(string Slug, string Name)> Segments { get; private set; } = [];
    public IReadOnlyList<DeliveryResource> Deliveries { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (Stored is { } webhook && (await desk.ShowAsync([webhook], cancel))[0] is var shown)
            Input = new() { Name = shown.Name, Url = shown.Url, Segments = [.. shown.Segments], OnEntry = shown.OnEntry, OnExit = shown.OnExit, IsActive = shown.IsActive };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        var (webhook, secret, faults) = Stored is null
            ? await desk.MakeAsync(Input.Edit, AuditLog.Who(HttpContext), cancel) : (Stored, null, await desk.EditAsync(Stored, Input.Edit, AuditLog.Who(HttpContext), cancel));
        foreach (var fault in faults)
            ModelState.AddModelError("Input." + char.ToUpperInvariant(fault.Place[2]) + fault.Place[3..], $"{fault.Cause} {fault.Mend}");
        if (faults.Count > 0)
            return Page();
        NewSecret = secret;
        TempData["Toast"] = secret is null ? "Saved." : "Made. Messages go out from now on.";
        return Redirect($"/admin/api/webhooks/{webhook!.Id}");
    }

    public async Task<IActionResult> OnPostTestAsync(int id, CancellationToken cancel) =>
        await LoadAsync(id, cancel) ? Told(id, await desk.TestAsync(Stored!, cancel), "The test arrived") : NotFound();

    public async Task<IActionResult> OnPostResendAsync(int id, Guid delivery, CancellationToken cancel) =>
        await desk.ResendAsync(id, delivery, cancel) is { } sent ? Told(id, sent, "The message arrived") : NotFound();

    public async Task<IActionResult> OnPostSecretAsync(int id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        NewSecret = await desk.RotateAsync(Stored!, AuditLog.Who(HttpContext), cancel);
        return Redirect($"/admin/api/webhooks/{id}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        await desk.DeleteAsync(Stored!, AuditLog.Who(HttpContext), cancel);
        TempData["Toast"] = $"“{Stored!.Name}” is deleted.";
        return Redirect("/admin/api");
    }

    private RedirectResult Told(int id, WebhookDelivery sent, string arrived)
    {
        TempData["Toast"] = sent.State switch
        {
            DeliveryState.Delivered => $"{arrived}: the answer was {sent.Answer}.",
            DeliveryState.Waiting when sent.Problem is null => "Another process is sending it; look again in a moment.",
            _ => $"It did not arrive. {sent.Problem}",
        };
        return Redirect($"/admin/api/webhooks/{id}");
    }

    private async Task<bool> LoadAsync(int? id, CancellationToken cancel)
    {
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Slug, s.Name }).ToListAsync(cancel);
        Segments = [.. segments.Select(s => (s.Slug, s.Name))];
        if (id is null)
            return true;
        Stored = await db.Webhooks.SingleOrDefaultAsync(w => w.Id == id, cancel);
        var deliveries = await db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == id).OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Take(Shown).ToListAsync(cancel);
        Deliveries = deliveries.ConvertAll(DeliveryResource.Of);
        return Stored is not null;
    }
}
