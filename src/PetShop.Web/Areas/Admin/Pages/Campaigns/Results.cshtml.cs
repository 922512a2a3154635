using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;
using PetShop.Web.Campaigns;

namespace PetShop.Web.Areas.Admin.Pages.Campaigns;

/// <summary>How far a campaign is, and what its letters brought against those held out.</summary>
public sealed class ResultsModel(PetShopDb db, CampaignFigures figures, CampaignDesk desk, AuditLog audit) : PageModel
{
    public Campaign Campaign { get; private set; } = null!;
    public CampaignTally Tally { get; private set; } = CampaignTally.None;
    public IReadOnlyList<ArmTally> Arms { get; private set; } = [];
    public string Segments { get; private set; } = "";

    public ArmTally? HeldOut => Arms.FirstOrDefault(a => a.Arm == LetterLinks.HeldOut);
    /// <summary>All who were to get it, whichever the subject.</summary>
    public LetterArm With => Arms.Where(a => a.Arm != LetterLinks.HeldOut).Aggregate(default(LetterArm), (all, a) => all + a.Ripe);
    /// <summary>A report is of so many people at least: of fewer it would tell of single ones.</summary>
    public bool IsEnough => Arms.Where(a => a.Arm != LetterLinks.HeldOut).Sum(a => a.People) >= LetterReading.LeastPeople;

    // The interval is tuned to how many there will be: known where the letter is sent once.
    public long Planned => Campaign.Kind == CampaignKind.Once ? Math.Max(2, Arms.Sum(a => a.People)) : Math.Max(1000, Arms.Sum(a => a.People));
    public LetterEffect? Orders => HeldOut is { } without ? LetterReading.Orders(without.Ripe, With, Planned) : null;
    public LetterEffect? Revenue => HeldOut is { } without ? LetterReading.Revenue(without.Ripe, With, Planned) : null;

    public LetterEffect? Subjects => Arms.FirstOrDefault(a => a.Arm == LetterLinks.FirstSubject) is { } a && Arms.FirstOrDefault(a => a.Arm == LetterLinks.SecondSubject) is { } b
        ? LetterReading.Clicks((Math.Min(a.Clicked, a.Countable), a.Countable), (Math.Min(b.Clicked, b.Countable), b.Countable), Planned) : null;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } campaign)
            return NotFound();
        if (campaign.IsDraft())
            return Redirect(campaign.Link());
        (Campaign, Tally, Arms) = (campaign, await figures.OfAsync(id, cancel), await figures.ArmsAsync(id, cancel));
        var names = await db.Segments.AsNoTracking().Where(s => campaign.SegmentIds.Contains(s.Id)).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancel);
        Segments = campaign.SegmentIds.Length == 0 ? "everyone who agreed to letters" : names.Count > 0 ? string.Join(", ", names) : "a deleted segment";
        return Page();
    }

    public async Task<IActionResult> OnPostStopAsync(int id, CancellationToken cancel)
    {
        if (await desk.StopAsync(id, AuditLog.Who(HttpContext), cancel) is { } left)
        {
            await audit.WriteAsync(HttpContext, "campaign stopped", $"campaign {id}", cancel);
            TempData["Toast"] = left == 0 ? "Stopped. No letter was waiting." : $"Stopped. {left:#,0} {(left == 1 ? "letter" : "letters")} that had not left yet will not leave.";
        }
        return Redirect($"/admin/campaigns/{id}/results");
    }

    public async Task<IActionResult> OnPostCopyAsync(int id, CancellationToken cancel)
    {
        if (await desk.CopyAsync(id, AuditLog.Who(HttpContext), cancel) is not { } copy)
            return NotFound();
        await audit.WriteAsync(HttpContext, "campaign copied", $"campaign {id} to {copy.Id}", cancel);
        TempData["Toast"] = "This is a copy. Change what you like: the one that was sent stays as it is.";
        return Redirect($"/admin/campaigns/{copy.Id}");
    }
}
