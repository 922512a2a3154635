using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.Data.Operations;

namespace PetShop.Web.Areas.Admin.Pages.Jobs;

/// <summary>What ran in the background, which events were refused, and who looked at what.</summary>
public sealed class IndexModel(PetShopDb db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<JobRun> Runs { get; private set; } = [];
    public IReadOnlyList<DroppedEvents> Dropped { get; private set; } = [];
    public IReadOnlyList<AuditEntry> Audit { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Runs = await db.JobRuns.AsNoTracking().OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(60).ToListAsync(cancel);
        var since = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-13);
        Dropped = await db.DroppedEvents.AsNoTracking().Where(d => d.Day >= since).OrderByDescending(d => d.Day).ThenByDescending(d => d.Count).ToListAsync(cancel);
        if (User.IsInRole("administrator"))
            Audit = await db.AuditEntries.AsNoTracking().OrderByDescending(a => a.At).Take(60).ToListAsync(cancel);
    }
}
