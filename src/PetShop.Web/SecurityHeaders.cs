namespace PetShop.Web;

/// <summary>What browsers are told on every answer: everything comes from the shop itself, nothing is framed, sniffed or sent on.</summary>
public static class SecurityHeaders
{
    // Styles: banners and charts set custom properties on elements. Pictures: an imported catalogue may name its own, over https.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        return next(http);
    });
}
