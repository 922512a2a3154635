using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Pricing;
using PetShop.Targeting.Experiments;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Areas.Admin.Pages.Offers;

/// <summary>What an offer brings: whom it reached, what they bought, what was given away, and how they do beside those who keep the public price.</summary>
public sealed class ResultsModel(PetShopDb db, ActiveRules rules, OfferResults results) : PageModel
{
    public PriceOffer Offer { get; private set; } = null!;
    public OfferSales Sales { get; private set; } = null!;
    public OfferExperiment Experiment { get; private set; } = null!;
    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await db.PriceOffers.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } offer)
            return NotFound();
        Offer = offer;
        Faults = offer.IsActive ? (await rules.GetAsync(cancel)).Offers.FaultsOf(offer) : [];
        Sales = await results.SalesAsync(id, cancel);
        Experiment = await results.ExperimentAsync(id, offer.Run, offer.HoldoutPercent, cancel);
        return Page();
    }

    public static string Percent(double share) => (share * 100).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + "\u00a0%";

    /// <summary>People of each kind who are needed to find a difference of a fifth in revenue; null while nothing is known to reckon with.</summary>
    public long? Needed
    {
        get
        {
            var all = Experiment.Revenue.Arms.FirstOrDefault(a => a.Variant == OfferResults.HeldOut);
            return all is { Counted: > 1, Revenue: > 0 } && Spread is > 0 and var variance ? Power.OfMean(all.Revenue / all.Counted, variance, 0.2) : null;
        }
    }

    private double Spread => Experiment.HeldOutRevenue is { Count: > 1 } sums ? Estimate.OfValues(sums.Count, sums.After, sums.AfterSquared).Variance : 0;

    /// <summary>What may be said, and no more.</summary>
    public (string Words, string Tone) Verdict => Offer.HoldoutPercent == 0
        ? ("Nobody keeps the public price for comparison, so nobody can tell what the offer itself brings. Give it a share that does.", "")
        : Experiment.Revenue.State switch
        {
            ExperimentState.SharesOff => ("No verdict: the two groups did not get their shares. Something counts wrongly; do not decide by these figures.", "bad"),
            ExperimentState.Waiting => ($"Too little data: {(Experiment.Reached + Experiment.Withheld == 0 ? "nobody has met its price yet" : "the week of too few who met its price is over")}.{Wanted}", ""),
            ExperimentState.Better => ("Decided: those who get the price bring more revenue than those who do not.", "good"),
            ExperimentState.Worse => ("Decided: those who get the price bring less revenue than those who do not.", "bad"),
            ExperimentState.PlanOver => ($"No difference in revenue showed among {Experiment.Reached + Experiment.Withheld:#,0} people. If there is one, it is small.", ""),
            _ => ($"Too little data to tell a difference in revenue from chance.{Wanted}", ""),
        };

    private string Wanted => Needed is { } needed ? $" To find a difference of 20 % takes about {needed:#,0} people of each kind." : "";
}
