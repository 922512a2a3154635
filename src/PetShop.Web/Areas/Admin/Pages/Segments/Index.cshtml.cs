using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Operations;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Insight;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Every segment with its size, its meaning, who uses it and who answers for it; those that nobody needs are proposed for retirement.</summary>
public sealed class IndexModel(PetShopDb db, ActiveRules rules, SegmentUsages usages, SegmentCare care, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    /// <param name="Problem">Why the rule cannot be used; null when it can.</param>
    public sealed record Row(Segment Segment, string Sentence, string? Problem, bool IsLiveOnly, IReadOnlyList<SegmentUse> Uses);

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Retirement> Retirements { get; private set; } = [];
    public long Shoppers { get; private set; }
    /// <summary>The moment stored members are true for; null before the first look.</summary>
    public DateTimeOffset? AsOf { get; private set; }
    /// <summary>The last check of stored members against the rules.</summary>
    public JobRun? Check { get; private set; }
    public DateOnly Today { get; private set; }
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, shop.Value.Zone).DateTime);
        AsOf = await db.MembershipStates.Select(s => (DateTimeOffset?)s.AsOf).SingleOrDefaultAsync(cancel);
        Check = await db.JobRuns.AsNoTracking().Where(r => r.Name == MembershipCheck.JobName && r.FinishedAt != null).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancel);
        Shoppers = await db.Shoppers.LongCountAsync(cancel);
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel);
        var uses = await usages.AllAsync(cancel);
        Retirements = care.Retirements(segments, uses);
        Rows = [.. segments.Select(s => new Row(
            s, book.Segments.TryGet(s.Slug, out var known) ? RuleSentence.Of(known.Rule, book.Words) : "",
            book.Broken.FirstOrDefault(b => b.Id == s.Id)?.Problem, known?.Needs.IsLiveOnly == true, [.. uses[s.Id]]))];
    }

    /// <summary>Switches off a segment that nothing names.</summary>
    public async Task<IActionResult> OnPostRetireAsync(int id, CancellationToken cancel)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return NotFound();
        TempData["Toast"] = await usages.OfAsync(id, cancel) is { Count: > 0 } uses
            ? $"“{segment.Name}” stays on: meanwhile it is used by {string.Join(", ", uses)}."
            : await care.SwitchOffAsync(segment, AuditLog.Who(HttpContext), cancel) ? $"“{segment.Name}” is off. Its rule and its versions stay; switch it on again whenever it is needed."
            : "Somebody else saved this segment at the same moment; look at what it is now.";
        return RedirectToPage();
    }
}
