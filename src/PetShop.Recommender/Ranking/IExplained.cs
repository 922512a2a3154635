using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>A model that can say what each past interaction adds to a product's score.</summary>
public interface IExplained : IModel
{
    /// <summary>Splits an item's score into what each past interaction adds to it or takes from it; the parts sum to the score.</summary>
    /// <param name="history">As scored.</param>
    /// <param name="item">The item explained.</param>
    /// <param name="contributions">One for each interaction, in the same order.</param>
    void Explain(ReadOnlySpan<Interaction> history, int item, Span<float> contributions);
}
