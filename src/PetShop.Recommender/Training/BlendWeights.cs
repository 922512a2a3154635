using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Settings of <see cref="BlendWeights.Learn"/>.</summary>
public sealed record BlendOptions
{
    /// <summary>Cases looked at while searching, drawn by the seed; memory is this times parts times candidates.</summary>
    public int MaxCases { get; init; } = 3_000;

    /// <summary>Best items of each part that are candidates.</summary>
    public int Candidates { get; init; } = 100;

    /// <summary>Draws the cases.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>What each model's scores should count, learned from a validation holdout.</summary>
/// <param name="Weights">One for each model, 0 or more, summing to 1.</param>
/// <param name="Ndcg10">Of the blend, over the whole holdout.</param>
/// <param name="PartNdcg10">Of each model alone, over the whole holdout.</param>
public sealed record BlendWeights(IReadOnlyList<double> Weights, double Ndcg10, IReadOnlyList<double> PartNdcg10)
{
    // The search halves its step from the first to the last of these.
    private const double FirstStep = 0.5, LastStep = 0.02;

    /// <summary>Climbs, weight by weight, from the best model alone to the best NDCG@10; never ends below the best model.</summary>
    /// <param name="models">Models of the holdout's training part.</param>
    /// <param name="validation">What to learn from; test on a later one.</param>
    /// <param name="evaluation">Whether seen items count, and cores.</param>
    /// <param name="options">Bounds of the search.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ArgumentException">There is no model or no case, or the models know different products.</exception>
    public static BlendWeights Learn(IReadOnlyList<IModel> models, Holdout validation, EvaluationOptions evaluation, BlendOptions options, CancellationToken cancel = default)
    {
        if (models.Count == 0 || validation.Cases.Count == 0)
            throw new ArgumentException($"{models.Count} models cannot be blended by {validation.Cases.Count} cases; at least one of each is needed.");
        double[] alone = [.. models.Select(m => Ndcg(m, validation, evaluation, cancel))];
        var best = new double[models.Count];
        best[Array.IndexOf(alone, alone.Max())] = 1;
        var weights = Climb(BlendCases.Take(models, validation, evaluation, options, cancel), [.. best], cancel);
        // The climb sees some cases and the best candidates only; what it found must hold over all of both.
        var blended = Ndcg(Blend(models, weights), validation, evaluation, cancel);
        return blended > alone.Max() ? new BlendWeights(weights, blended, alone) : new BlendWeights(best, alone.Max(), alone);
    }

    private static double[] Climb(BlendCases cases, double[] weights, CancellationToken cancel)
    {
        var reached = cases.Ndcg10(weights);
        for (var step = FirstStep; step >= LastStep; step /= 2)
        {
            for (var moved = true; moved;)
            {
                moved = false;
                for (var part = 0; part < weights.Length; part++)
                {
                    foreach (var shift in new[] { step, -step })
                    {
                        cancel.ThrowIfCancellationRequested();
                        if (Shifted(weights, part, shift) is not { } tried || cases.Ndcg10(tried) is var ndcg && ndcg <= reached)
                            continue;
                        (weights, reached, moved) = (tried, ndcg, true);
                    }
                }
            }
        }
        return weights;
    }

    private static double[]? Shifted(double[] weights, int part, double shift)
    {
        double[] tried = [.. weights];
        tried[part] = Math.Max(0, tried[part] + shift);
        var sum = tried.Sum();
        return sum <= 0 || tried[part] == weights[part] ? null : Array.ConvertAll(tried, w => w / sum);
    }

    private static BlendModel Blend(IReadOnlyList<IModel> models, double[] weights) =>
        new([.. models.Select((m, i) => new BlendPart(m.GetType().Name, m, (float)weights[i]))]);

    private static double Ndcg(IModel model, Holdout validation, EvaluationOptions evaluation, CancellationToken cancel) =>
        Evaluator.Evaluate("blend", model.Top, validation, evaluation, cancel).Overall.Ndcg10;
}
