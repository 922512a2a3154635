using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Privacy;

/// <summary>Every fact that pages may be chosen by: what it is, why, how fresh, and what must be agreed to first.</summary>
public sealed class FactsModel : PageModel
{
    public static IEnumerable<IGrouping<TraitFamily, Trait>> Families => TraitCatalogue.All.GroupBy(t => t.Family).OrderBy(g => g.Key == TraitFamily.Context).ThenBy(g => TraitWords.Title(g.Key), StringComparer.Ordinal);

    /// <summary>The questions of the consent dialog that must be answered with yes.</summary>
    public static string Agreement(Trait trait)
    {
        var needs = TraitWords.Needs(trait);
        var titles = ConsentText.Purposes.Where(p => Enum.TryParse<ConsentPurposes>(p.Key, ignoreCase: true, out var purpose) && needs.HasFlag(purpose)).Select(p => p.Title);
        return needs == ConsentPurposes.None ? "nothing" : string.Join(" and ", titles);
    }
}
