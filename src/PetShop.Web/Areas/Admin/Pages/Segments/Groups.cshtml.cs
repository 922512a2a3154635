using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Lists;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Buyers by recency and worth, what they are expected to spend, and groups that stand apart by themselves, each with the rule that comes nearest to it.</summary>
public sealed class GroupsModel(ClusterProposals proposals, ShopperListBook lists, NpgsqlDataSource source, PetShopDb db, IOptions<ShopOptions> shop) : PageModel
{
    /// <summary>What was found last; null before the first look.</summary>
    public FoundClusters? Found { get; private set; }
    /// <summary>Since when they are looked for; null while nobody does.</summary>
    public DateTimeOffset? WorkingSince { get; private set; }

    public BuyerBoard Board { get; private set; } = null!;
    /// <summary>The newest fit of how buyers return and spend; null before the first.</summary>
    public LifetimeFit? Fit { get; private set; }
    /// <summary>The newest fit that came about: the forecasts are of it.</summary>
    public LifetimeFit? Made { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Fit = await db.LifetimeFits.AsNoTracking().OrderByDescending(f => f.FittedAt).FirstOrDefaultAsync(cancel);
        Made = Fit?.R is not null ? Fit : await db.LifetimeFits.AsNoTracking().Where(f => f.R != null).OrderByDescending(f => f.FittedAt).FirstOrDefaultAsync(cancel);
        Board = await BuyerBoard.ReadAsync(source, Fit, cancel);
        (WorkingSince, Found) = (proposals.WorkingSince, proposals.Latest);
    }

    public IActionResult OnPost()
    {
        proposals.Ask();
        return RedirectToPage();
    }

    /// <summary>Keeps the very shoppers of a group as a list.</summary>
    /// <param name="group">Its place on the page.</param>
    /// <param name="found">The mark of the groups of that page.</param>
    public async Task<IActionResult> OnPostListAsync(int group, string? found, CancellationToken cancel)
    {
        if (proposals.Latest is not { } latest || latest.Mark != found || latest.Clusters.Model?.ElementAtOrDefault(group) is not { } cluster)
        {
            TempData["Toast"] = "The groups were looked for anew meanwhile. Here they are; choose again.";
            return RedirectToPage();
        }
        var name = $"{Title(cluster)}, {shop.Value.Say(latest.At)}";
        name = name.Length > 80 ? name[..80] : name;
        var key = await lists.FreeKeyAsync(cluster.Portrait.Name(), cancel);
        if (await lists.AddAsync(key, name, "A group of buyers as it was found; unlike a rule it does not follow what they do.", cluster.Shoppers, AuditLog.Who(HttpContext), cancel) is not { } list)
        {
            TempData["Toast"] = "Somebody made a list of this key in the same moment. Choose again.";
            return RedirectToPage();
        }
        TempData["Toast"] = $"Kept as a list of {cluster.Shoppers.Count:#,0} shoppers.";
        return Redirect($"/admin/segments/lists/{list.Slug}");
    }

    /// <summary>Its name with a capital.</summary>
    public static string Title(ProposedCluster cluster) => Phrases.Capital(cluster.Portrait.Name());

    /// <summary>What each tenth of the buyers spent so far and is expected to spend, as shares of all.</summary>
    public Chart Values()
    {
        var (expected, spent) = (Math.Max(1, Board.Tenths.Sum(t => t.ValueMinor)), Math.Max(1, Board.Tenths.Sum(t => t.SpentMinor)));
        return new("Expected value of the next 12 months, by tenth of buyers",
            new ChartAxis("Tenth of buyers, most valuable first", [.. Board.Tenths.Select(t => (double)t.Number)]),
            new("Of what all are expected to spend", [.. Board.Tenths.Select(t => (double?)Math.Round(100.0 * t.ValueMinor / expected, 1))], "%", "bar"),
            new("Of what all have spent", [.. Board.Tenths.Select(t => (double?)Math.Round(100.0 * t.SpentMinor / spent, 1))], "%"));
    }

    /// <summary>A figure as staff say it: money with its currency, weights in kilograms, days as days.</summary>
    public static string Say(Trait trait, long value) => trait.Unit switch
    {
        FigureWords.Money or FigureWords.Weight or FigureWords.Share => Money.Figures.Say(value, trait.Unit),
        "" => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture),
        var unit => $"{value:#,0} {unit}",
    };
}
