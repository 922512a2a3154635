using System.Globalization;

namespace PetShop.Web.Importing;

/// <summary>Country names as files write them, turned into ISO 3166-1 alpha-2 codes.</summary>
public static class Countries
{
    private static readonly Dictionary<string, string> Codes = Read();

    /// <returns>The code, or null when the text names no country.</returns>
    public static string? CodeOf(string text) => Codes.GetValueOrDefault(text.Trim());

    private static Dictionary<string, string> Read()
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["EIRE"] = "IE", ["USA"] = "US", ["UK"] = "GB", ["Great Britain"] = "GB", ["RSA"] = "ZA", ["Channel Islands"] = "JE",
            ["Czech Republic"] = "CZ", ["Holland"] = "NL", ["Korea"] = "KR", ["Hong Kong"] = "HK", ["Macedonia"] = "MK", ["Turkey"] = "TR",
        };
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            if (region.TwoLetterISORegionName is not { Length: 2 } code || !char.IsLetter(code[0]))
                continue;
            codes.TryAdd(region.EnglishName, code);
            codes.TryAdd(code, code);
        }
        return codes;
    }
}
