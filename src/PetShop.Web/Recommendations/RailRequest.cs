namespace PetShop.Web.Recommendations;

/// <summary>A rail that a page wants: where, and about what.</summary>
/// <param name="Placement">One of <see cref="Placements"/>.</param>
/// <param name="ProductId">The product the rail is about.</param>
/// <param name="Category">Slug of the category or department the rail keeps to.</param>
/// <param name="PetId">The one pet it is for; unset for each of them.</param>
/// <param name="Products">Products it goes with: those of a cart or an order.</param>
public sealed record RailRequest(string Placement, int? ProductId = null, string? Category = null, Guid? PetId = null, IReadOnlyList<int>? Products = null)
{
    internal (string, int?, string?, Guid?) Key => (Placement, ProductId, Category, PetId);
}

/// <summary>The named spots that rails stand in.</summary>
public static class Placements
{
    public const string HomeForYou = "home-for-you", HomePet = "home-pet", HomeBecauseViewed = "home-because-viewed", HomeBuyAgain = "home-buy-again",
        HomeTrending = "home-trending", HomeRecent = "home-recent", ProductSimilar = "product-similar", ProductTogether = "product-together",
        ProductBecause = "product-because", CartTogether = "cart-together", OrderNext = "order-next", AccountBuyAgain = "account-buy-again",
        AccountForYou = "account-for-you", DepartmentTrending = "department-trending", CategoryForYou = "category-for-you", SearchEmpty = "search-empty",
        LetterForYou = "letter-for-you", LetterBuyAgain = "letter-buy-again";
}
