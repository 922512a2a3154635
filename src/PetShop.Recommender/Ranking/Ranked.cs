namespace PetShop.Recommender.Ranking;

/// <summary>An item in a list and the score that put it there.</summary>
/// <param name="Item">Column of the product in the model's <see cref="Interactions.ItemIndex"/>.</param>
/// <param name="Score">The higher the better; comparable within one list only.</param>
public readonly record struct Ranked(int Item, float Score);
