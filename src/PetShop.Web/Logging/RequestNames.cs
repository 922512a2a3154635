using System.Globalization;

namespace PetShop.Web.Logging;

/// <summary>What a log may call a request: its path, without the values that are a key to something.</summary>
/// <remarks>
/// Whoever knows the address of an order's confirmation or of a link in a mail may open it, so of a path's values only those are told that name what
/// everybody can see, and plain numbers. A new page is silent about its values until it is put on the list.
/// </remarks>
public sealed class RequestNames(RequestDelegate next)
{
    private static readonly object NameKey = new();
    private static readonly HashSet<string> Told = new(StringComparer.OrdinalIgnoreCase) { "slug", "department", "category", "name", "page", "area", "handler" };

    /// <summary>Stands behind routing; the first name stays when an error page takes over.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Items.ContainsKey(NameKey))
            http.Items[NameKey] = http.GetEndpoint() is RouteEndpoint route ? NameOf(http.Request, route) : Beginning(http.Request.Path);
        return next(http);
    }

    /// <summary>The name of a request.</summary>
    /// <param name="asked">Its path, for one that was answered before it was routed.</param>
    public static string Of(HttpContext http, PathString asked) => http.Items.TryGetValue(NameKey, out var name) ? (string)name! : Beginning(asked);

    // An address that leads nowhere may be a key with a typing error.
    private static string Beginning(PathString asked)
    {
        var path = asked.Value ?? "";
        return path.IndexOf('/', Math.Min(1, path.Length)) is > 0 and var end ? $"{path[..end]}/…" : path;
    }

    private static string NameOf(HttpRequest request, RouteEndpoint route)
    {
        var values = route.RoutePattern.Parameters;
        for (var i = 0; i < values.Count; i++)
            if (!MayTell(values[i].Name, request.RouteValues.GetValueOrDefault(values[i].Name)))
                return "/" + route.RoutePattern.RawText!.TrimStart('/');
        return request.Path.Value ?? "";
    }

    private static bool MayTell(string name, object? value) =>
        value is null || Told.Contains(name) || long.TryParse(value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
