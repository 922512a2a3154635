using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Settings of <see cref="BoughtTogetherTrainer"/>.</summary>
public sealed record BoughtTogetherOptions
{
    /// <summary>Households that must have bought both.</summary>
    public int MinHouseholds { get; init; } = 5;

    /// <summary>Least G^2 of a pair; 10.83 is one chance in a thousand.</summary>
    public double MinSignificance { get; init; } = 10.83;

    /// <summary>Share of false pairs accepted among all kept (Benjamini-Hochberg).</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>Mass of the Dirichlet prior, in pairs.</summary>
    public double PriorMass { get; init; } = 50;

    /// <summary>Companions kept for each product.</summary>
    public int ListLength { get; init; } = 20;

    /// <summary>True for two products that stand in for each other; such pairs are left out. Takes product ids.</summary>
    public Func<int, int, bool>? AreSubstitutes { get; init; }
}

/// <summary>Finds what is bought with a product more often than chance, and lists it once so that no page has to join live.</summary>
/// <remarks>
/// Directional: the list of a leash need not hold what its companion's list holds. Significance by G^2 over households with Benjamini-Hochberg;
/// order by the z score of the log odds against the background with a Dirichlet prior (Monroe et al., 2008).
/// </remarks>
public sealed class BoughtTogetherTrainer(BoughtTogetherOptions options)
{
    // A direction is plain when its one-sided chance is below 2.5 %.
    private const double PlainDirection = 1.96;

    /// <summary>Makes the lists.</summary>
    public NeighbourModel Train(BasketCounts counts, CancellationToken cancel = default)
    {
        var pairs = Significant(counts, cancel);
        var background = new double[counts.Items.Count];
        var companions = new double[counts.Items.Count];
        foreach (var (key, pair) in counts.Pairs)
        {
            companions[BasketCounts.First(key)] += pair.Households;
            background[BasketCounts.Second(key)] += pair.Households;
        }
        var total = background.Sum();
        var lists = new List<Ranked>?[counts.Items.Count];
        foreach (var (key, households) in pairs)
        {
            int a = BasketCounts.First(key), b = BasketCounts.Second(key);
            var z = LogOdds(households, companions[a], background[b], total);
            if (z > 0)
                (lists[a] ??= []).Add(new Ranked(b, (float)z));
        }
        return ItemItemTrainer.Join(counts.Items, Array.ConvertAll(lists, Shorten));
    }

    /// <summary>G^2 of a pair: how badly "independent" explains the four counts of households with and without each product.</summary>
    internal static double Significance(double both, double first, double second, double all)
    {
        return 2 * (Cell(both, first * second) + Cell(first - both, first * (all - second))
            + Cell(second - both, (all - first) * second) + Cell(all - first - second + both, (all - first) * (all - second)));

        double Cell(double observed, double marginProduct) => observed <= 0 ? 0 : observed * Math.Log(observed * all / marginProduct);
    }

    internal double LogOdds(double pair, double ofFirst, double background, double total)
    {
        var prior = options.PriorMass * background / total;
        var here = (pair + prior) / (ofFirst + options.PriorMass - pair - prior);
        var everywhere = (background + prior) / (total + options.PriorMass - background - prior);
        return Math.Log(here / everywhere) / Math.Sqrt(1 / (pair + prior) + 1 / (background + prior));
    }

    private List<(long Key, int Households)> Significant(BasketCounts counts, CancellationToken cancel)
    {
        var tested = new List<(long Key, int Households, double P)>();
        foreach (var (key, pair) in counts.Pairs)
        {
            cancel.ThrowIfCancellationRequested();
            if (pair.Households < options.MinHouseholds)
                continue;
            double first = counts.HouseholdsOf[BasketCounts.First(key)], second = counts.HouseholdsOf[BasketCounts.Second(key)];
            var significance = Significance(pair.Households, first, second, counts.HouseholdCount);
            var attracted = pair.Households * (double)counts.HouseholdCount > first * second;
            tested.Add((key, pair.Households, attracted && significance > options.MinSignificance ? Distributions.ChiSquare1Above(significance) : 1));
        }
        tested.Sort((a, b) => a.P != b.P ? a.P.CompareTo(b.P) : a.Key.CompareTo(b.Key));
        var last = tested.Count - 1;
        while (last >= 0 && (tested[last].P >= 1 || tested[last].P > options.FalseDiscoveryRate * (last + 1) / tested.Count))
            last--;
        return [.. tested.Take(last + 1).Where(t => Fits(counts, t.Key)).Select(t => (t.Key, t.Households))];
    }

    private bool Fits(BasketCounts counts, long key)
    {
        int a = BasketCounts.First(key), b = BasketCounts.Second(key);
        if (options.AreSubstitutes?.Invoke(counts.Items[a], counts.Items[b]) == true)
            return false;
        var forward = counts.Pairs[key].Later;
        var backward = counts.Pairs.GetValueOrDefault(BasketCounts.Key(b, a)).Later;
        // Binomial test of the order, normal with continuity correction: nobody buys the puppy pads after the grown dog's food.
        return backward <= forward || (backward - forward - 1) / Math.Sqrt(backward + forward) < PlainDirection;
    }

    private Ranked[] Shorten(List<Ranked>? list) => list is null ? []
        : [.. list.OrderByDescending(r => r.Score).ThenBy(r => r.Item).Take(options.ListLength)];
}
