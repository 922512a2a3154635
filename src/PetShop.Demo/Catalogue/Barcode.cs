using System.Globalization;

namespace PetShop.Demo.Catalogue;

/// <summary>Thirteen-digit barcodes (EAN-13) in the range that GS1 leaves to shops for their own use.</summary>
public static class Barcode
{
    /// <summary>A barcode that no maker's product can have, for SKU <paramref name="index"/> of product <paramref name="number"/>.</summary>
    internal static string InStore(int number, int index)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"20{number:0000000}{index:000}");
        return digits + CheckDigit(digits);
    }

    /// <summary>Whether the last digit agrees with the twelve before it.</summary>
    public static bool IsValid(string barcode) =>
        barcode.Length == 13 && barcode.All(char.IsAsciiDigit) && barcode[12] == CheckDigit(barcode[..12]);

    private static char CheckDigit(string digits)
    {
        var sum = digits.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 1 : 3)).Sum();
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
