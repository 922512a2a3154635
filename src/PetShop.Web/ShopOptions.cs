using System.ComponentModel.DataAnnotations;

namespace PetShop.Web;

/// <summary>What the whole shop shares: section <c>Shop</c> of the configuration.</summary>
public sealed class ShopOptions
{
    [Required] public string Name { get; init; } = "PetShop";

    /// <summary>ISO 4217; every price is in minor units of it.</summary>
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Shop:Currency must be three capital letters such as EUR.")]
    public string Currency { get; init; } = "EUR";

    /// <summary>IANA name; calendar days of rules, banners and reports are days of this zone.</summary>
    [Required] public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>ISO 3166-1 alpha-2; where the shop is, and a visitor's country when nothing else tells.</summary>
    [Required, RegularExpression("^[A-Z]{2}$", ErrorMessage = "Shop:Country must be two capital letters such as DE.")]
    public string Country { get; init; } = "DE";

    /// <summary>The shop's time zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}
