namespace PetShop.Web.Targeting;

/// <summary>The three forms a banner takes.</summary>
public enum BannerShape { Hero, Strip, Card }

/// <summary>A named spot for one banner.</summary>
/// <param name="Label">As merchandisers read it.</param>
public sealed record Placement(string Key, string Label, BannerShape Shape)
{
    public static IReadOnlyList<Placement> All { get; } =
    [
        new("home-hero", "Home: opening picture", BannerShape.Hero), new("home-strip", "Home: between the rails", BannerShape.Strip),
        new("department-top", "Department: below its head", BannerShape.Strip), new("category-strip", "Category: above the list", BannerShape.Strip),
        new("product-side", "Product: beside the facts", BannerShape.Card), new("cart-top", "Cart: above the lines", BannerShape.Strip),
        new("account-top", "Account: above the overview", BannerShape.Strip),
    ];

    public static Placement? Find(string? key) => All.FirstOrDefault(p => p.Key == key);

    /// <summary>What merchandisers call a placement; the key of one that is no longer there.</summary>
    public static string LabelOf(string? key) => Find(key)?.Label ?? key ?? "";
}
