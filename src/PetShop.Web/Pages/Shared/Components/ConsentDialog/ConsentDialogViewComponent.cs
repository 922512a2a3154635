using Microsoft.AspNetCore.Mvc;
using PetShop.Data.Events;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Shared.Components.ConsentDialog;

/// <summary>Asks for consent where it has not been answered; where it was given, puts the beacon on the page instead.</summary>
public sealed class ConsentDialogViewComponent(EventRecorder events, TimeProvider clock) : ViewComponent
{
    public IViewComponentResult Invoke()
    {
        var visitor = HttpContext.Visitor();
        if (visitor.MayRecord)
            return View("Beacon", new Reporting(clock.GetUtcNow().ToUnixTimeMilliseconds(), events.ProductView));
        // The privacy page asks the same in its own form; the browser's signal is an answer.
        if (visitor.Consent.IsAnswered || visitor.IsBot || visitor.SendsGpc || Request.Path.StartsWithSegments("/privacy", StringComparison.OrdinalIgnoreCase))
            return Content("");
        return View("Default", new Question($"{Request.Path}{Request.QueryString}", VisitOrigin.HostOf(Request)));
    }

    /// <param name="Here">The page to come back to.</param>
    /// <param name="From">Host of the page that led here: stands in the form only, so that nothing is stored before the answer.</param>
    public sealed record Question(string Here, string? From);

    /// <param name="Now">The server's clock, milliseconds since 1970: the page corrects the browser's by it.</param>
    /// <param name="View">The product view that this page is.</param>
    public sealed record Reporting(long Now, ShopEvent? View);
}
