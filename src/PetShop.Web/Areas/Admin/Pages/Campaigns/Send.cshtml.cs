using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Web.Campaigns;
using PetShop.Web.Mail;

namespace PetShop.Web.Areas.Admin.Pages.Campaigns;

/// <summary>The last look before a letter is sent or switched on: who gets it, how many do not and why, and what is wrong.</summary>
public sealed class SendModel(PetShopDb db, CampaignSender sender, CampaignPlanner planner, CampaignChecks checks, CampaignDesk desk, ShopAddress address, AuditLog audit) : PageModel
{
    public sealed record Form
    {
        /// <summary>Of what was shown: a letter that somebody changed meanwhile is shown again.</summary>
        public string Shown { get; init; } = "";
    }

    [BindProperty] public Form Input { get; set; } = new();
    public Campaign Campaign { get; private set; } = null!;
    public CampaignAudience Audience { get; private set; } = null!;
    /// <summary>Names of the segments that never get it.</summary>
    public string Excluded { get; private set; } = "";
    public CampaignReach? Reach { get; private set; }
    public IReadOnlyList<CampaignCheck> Checks { get; private set; } = [];
    public bool MaySend => !Checks.Any(c => c.Blocks);
    public string Shown => Campaign.UpdatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) =>
        await LoadAsync(id, cancel) is { } elsewhere ? elsewhere : Page();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        if (await LoadAsync(id, cancel) is { } elsewhere)
            return elsewhere;
        if (Input.Shown != Shown)
            ModelState.AddModelError("", "Somebody saved the letter meanwhile. This is how it stands now: look again before you send it.");
        if (!MaySend || !ModelState.IsValid)
        {
            ModelState.Remove("Input.Shown");
            return Page();
        }
        if (!await desk.ConfirmAsync(id, ShopAddress.RootOf(Request), AuditLog.Who(HttpContext), cancel))
            return Redirect($"/admin/campaigns/{id}/results");
        await audit.WriteAsync(HttpContext, Campaign.Kind == CampaignKind.Once ? "campaign confirmed" : "campaign switched on", $"campaign {id}: {Campaign.Name}", cancel);
        TempData["Toast"] = Campaign.Kind == CampaignKind.OnEntry ? "On. Whoever enters from now on gets it." : Campaign.SendAt is null ? "Confirmed. The first letters leave within seconds, outside quiet hours." : "Confirmed. It leaves at its time.";
        return Redirect($"/admin/campaigns/{id}/results");
    }

    private async Task<IActionResult?> LoadAsync(int id, CancellationToken cancel)
    {
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } campaign)
            return NotFound();
        if (!campaign.IsDraft() && !(campaign.State == CampaignState.Stopped && campaign.Kind == CampaignKind.OnEntry))
            return Redirect($"/admin/campaigns/{id}/results");
        Campaign = campaign;
        Audience = await sender.AudienceAsync(db, campaign, cancel);
        Excluded = string.Join(", ", await db.Segments.AsNoTracking().Where(s => campaign.ExcludedSegmentIds.Contains(s.Id)).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancel));
        Reach = Audience.Problem is null ? await planner.ReachAsync(campaign, cancel) : null;
        Checks = checks.Of(campaign, Audience, Reach, address.Root(ShopAddress.RootOf(Request)));
        return null;
    }
}
