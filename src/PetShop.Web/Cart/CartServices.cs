namespace PetShop.Web.Cart;

/// <summary>Carts: one cookie, one table, no session.</summary>
public static class CartServices
{
    public static void AddCart(this IHostApplicationBuilder builder) => builder.Services.AddScoped<CartStore>();
}
