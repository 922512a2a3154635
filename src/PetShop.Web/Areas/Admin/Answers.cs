using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PetShop.Web.Areas.Admin;

/// <summary>How a form that may have been sent by htmx is left.</summary>
public static class Answers
{
    /// <summary>Goes to another page: by redirect, or by the header that htmx understands.</summary>
    public static IActionResult Leave(this PageModel page, string path)
    {
        if (!page.Request.Headers.ContainsKey("HX-Request"))
            return new RedirectResult(path);
        page.Response.Headers["HX-Redirect"] = path;
        return new OkResult();
    }
}
