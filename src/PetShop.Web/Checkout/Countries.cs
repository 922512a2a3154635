namespace PetShop.Web.Checkout;

/// <summary>Where parcels go.</summary>
public static class Countries
{
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("DE", "Germany"), ("AT", "Austria"), ("BE", "Belgium"), ("DK", "Denmark"), ("FR", "France"), ("IE", "Ireland"), ("LU", "Luxembourg"), ("NL", "Netherlands"), ("PL", "Poland"),
    ];

    public static string Name(string code) => All.FirstOrDefault(c => c.Code == code).Name ?? code;
}
