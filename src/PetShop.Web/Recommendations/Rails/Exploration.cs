using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Draws one product that the shop knows little of, with a chance that is recorded, so that what shoppers never saw can still prove itself.</summary>
/// <remarks>A plain weighted draw rather than Thompson sampling: its propensity is known exactly, which is what a later estimate without bias needs.</remarks>
public static class Exploration
{
    private const int PoolSize = 40;

    /// <summary>Up to 40 eligible products, new ones first; never medicine.</summary>
    public static List<(int Column, double Weight)> Pool(RailContext context, Eligibility within, Func<int, bool> isTaken, Random random)
    {
        List<(int Column, double Weight)> pool = [];
        HashSet<int> seen = [];
        foreach (var fresh in context.State.Lists.New())
            Consider(fresh.Item);
        for (var tries = 0; tries < 4 * PoolSize && context.Catalogue.Count > 0; tries++)
            Consider(random.Next(context.Catalogue.Count));
        return pool;

        void Consider(int column)
        {
            var facts = context.Catalogue[column];
            if (pool.Count < PoolSize && within[column] && !facts.IsMedicine && !isTaken(column) && seen.Add(column))
                pool.Add((column, 1.0 / (1 + facts.Buyers365d + facts.Views30d / 50.0)));
        }
    }

    /// <summary>Draws in proportion to the weights; null from an empty pool.</summary>
    public static (int Column, double Propensity)? Draw(List<(int Column, double Weight)> pool, Random random)
    {
        var sum = pool.Sum(p => p.Weight);
        var at = random.NextDouble() * sum;
        foreach (var (column, weight) in pool)
        {
            at -= weight;
            if (at <= 0)
                return (column, weight / sum);
        }
        return null;
    }
}
