using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text;
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

    public DeliveryAddress ToAddress() => new(Tidy(FullName), Tidy(Line1), Tidy(Line2), Tidy(Postcode), Tidy(City), Country, Tidy(Phone));

    /// <summary>Writes the fields into an entry of the address book.</summary>
    public Address WriteTo(Address entry)
    {
        (entry.FullName, entry.Line1, entry.Line2, entry.Postcode) = (Tidy(FullName), Tidy(Line1), Tidy(Line2), Tidy(Postcode));
        (entry.City, entry.Country, entry.Phone) = (Tidy(City), Country, Tidy(Phone));
        return entry;
    }

    /// <summary>A new entry of a shopper's address book.</summary>
    public Address NewEntry(Guid shopperId, bool isDefault) => new()
    {
        ShopperId = shopperId, IsDefault = isDefault,
        FullName = Tidy(FullName), Line1 = Tidy(Line1), Line2 = Tidy(Line2), Postcode = Tidy(Postcode), City = Tidy(City), Country = Country, Phone = Tidy(Phone),
    };

    // Trimmed and composed, as rules write their texts: a rule about "Köln" finds everybody who lives there, whichever keyboard they typed it on.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Tidy(string? text) => text?.Trim().Normalize(NormalizationForm.FormC);
}
