namespace PetShop.Recommender.Interactions;

/// <summary>What a shopper did with a product, as far as it tells of liking.</summary>
public enum InteractionKind
{
    /// <summary>Looked at the product page for at least <see cref="InteractionWeights.MinimumDwell"/>; the caller drops shorter looks.</summary>
    View,
    SearchClick,
    Wishlist,
    CartAdd,
    Purchase,

    /// <summary>A subscription that is running; it does not fade while it lasts.</summary>
    Subscription,
    Dislike,
    PetRefused,
}
