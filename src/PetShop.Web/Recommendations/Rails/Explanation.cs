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

    /// <param name="weighed">The history that was folded in, in columns of the model.</param>
    /// <param name="vector">The folded-in vector; empty for models without factors.</param>
    /// <param name="verbOf">What the person did with a product, by its id.</param>
    public static string? Of(ServingState state, Interaction[] weighed, float[] vector, int catalogueColumn, Func<int, string> verbOf)
    {
        var item = state.ModelColumn(catalogueColumn);
        if (item < 0 || state.Model is not { } served || weighed.Length == 0)
            return null;
        var parts = new float[weighed.Length];
        if (served.Model is FactorModel factors)
            factors.Explain(weighed, vector, item, parts);
        else if (served.Model is NeighbourModel neighbours)
            Explain(neighbours, weighed, item, parts);
        var sum = parts.Where(p => p > 0).Sum();
        var reasons = Enumerable.Range(0, parts.Length).Where(j => parts[j] > LeastShare * sum && weighed[j].Target > 0).OrderByDescending(j => parts[j]).Take(MostReasons)
            .Select(j => state.CatalogueColumn(weighed[j].Index)).Where(c => c >= 0 && c != catalogueColumn)
            .Select(c => $"{verbOf(state.Catalogue[c].Id)} {state.Catalogue[c].Name}").ToArray();
        return reasons.Length == 0 ? null : $"Because you {string.Join(" and ", reasons)}.";
    }

    private static void Explain(NeighbourModel model, Interaction[] weighed, int item, float[] parts)
    {
        for (var j = 0; j < weighed.Length; j++)
            foreach (var (other, score) in model.Of(weighed[j].Index))
                if (other == item)
                    parts[j] = score * (float)Math.Log2(1 + weighed[j].Confidence) * (2 * weighed[j].Target - 1);
    }
}
