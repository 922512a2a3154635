namespace PetShop.Web.Tracking;

/// <summary>Tells whether a POST comes from the shop's own pages, by what browsers say and scripts cannot forge.</summary>
/// <remarks>Serves the two endpoints that every page uses (the consent dialog and the beacon), so that a page needs no token of its own for them.</remarks>
public static class SameOrigin
{
    public static bool Allows(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site == "same-origin";
        var origin = request.Headers.Origin.ToString() is { Length: > 0 } named ? named : request.Headers.Referer.ToString();
        // Every browser names the origin of a foreign POST; what names none is no browser and carries nobody's cookies.
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
