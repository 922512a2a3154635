using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Counts how many shoppers like each product, each shopper once, weighed by confidence.</summary>
/// <param name="groupOf">Group of a product, numbered from 0 (species, department); null for none.</param>
/// <param name="seasonOf">Share of a product's popularity that counts at this time of the year, from 0 to 1; null for all of it.</param>
public sealed class PopularityTrainer(Func<int, int>? groupOf = null, Func<int, float>? seasonOf = null) : ITrainer
{
    /// <inheritdoc/>
    public string Name => "popularity";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["groups"] = groupOf is null ? "no" : "yes", ["season"] = seasonOf is null ? "no" : "yes" };

    /// <inheritdoc/>
    IModel ITrainer.Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel) => Train(matrix);

    /// <inheritdoc cref="ITrainer.Train"/>
    public PopularityModel Train(InteractionMatrix matrix)
    {
        var scores = new float[matrix.ItemCount];
        for (var item = 0; item < scores.Length; item++)
        {
            double sum = 0;
            foreach (var seen in matrix.ByItem[item])
                sum += seen.Target * Math.Log2(1 + seen.Confidence);
            scores[item] = (float)sum * (seasonOf?.Invoke(matrix.Items[item]) ?? 1);
        }
        int[] groups = groupOf is null ? [] : [.. matrix.Items.Products.ToArray().Select(groupOf)];
        return new PopularityModel(matrix.Items, scores, groups);
    }
}
