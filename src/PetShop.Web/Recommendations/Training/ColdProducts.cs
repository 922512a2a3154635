using System.Globalization;
using PetShop.Recommender.Content;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Training;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Sees to products that nobody has touched: their place in the factors follows from what they are.</summary>
public static class ColdProducts
{
    /// <summary>Name among a model's parameters of how many products have their place by content alone.</summary>
    public const string Count = "mappedProducts";

    /// <summary>The trainer, with products of few interactions mapped by their content; as it is when there is no content.</summary>
    public static ITrainer Aware(ITrainer trainer, ContentVectors? content) => content is null ? trainer : new ContentAwareTrainer(trainer, content, new());

    /// <summary>The trainer's parameters and, when it maps, the number of products that none of these interactions touches.</summary>
    public static IReadOnlyDictionary<string, string> Describe(ITrainer trainer, InteractionMatrix matrix) => !Maps(trainer) ? trainer.Parameters
        : new Dictionary<string, string>(trainer.Parameters) { [Count] = ContentAwareTrainer.CountsOf(matrix).Count(n => n == 0).ToString(CultureInfo.InvariantCulture) };

    private static bool Maps(ITrainer trainer) => trainer is ContentAwareTrainer || (trainer is BlendTrainer blend && blend.Parts.Any(p => Maps(p.Trainer)));
}
