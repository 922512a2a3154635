using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Checkout;

/// <summary>The fields of an address, in the checkout and in the address book.</summary>
public sealed record AddressForm
{
    [Required(ErrorMessage = "Please give the name on the doorbell."), StringLength(120, ErrorMessage = "Please use at most 120 characters.")] public string FullName { get; init; } = "";
    [Required(ErrorMessage = "Please give street and number."), StringLength(120, ErrorMessage = "Please use at most 120 characters.")] public string Line1 { get; init; } = "";
    [StringLength(120, ErrorMessage = "Please use at most 120 characters.")] public string? Line2 { get; init; }
    [Required(ErrorMessage = "Please give the postcode."), StringLength(12, ErrorMessage = "This postcode is too long."), CustomValidation(typeof(AddressForm), nameof(CheckPostcode))] public string Postcode { get; init; } = "";
    [Required(ErrorMessage = "Please give the town."), StringLength(80, ErrorMessage = "Please use at most 80 characters.")] public string City { get; init; } = "";
    [Required(ErrorMessage = "Please choose the country."), CustomValidation(typeof(AddressForm), nameof(CheckCountry))] public string Country { get; init; } = "DE";
    [RegularExpression(@"[0-9 +()/\-.]{5,25}", ErrorMessage = "Please give the number in digits.")] public string? Phone { get; init; }

    // Rules of single fields, so that all that is wrong is told at once: what a whole form says of itself is asked only once every field is right.
    public static ValidationResult? CheckCountry(string? country) =>
        Countries.All.Any(c => c.Code == country) ? ValidationResult.Success : new("We cannot deliver to that country yet.");

    public static ValidationResult? CheckPostcode(string? postcode, ValidationContext form)
    {
        var country = ((AddressForm)form.ObjectInstance).Country;
        var (digits, given) = (country switch { "DE" or "FR" => 5, "AT" or "BE" or "DK" or "LU" => 4, _ => 0 }, postcode?.Trim() ?? "");
        return digits == 0 || given.Length == 0 || (given.Length == digits && given.All(char.IsAsciiDigit)) ? ValidationResult.Success : new($"A postcode in {Countries.Name(country)} has {digits} digits.");
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
