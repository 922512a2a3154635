using System.Globalization;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Content;

/// <summary>Trains as another trainer does, then maps products that few touched into the factors by their content; other models pass as they are.</summary>
/// <param name="inner">Makes the factors; its name stays.</param>
/// <param name="content">What the products are.</param>
public sealed class ContentAwareTrainer(ITrainer inner, ContentVectors content, ColdItemOptions options) : ITrainer
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>(inner.Parameters)
    {
        ["contentMass"] = options.Mass.ToString(CultureInfo.InvariantCulture),
        ["contentRegularization"] = options.Regularization.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public IModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var model = inner.Train(matrix, progress, cancel);
        if (model is not FactorModel factors || content.FeatureCount == 0)
            return model;
        progress?.Report(new TrainingProgress("content", 0, 1));
        var counts = CountsOf(matrix);
        var mapped = new ColdItemMap(factors, counts, content, options).Apply(factors, counts);
        progress?.Report(new TrainingProgress("content", 1, 1));
        return mapped;
    }

    /// <summary>Interactions of each item of a matrix.</summary>
    public static int[] CountsOf(InteractionMatrix matrix)
    {
        var counts = new int[matrix.ItemCount];
        for (var item = 0; item < counts.Length; item++)
            counts[item] = matrix.ByItem[item].Length;
        return counts;
    }
}
