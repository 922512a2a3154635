using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>A model that answers requests, and its version. Immutable.</summary>
public sealed record ServedModel(int Version, string Trainer, IModel Model)
{
    /// <summary>Name under which its lists are recorded.</summary>
    public string Strategy => Trainer;
}
