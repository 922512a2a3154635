using PetShop.Web.Catalog;

namespace PetShop.Web.Recommendations;

/// <summary>A row of products as a page shows it.</summary>
/// <param name="Why">Why it is there, in a phrase.</param>
/// <param name="Strategy">What chose the products, as recorded with impressions and clicks.</param>
/// <param name="RecommendationId">UUIDv7 that ties impressions, clicks, cart lines and orders to this one list.</param>
/// <param name="Cards">In the order of their positions.</param>
public sealed record Rail(string Placement, string Title, string Why, string Strategy, int? ModelVersion, Guid RecommendationId, IReadOnlyList<ProductCard> Cards);
