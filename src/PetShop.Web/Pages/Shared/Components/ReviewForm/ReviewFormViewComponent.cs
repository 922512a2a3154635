using Microsoft.AspNetCore.Mvc;

namespace PetShop.Web.Pages.Shared.Components.ReviewForm;

/// <summary>The way from a product to writing a review; asks the database nothing, the page behind it checks the purchase.</summary>
public sealed class ReviewFormViewComponent : ViewComponent
{
    public IViewComponentResult Invoke(int productId) => View(productId);
}
