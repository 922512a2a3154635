using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PetShop.Web.Pages;

/// <summary>Shown for every answer without a page of its own: not found, not allowed, not understood.</summary>
[IgnoreAntiforgeryToken]
public sealed class NotFoundModel : PageModel
{
    public string Title { get; private set; } = "";
    public string Explanation { get; private set; } = "";

    public void OnGet(int status = StatusCodes.Status404NotFound) => Explain(status);

    public void OnPost(int status = StatusCodes.Status404NotFound) => Explain(status);

    private void Explain(int status)
    {
        if (Response.StatusCode == StatusCodes.Status200OK)
            Response.StatusCode = StatusCodes.Status404NotFound;
        (Title, Explanation) = status switch
        {
            StatusCodes.Status400BadRequest => ("We could not read that", "The form may have been open for a long time. Go back, load the page again and send it once more."),
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ("This door is not yours", "Sign in with an account that may come in here."),
            StatusCodes.Status404NotFound => ("This page has run off", "It may have moved, or we no longer sell what stood here. The search knows what is still around."),
            _ => ("That did not work", "Try again in a moment."),
        };
    }
}
