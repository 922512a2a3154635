namespace PetShop.Recommender.Interactions;

/// <summary>One event of one shopper with one product.</summary>
public readonly record struct InteractionEvent(int Product, InteractionKind Kind, DateTimeOffset At, float Quantity = 1);
