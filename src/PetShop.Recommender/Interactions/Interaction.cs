namespace PetShop.Recommender.Interactions;

/// <summary>All that one shopper did with one product, weighed: one cell of the training matrix.</summary>
/// <param name="Index">Column of the product; in <see cref="InteractionMatrix.ByItem"/> the row of the shopper.</param>
/// <param name="Confidence">How sure we are, above 0 and at most 20.</param>
/// <param name="Target">1 for liking, 0 for a refusal.</param>
public readonly record struct Interaction(int Index, float Confidence, float Target = 1);
