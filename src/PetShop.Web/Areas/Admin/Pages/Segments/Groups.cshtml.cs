using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Groups of buyers that stand apart by themselves, each with the rule that comes nearest to it.</summary>
public sealed class GroupsModel(ClusterProposals proposals) : PageModel
{
    public FoundClusters Found { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Found = await proposals.LatestAsync(cancel);

    public IActionResult OnPost()
    {
        proposals.Forget();
        return RedirectToPage();
    }

    /// <summary>A figure as staff say it: money with its currency, days as days.</summary>
    public static string Say(Trait trait, long value) => trait.Unit switch
    {
        "minor units" => Money.Format(value),
        "" => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture),
        var unit => $"{value:#,0} {unit}",
    };
}
