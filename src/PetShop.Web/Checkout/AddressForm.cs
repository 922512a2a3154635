using System.ComponentModel.DataAnnotations;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Checkout;

/// <summary>The fields of an address, in the checkout and in the address book.</summary>
public sealed record AddressForm : IValidatableObject
{
    [Required(ErrorMessage = "Please give the name on the doorbell."), StringLength(120, ErrorMessage = "Please use at most 120 characters.")] public string FullName { get; init; } = "";
    [Required(ErrorMessage = "Please give street and number."), StringLength(120, ErrorMessage = "Please use at most 120 characters.")] public string Line1 { get; init; } = "";
    [StringLength(120, ErrorMessage = "Please use at most 120 characters.")] public string? Line2 { get; init; }
    [Required(ErrorMessage = "Please give the postcode."), StringLength(12, ErrorMessage = "This postcode is too long.")] public string Postcode { get; init; } = "";
    [Required(ErrorMessage = "Please give the town."), StringLength(80, ErrorMessage = "Please use at most 80 characters.")] public string City { get; init; } = "";
    [Required(ErrorMessage = "Please choose the country.")] public string Country { get; init; } = "DE";
    [RegularExpression(@"[0-9 +()/\-.]{5,25}", ErrorMessage = "Please give the number in digits.")] public string? Phone { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Countries.All.Any(c => c.Code == Country))
            yield return new("We cannot deliver to that country yet.", [nameof(Country)]);
        var digits = Country switch { "DE" or "FR" => 5, "AT" or "BE" or "DK" or "LU" => 4, _ => 0 };
        if (digits > 0 && Postcode.Length > 0 && (Postcode.Trim().Length != digits || !Postcode.Trim().All(char.IsAsciiDigit)))
            yield return new($"A postcode in {Countries.Name(Country)} has {digits} digits.", [nameof(Postcode)]);
    }

    public static AddressForm Of(Address a) => new()
    {
        FullName = a.FullName, Line1 = a.Line1, Line2 = a.Line2, Postcode = a.Postcode, City = a.City, Country = a.Country, Phone = a.Phone,
    };

    public DeliveryAddress ToAddress() => new(FullName.Trim(), Line1.Trim(), Line2?.Trim(), Postcode.Trim(), City.Trim(), Country, Phone?.Trim());

    /// <summary>Writes the fields into an entry of the address book.</summary>
    public Address WriteTo(Address entry)
    {
        (entry.FullName, entry.Line1, entry.Line2, entry.Postcode) = (FullName.Trim(), Line1.Trim(), Line2?.Trim(), Postcode.Trim());
        (entry.City, entry.Country, entry.Phone) = (City.Trim(), Country, Phone?.Trim());
        return entry;
    }

    /// <summary>A new entry of a shopper's address book.</summary>
    public Address NewEntry(Guid shopperId, bool isDefault) => new()
    {
        ShopperId = shopperId, IsDefault = isDefault,
        FullName = FullName.Trim(), Line1 = Line1.Trim(), Line2 = Line2?.Trim(), Postcode = Postcode.Trim(), City = City.Trim(), Country = Country, Phone = Phone?.Trim(),
    };
}
