namespace PetShop.Web.Importing;

/// <summary>A column an import understands.</summary>
/// <param name="Name">Its name in a file that needs no mapping.</param>
/// <param name="IsRequired">Whether a row without a value is refused.</param>
/// <param name="Meaning">What it holds, with its unit.</param>
public sealed record ImportColumn(string Name, bool IsRequired, string Meaning);

/// <summary>The columns of the two files, as the help, the mapping and the readers know them.</summary>
public static class ImportColumns
{
    public static readonly IReadOnlyList<ImportColumn> Products =
    [
        new("sku", true, "code of the option that is sold; unique"),
        new("name", true, "name of the product"),
        new("product", false, "key that the SKUs of one product share; without it every SKU is a product"),
        new("brand", false, "name of the brand"),
        new("category", false, "path of names from the department down, separated by '/'"),
        new("species", false, "species it is made for, separated by '|'; empty means any"),
        new("label", false, "how the option reads on a button, such as 2 kg"),
        new("price", false, "price in major units of the shop's currency, with a decimal point; what comes without one is not for sale until it has one"),
        new("pack_grams", false, "weight of the pack in grams"),
        new("pack_ml", false, "volume of the pack in millilitres; what has one shows the price of a litre, not of a kilogram"),
        new("stock", false, "units on the shelf; leave the column out of a later file to keep what was sold since"),
        new("summary", false, "one sentence"),
        new("description", false, "text of the product page"),
        new("ingredients", false, "separated by '|'"),
        new("allergens", false, "separated by '|'"),
        new("kcal_per_100g", false, "energy of a food"),
    ];

    public static readonly IReadOnlyList<ImportColumn> Orders =
    [
        new("order", true, "number of the order; its lines share it"),
        new("sku", true, "code of the option that was bought"),
        new("quantity", true, "units, 1 or more"),
        new("unit_price", true, "price of one unit in major units of the shop's currency"),
        new("placed_at", true, "when the order was placed"),
        new("customer", false, "key of the customer; an order without one belongs to nobody"),
        new("email", false, "address of the customer"),
        new("country", false, "country by name or ISO 3166-1 alpha-2 code"),
    ];
}
