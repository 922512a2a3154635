namespace PetShop.Web.Accounts;

/// <summary>Who may do what: shoppers buy, merchandisers edit what is shown, administrators also look after models and people.</summary>
public static class ShopRoles
{
    public const string Shopper = "shopper";
    public const string Merchandiser = "merchandiser";
    public const string Administrator = "administrator";
}
