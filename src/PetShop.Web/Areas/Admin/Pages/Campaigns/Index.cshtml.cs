using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Web.Campaigns;

namespace PetShop.Web.Areas.Admin.Pages.Campaigns;

/// <summary>Every campaign with how far it is and what it brought, those under way on top.</summary>
public sealed class IndexModel(PetShopDb db, CampaignFigures figures) : PageModel
{
    public sealed record Row(Campaign Campaign, string Segments, string Excluded, CampaignTally Tally);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var names = await db.Segments.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        var campaigns = await db.Campaigns.AsNoTracking().ToListAsync(cancel);
        var tallies = await figures.AllAsync(cancel);
        string Names(int[] ids) => string.Join(", ", ids.Select(id => names.GetValueOrDefault(id, "a deleted segment")));
        Rows = [.. campaigns.OrderBy(c => Order(c.State)).ThenByDescending(c => c.EndedAt ?? c.ConfirmedAt ?? c.UpdatedAt)
            .Select(c => new Row(c, Names(c.SegmentIds), Names(c.ExcludedSegmentIds), tallies.GetValueOrDefault(c.Id) ?? CampaignTally.None))];
    }

    private static int Order(CampaignState state) => state switch { CampaignState.Sending => 0, CampaignState.Scheduled => 1, CampaignState.Draft => 2, CampaignState.Stopped => 3, _ => 4 };
}
