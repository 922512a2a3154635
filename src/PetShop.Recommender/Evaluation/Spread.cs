using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Evaluation;

/// <summary>How spread out the lists are.</summary>
/// <param name="Coverage">Share of the catalogue that appears in anyone's first 10.</param>
/// <param name="Gini">0 when every product appears equally often, 1 when one has all places.</param>
/// <param name="MeanPopularity">Mean number of shoppers who had touched the products shown.</param>
/// <param name="Novelty">Mean surprise of the products shown in bits: minus the binary logarithm of the share of shoppers who had touched them.</param>
public sealed record Spread(double Coverage, double Gini, double MeanPopularity, double Novelty = 0)
{
    private const int Steps = 10;

    /// <summary>Share of all places that each tenth of the catalogue takes, the most popular tenth first: the popularity curve.</summary>
    public IReadOnlyList<double> ByPopularity { get; init; } = [];

    /// <summary>Share of all places taken by the least shown 10 %, 20 %, ... 100 % of the catalogue: the coverage curve.</summary>
    public IReadOnlyList<double> Lorenz { get; init; } = [];

    internal bool IsFinite => double.IsFinite(Coverage + Gini + MeanPopularity + Novelty);

    /// <summary>Counts what was shown against who had touched it.</summary>
    /// <param name="shown">How often each column stood in a list.</param>
    /// <param name="training">What had happened before.</param>
    internal static Spread Of(int[] shown, InteractionMatrix training)
    {
        if (shown.Length == 0)
            return new Spread(0, 0, 0);
        var touched = new int[shown.Length];
        double places = 0, popularity = 0, surprise = 0;
        for (var item = 0; item < shown.Length; item++)
        {
            touched[item] = training.ByItem[item].Length;
            places += shown[item];
            popularity += (double)shown[item] * touched[item];
            // One shopper more on both sides keeps the surprise of what nobody touched finite.
            surprise -= shown[item] * Math.Log2((touched[item] + 1.0) / (training.ShopperCount + 1.0));
        }
        var each = Math.Max(1, places);
        var popular = Enumerable.Range(0, shown.Length).OrderByDescending(i => touched[i]).Select(i => shown[i]).ToArray();
        return new Spread((double)shown.Count(s => s > 0) / shown.Length, Metrics.Gini(shown), popularity / each, surprise / each)
        {
            ByPopularity = Shares(popular, each, running: false), Lorenz = Shares([.. shown.Order()], each, running: true),
        };
    }

    /// <summary>Means of several spreads, each counting alike.</summary>
    internal static Spread Pool(IReadOnlyCollection<Spread> parts) =>
        new(parts.Average(p => p.Coverage), parts.Average(p => p.Gini), parts.Average(p => p.MeanPopularity), parts.Average(p => p.Novelty))
        {
            ByPopularity = Mean(parts, p => p.ByPopularity), Lorenz = Mean(parts, p => p.Lorenz),
        };

    private static double[] Mean(IReadOnlyCollection<Spread> parts, Func<Spread, IReadOnlyList<double>> curve) =>
        parts.All(p => curve(p).Count == Steps) ? [.. Enumerable.Range(0, Steps).Select(step => parts.Average(p => curve(p)[step]))] : [];

    private static double[] Shares(int[] counts, double places, bool running)
    {
        var shares = new double[Steps];
        double before = 0;
        for (var step = 0; step < Steps; step++)
        {
            var (start, end) = ((int)((long)counts.Length * step / Steps), (int)((long)counts.Length * (step + 1) / Steps));
            double sum = 0;
            for (var i = start; i < end; i++)
                sum += counts[i];
            shares[step] = before + sum / places;
            before = running ? shares[step] : 0;
        }
        return shares;
    }
}
