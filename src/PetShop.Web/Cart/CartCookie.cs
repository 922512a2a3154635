using System.Globalization;

namespace PetShop.Web.Cart;

/// <summary>Which cart a browser holds and how many things lie in it, so that the badge costs no query.</summary>
public readonly record struct CartReference(Guid CartId, int Count);

/// <summary>The essential cookie of the cart; its id cannot be guessed, so it needs no seal.</summary>
public static class CartCookie
{
    public const string Name = "petshop.cart";

    private static readonly object Key = new();

    /// <summary>The cart of this browser as of this request; null before the first line.</summary>
    public static CartReference? Read(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var written))
            return (CartReference?)written;
        var value = http.Request.Cookies[Name].AsSpan();
        return value.Length > 33 && value[32] == '.' && Guid.TryParseExact(value[..32], "N", out var id)
            && int.TryParse(value[33..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new(id, count) : null;
    }

    public static void Write(HttpContext http, CartReference? cart)
    {
        http.Items[Key] = cart;
        if (cart is { } held)
            http.Response.Cookies.Append(Name, string.Create(CultureInfo.InvariantCulture, $"{held.CartId:N}.{held.Count}"), Options(http, TimeSpan.FromDays(90)));
        else if (http.Request.Cookies.ContainsKey(Name))
            http.Response.Cookies.Delete(Name, Options(http, null));
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = age, Path = "/",
    };
}
