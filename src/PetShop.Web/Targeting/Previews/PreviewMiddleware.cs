using System.Security.Claims;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Previews;

/// <summary>Shows a page of the shop as somebody else meets it: read only, without cookies, script or events, to the member of staff whose token asks for it.</summary>
public sealed class PreviewMiddleware(RequestDelegate next, PreviewTokens tokens, ProfilePreview preview, PastProfiles pasts)
{
    // Pages that show nothing of an account: no cart, no address, no order.
    private static readonly HashSet<string> Pages = new(StringComparer.Ordinal) { "/Index", "/Catalog/Department", "/Catalog/Category", "/Catalog/Product", "/Search" };

    // No script runs and no form is sent, in whatever window the page is opened.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'none'; connect-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

    public Task InvokeAsync(HttpContext http) =>
        http.Request.QueryString.HasValue && http.Request.Query[PreviewTokens.Query] is [{ Length: > 0 } token] ? ShowAsync(http, token) : next(http);

    private async Task ShowAsync(HttpContext http, string token)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not { AreaName: null } page || !Pages.Contains(page.ViewEnginePath))
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "A preview shows the home page, departments, categories, products and the search; nothing else, and nothing can be sent from it.");
            return;
        }
        if (tokens.Read(http.User, token) is not { } look || await VisitorAsync(look, http.RequestAborted) is not { } visitor)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "This preview has run out, or is another's. Open it again from the admin area.");
            return;
        }
        Disguise(http);
        var profile = await pasts.AtAsync(visitor, look.At, visitor.ShopperId is null ? look.Segments.ToList() : [], http.RequestAborted);
        http.Features.Set(profile.Visitor);
        VisitorProfiles.Set(http, profile.Visitor, profile.Profile);
        await next(http);
    }

    private async Task<Visitor?> VisitorAsync(PreviewAs look, CancellationToken cancel) => look.Shopper is { } shopper
        ? await preview.VisitorAsync(shopper, look.Device, look.At, cancel)
        : ProfilePreview.Stranger(look.Device, look.Agreed);

    /// <summary>Takes the member of staff out of the request, cart and account and all, and everything that is left behind out of the answer.</summary>
    private static void Disguise(HttpContext http)
    {
        http.User = new ClaimsPrincipal(new ClaimsIdentity());
        http.Request.Headers.Cookie = default;
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.SetCookie = default;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Robots-Tag"] = "noindex";
            return Task.CompletedTask;
        });
    }

    private static Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(why, http.RequestAborted);
    }
}
