using System.Globalization;

namespace PetShop.Web.Illustrations;

/// <summary>An illustration as its address says it; two equal addresses are the same drawing for ever.</summary>
/// <param name="Key">What is drawn; one of <see cref="Gallery.Keys"/>.</param>
/// <param name="Hue">OKLCH hue of the main colour, 0 to 359.</param>
/// <param name="SecondHue">OKLCH hue of the accent, 0 to 359.</param>
/// <param name="Seed">Chooses among the small differences: pattern, coat, tilt.</param>
public sealed record Picture(string Key, int Hue, int SecondHue, int Seed)
{
    /// <summary>The address of a drawing, served by <see cref="PictureEndpoint"/>.</summary>
    public static string Url(string key, int hue, int secondHue, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"/pictures/{key}-{hue}-{secondHue}-{seed}.svg");

    private static readonly string[] EmblemOfDepartment = ["", "dog", "cat", "small-pets", "birds", "fish", "reptiles", "horse"];

    /// <summary>The picture of a product: its brand's hues, its department's animal on the label, its id for the small differences.</summary>
    public static string OfProduct(string illustration, int hue, int secondHue, string department, int productId) =>
        Url(Gallery.Draws(illustration) ? illustration : "parcel", hue, secondHue, ((productId % 12_000_000) * 8) + Math.Max(0, Array.IndexOf(EmblemOfDepartment, department)));

    /// <summary>Reads "kibble-bag-38-210-7"; null when a part is missing or out of range, or nobody can draw the key.</summary>
    public static Picture? Parse(ReadOnlySpan<char> name)
    {
        if (!TakeNumber(ref name, 99_999_999, out var seed) || !TakeNumber(ref name, 359, out var second) || !TakeNumber(ref name, 359, out var hue))
            return null;
        var key = name.ToString();
        return Gallery.Draws(key) ? new Picture(key, hue, second, seed) : null;
    }

    // One spelling a drawing ("7", never "07" or "+7"), so that a cache cannot be filled with copies.
    private static bool TakeNumber(ref ReadOnlySpan<char> name, int max, out int number)
    {
        number = 0;
        var dash = name.LastIndexOf('-');
        if (dash < 1)
            return false;
        var digits = name[(dash + 1)..];
        name = name[..dash];
        return digits.Length is > 0 and < 9 && (digits.Length == 1 || digits[0] != '0')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
    }
}
