namespace PetShop.Recommender.Evaluation;

/// <summary>The textbook measures of a ranked list with yes-or-no relevance.</summary>
public static class Metrics
{
    /// <summary>Discounted gain of the first k over that of the best possible list; 0 when nothing is relevant.</summary>
    /// <param name="hits">Whether the item at each place is relevant, best place first.</param>
    /// <param name="relevant">Number of relevant items in the whole catalogue.</param>
    /// <param name="k">Places that count.</param>
    public static double Ndcg(ReadOnlySpan<bool> hits, int relevant, int k)
    {
        double gain = 0, ideal = 0;
        for (var place = 0; place < k; place++)
        {
            var discount = 1 / Math.Log2(place + 2);
            gain += place < hits.Length && hits[place] ? discount : 0;
            ideal += place < relevant ? discount : 0;
        }
        return ideal > 0 ? gain / ideal : 0;
    }

    /// <summary>Share of the relevant items that are among the first k.</summary>
    public static double Recall(ReadOnlySpan<bool> hits, int relevant, int k) =>
        relevant > 0 ? (double)hits[..Math.Min(k, hits.Length)].Count(true) / relevant : 0;

    /// <summary>1 when any of the first k is relevant, else 0.</summary>
    public static double HitRate(ReadOnlySpan<bool> hits, int k) => hits[..Math.Min(k, hits.Length)].Contains(true) ? 1 : 0;

    /// <summary>One over the place of the first relevant item, 0 without one.</summary>
    public static double ReciprocalRank(ReadOnlySpan<bool> hits) => hits.IndexOf(true) is >= 0 and var first ? 1.0 / (first + 1) : 0;

    /// <summary>Inequality of counts: 0 when all are equal, near 1 when one has everything.</summary>
    public static double Gini(ReadOnlySpan<int> counts)
    {
        var sorted = counts.ToArray();
        Array.Sort(sorted);
        double weighted = 0, sum = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            weighted += (2.0 * (i + 1) - sorted.Length - 1) * sorted[i];
            sum += sorted[i];
        }
        return sum > 0 ? weighted / (sorted.Length * sum) : 0;
    }
}
