using Microsoft.AspNetCore.Antiforgery;
using PetShop.Data.Events;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations;

/// <summary><c>POST /not-for-me</c>: a visitor says that a product is not for them, and no list offers it again for a year.</summary>
public sealed class NotForMeEndpoint(IAntiforgery antiforgery, EventRecorder events, ModelHolder holder)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest("This page is too old to act on. Go back, load it again and try once more.");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!int.TryParse(form["product"], out var id) || holder.Current.Catalogue.Find(id) is not { } product)
            return Results.BadRequest("Name a product that the shop sells.");
        if (!http.Visitor().MayPersonalise)
            return Results.BadRequest("Lists are the same for everybody until you allow personal ones under Privacy.");
        events.Record(EventType.Disliked, id);
        if (http.Request.Headers.ContainsKey("HX-Request"))
            return Results.Content($"<p class=\"toast\">Noted: we will not suggest {System.Net.WebUtility.HtmlEncode(product.Name)} to you again.</p>", "text/html; charset=utf-8");
        var back = form["returnUrl"].ToString();
        return Results.LocalRedirect(back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : "/");
    }
}
