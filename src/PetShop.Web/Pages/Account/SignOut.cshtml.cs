using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Accounts;

namespace PetShop.Web.Pages.Account;

/// <summary>Signs out, by POST alone: a picture on another site must not be able to.</summary>
public sealed class SignOutModel(SignInFlow flow) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await flow.SignOutAsync(HttpContext);
        TempData["Toast"] = "You are signed out. Goodbye until next time.";
        return LocalRedirect("/");
    }
}
