using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Says which of a person's own deeds put a product into their list: the parts that add up to its score.</summary>
public static class Explanation
{
    // A part smaller than this share of the positive parts is not the reason.
    private const float LeastShare = 0.15f;
    private const int MostReasons = 2;

    /// <param name="parts">As <see cref="Parts"/>.</param>
    /// <param name="verbOf">What the person did with a product, by its id.</param>
    public static string? Of(ServingState state, Interaction[] weighed, float[] parts, int catalogueColumn, Func<int, string> verbOf)
    {
        var sum = parts.Where(p => p > 0).Sum();
        var reasons = Enumerable.Range(0, parts.Length).Where(j => parts[j] > LeastShare * sum && weighed[j].Target > 0).OrderByDescending(j => parts[j]).Take(MostReasons)
            .Select(j => state.CatalogueColumn(weighed[j].Index)).Where(c => c >= 0 && c != catalogueColumn)
            .Select(c => $"{verbOf(state.Catalogue[c].Id)} {state.Catalogue[c].Name}").ToArray();
        return reasons.Length == 0 ? null : $"Because you {string.Join(" and ", reasons)}.";
    }
}
