using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>How likely a buyer of a product buys it again within the year: its own record, drawn towards that of its leaf category.</summary>
public static class RepeatChances
{
    // Before any repeat is seen: food is used up, a bed is not. Worth as much as this many buyers of the category.
    private const double Food = 0.5, Other = 0.1, PriorBuyers = 20;

    public static double[] Of(ProductFacts[] products)
    {
        var ofCategory = products.GroupBy(p => p.CategoryId).ToDictionary(g => g.Key, g =>
            (g.Sum(p => p.Repeaters365d) + PriorBuyers * g.Average(p => p.KcalPer100g is null ? Other : Food)) / (g.Sum(p => p.Buyers365d) + PriorBuyers));
        return Array.ConvertAll(products, p => Replenishment.RepeatProbability(p.Repeaters365d, p.Buyers365d, ofCategory[p.CategoryId]));
    }
}
