using Microsoft.AspNetCore.Mvc;
using PetShop.Web.Recommendations;

namespace PetShop.Web.Pages.Shared.Components.ProductRail;

/// <summary>A named spot for recommended products; nothing at all where there is too little to show.</summary>
public sealed class ProductRailViewComponent(RailBatch rails) : ViewComponent
{
    /// <param name="placement">One of <see cref="Placements"/>.</param>
    /// <param name="productId">The product it is about.</param>
    /// <param name="category">Slug of the category or department it keeps to.</param>
    /// <param name="petId">The one pet it is for.</param>
    /// <param name="products">Products it goes with: those of a cart or an order.</param>
    public async Task<IViewComponentResult> InvokeAsync(string placement, int? productId = null, string? category = null, Guid? petId = null, IReadOnlyList<int>? products = null)
    {
        var made = await rails.GetAsync(new(placement, productId, category, petId, products), HttpContext.RequestAborted);
        return made.Count == 0 ? Content("") : View(made);
    }
}
