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

    /// <summary>Counts only who bought the second in a later basket: the list of "after buying".</summary>
    public bool OnlyLater { get; init; }

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
        double total = counts.Background.Sum();
        var lists = new List<Ranked>?[counts.Items.Count];
        foreach (var (first, second, households) in Significant(counts, cancel))
        {
            var z = LogOdds(households, counts.Of(first).Companions, counts.Background[second], total);
            if (z > 0)
                (lists[first] ??= []).Add(new Ranked(second, (float)z));
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

    private IEnumerable<(int First, int Second, int Households)> Significant(BasketCounts counts, CancellationToken cancel)
    {
        var tested = new List<(int First, int Second, int Households, double P)>();
        for (var first = 0; first < counts.Items.Count; first++)
        {
            cancel.ThrowIfCancellationRequested();
            var row = counts.Of(first);
            for (var place = 0; place < row.Seconds.Length; place++)
                if (Counted(row.Counts[place]) is var households && households >= options.MinHouseholds)
                    tested.Add((first, row.Seconds[place], households, Chance(counts, first, row.Seconds[place], households)));
        }
        tested.Sort((a, b) => a.P != b.P ? a.P.CompareTo(b.P) : a.First != b.First ? a.First.CompareTo(b.First) : a.Second.CompareTo(b.Second));
        var last = tested.Count - 1;
        while (last >= 0 && (tested[last].P >= 1 || tested[last].P > options.FalseDiscoveryRate * (last + 1) / tested.Count))
            last--;
        return tested.Take(last + 1).Where(t => Fits(counts, t.First, t.Second)).Select(t => (t.First, t.Second, t.Households));
    }

    private int Counted(PairCount pair) => options.OnlyLater ? pair.Later : pair.Households;

    /// <summary>Chance of so strong a pair among independent products; 1 when they rather avoid each other.</summary>
    private double Chance(BasketCounts counts, int first, int second, int both)
    {
        double ofFirst = counts.HouseholdsOf[first], ofSecond = counts.HouseholdsOf[second];
        var significance = Significance(both, ofFirst, ofSecond, counts.HouseholdCount);
        return both * (double)counts.HouseholdCount > ofFirst * ofSecond && significance > options.MinSignificance ? Distributions.ChiSquare1Above(significance) : 1;
    }

    private bool Fits(BasketCounts counts, int first, int second)
    {
        if (options.AreSubstitutes?.Invoke(counts.Items[first], counts.Items[second]) == true)
            return false;
        var forward = counts[first, second].Later;
        var backward = counts[second, first].Later;
        // Binomial test of the order, normal with continuity correction: nobody buys the puppy pads after the grown dog's food.
        return backward <= forward || (backward - forward - 1) / Math.Sqrt(backward + forward) < PlainDirection;
    }

    private Ranked[] Shorten(List<Ranked>? list) => list is null ? []
        : [.. list.OrderByDescending(r => r.Score).ThenBy(r => r.Item).Take(options.ListLength)];
}
