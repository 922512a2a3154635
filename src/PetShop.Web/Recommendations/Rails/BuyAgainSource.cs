using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>"Buy it again", when a household is about to run out: from how long its own purchases lasted and what its pets eat.</summary>
public static class BuyAgainSource
{
    // What a pack of something with unknown use lasts until a household's own purchases tell.
    private const double UsualIntervalDays = 45;
    // Fewer returning buyers than this, and a household that bought once is not reminded: a bed is not used up.
    private const double LeastRepeats = 0.25;

    /// <param name="onlyDue">Leave out what they still have plenty of, and what they stopped buying long ago.</param>
    public static Source Of(RailContext c, bool onlyDue)
    {
        List<Ranked> candidates = [];
        Dictionary<int, string> reasons = [];
        foreach (var product in (c.Taste?.Purchases ?? []).GroupBy(p => p.ProductId))
        {
            var column = c.Catalogue.Items.ColumnOf(product.Key);
            // Never for an animal that died, nor what all who could use it have outgrown or become allergic to.
            if (column < 0 || !c.Taste!.Recall[column])
                continue;
            var (score, state, since) = Judge(c, c.Catalogue[column], [.. product.OrderBy(p => p.At)]);
            if (onlyDue && state != ReplenishmentState.Due)
                continue;
            candidates.Add(new(column, (float)score));
            reasons[column] = $"Last bought {Ago(since)}";
        }
        candidates.Sort((a, b) => b.Score.CompareTo(a.Score));
        return new(onlyDue ? "Time to buy again?" : "Buy it again", onlyDue ? "By how long these usually last in your home" : "From your orders, what runs out first in front",
            "replenishment", [.. candidates]) { Diversify = false, IsOwn = true, Least = 1, ReasonOf = column => reasons.GetValueOrDefault(column) };
    }

    private static (double Score, ReplenishmentState State, TimeSpan Since) Judge(RailContext c, ProductFacts product, Purchase[] purchases)
    {
        var last = purchases[^1];
        var since = c.Now - last.At;
        var used = purchases.Take(purchases.Length - 1).Sum(p => p.Quantity);
        var pack = Replenishment.IntervalDays(PriorDays(c, product, last.PackGrams), used, (last.At - purchases[0].At).TotalDays);
        var interval = Math.Max(1, pack * last.Quantity);
        var trips = purchases.Select(p => p.At.UtcDateTime.Date).Distinct().Count();
        var ofProduct = c.Catalogue.RepeatChances[c.Catalogue.Items.ColumnOf(product.Id)];
        // Who came back for it already tells more than everybody else does.
        var repeats = trips > 1 ? Math.Max(ofProduct, 1 - Math.Pow(0.5, trips)) : ofProduct;
        var state = repeats < LeastRepeats ? ReplenishmentState.Stocked : Replenishment.StateOf(interval, since.TotalDays);
        var score = Replenishment.Score(interval, since.TotalDays, repeats) * (state == ReplenishmentState.WinBack ? 0.2 : 1);
        return (score, state, since);
    }

    private static double PriorDays(RailContext c, ProductFacts product, int? packGrams)
    {
        if (!product.IsCompleteFood || product.KcalPer100g is not > 0 || packGrams is not > 0)
            return UsualIntervalDays;
        var need = 0.0;
        foreach (var pet in c.Taste!.Household.Pets)
            if (pet.WeightG is > 0 && product.Species.Contains(pet.Species))
                need += Replenishment.RestingKcal(pet.WeightG.Value / 1000.0) * Factor(pet, c.Today);
        return need > 0 ? Math.Clamp(Replenishment.PriorIntervalDays(packGrams.Value, product.KcalPer100g.Value / 100.0, need), 3, 365) : UsualIntervalDays;
    }

    private static double Factor(PetFacts pet, DateOnly today)
    {
        var months = pet.BornOn is { } born ? (int)((today.DayNumber - born.DayNumber) / 30.4) : (int?)null;
        return Replenishment.EnergyFactor(pet.Species, pet.LifeStage(today) == "junior", months, pet.Neutered);
    }

    private static string Ago(TimeSpan since) => since.TotalDays switch
    {
        < 1 => "today",
        < 2 => "yesterday",
        < 14 => $"{(int)since.TotalDays} days ago",
        < 60 => $"{(int)(since.TotalDays / 7)} weeks ago",
        < 700 => $"{(int)(since.TotalDays / 30.4)} months ago",
        _ => $"{(int)(since.TotalDays / 365)} years ago",
    };
}
