using System.Globalization;
using PetShop.Recommender.Content;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Web.Recommendations.Training;

/// <summary>The trainers that compete for the shop, and how one is made again from the parameters kept with its model.</summary>
public static class Contenders
{
    // Enough to know every setting's worth in a minute or two; above it one setting is trained.
    private const int TunedBelow = 500_000;

    /// <summary>Trainers that may win, given how much there is to learn from.</summary>
    /// <param name="content">What the products are; null leaves those that nobody touched without a place in the factors.</param>
    public static IReadOnlyList<ITrainer> For(InteractionMatrix matrix, int threads, ContentVectors? content = null)
    {
        var rank = matrix.ItemCount < 5_000 && matrix.Count < 2_000_000 ? 64 : 128;
        var usual = new AlsOptions { Rank = rank, Threads = threads };
        IEnumerable<AlsOptions> settings = matrix.Count < TunedBelow ? ModelSelection.AlsGrid(usual) : [usual];
        return [.. settings.Select(s => ColdProducts.Aware(new AlsTrainer(s), content)), new ItemItemTrainer(new ItemItemOptions())];
    }

    /// <summary>The baseline that every model must be seen beside.</summary>
    public static ITrainer Popularity { get; } = new PopularityTrainer();

    /// <summary>A trainer with the name and parameters that stand with a model; null when this program has no such trainer.</summary>
    public static ITrainer? Again(string name, IReadOnlyDictionary<string, string> parameters, int threads, ContentVectors? content = null)
    {
        try
        {
            return name switch
            {
                "als" => ColdProducts.Aware(new AlsTrainer(new AlsOptions
                {
                    Rank = (int)Number("rank"), Epochs = (int)Number("epochs"), UnobservedWeight = Number("unobservedWeight"),
                    Regularization = Number("regularization"), FrequencyExponent = Number("frequencyExponent"), Threads = threads,
                }), content),
                "item-item" => new ItemItemTrainer(new ItemItemOptions { Balance = Number("balance"), Shrinkage = Number("shrinkage"), Neighbours = (int)Number("neighbours") }),
                _ => null,
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException)
        {
            return null;
        }

        double Number(string key) => double.Parse(parameters[key], CultureInfo.InvariantCulture);
    }

    /// <summary>Name and settings in a line, to tell contenders of one kind apart.</summary>
    public static string Describe(ITrainer trainer) => trainer.Name != "als" ? trainer.Name
        : $"als a0={trainer.Parameters["unobservedWeight"]} l={trainer.Parameters["regularization"]} d={trainer.Parameters["rank"]}";

    /// <summary>Trains on the holdout's past and tests on its future.</summary>
    public static EvaluationResult Measure(string name, IModel model, Holdout holdout, EvaluationOptions options, CancellationToken cancel)
    {
        if (model.Items.Products.SequenceEqual(holdout.Training.Items.Products))
            return Evaluator.Evaluate(name, model.Top, holdout, options, cancel);
        throw new ArgumentException($"The model {name} knows other products than the holdout.", nameof(model));
    }
}
