using System.Globalization;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Catalog;

/// <summary>Writes amounts of minor units as a shopper reads them.</summary>
public static class Money
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["EUR"] = "€", ["GBP"] = "£", ["USD"] = "$", ["JPY"] = "¥", ["KRW"] = "₩", ["PLN"] = "zł ", ["CZK"] = "Kč ",
    };

    // ISO 4217: every currency that is not named here has two decimals.
    private static readonly HashSet<string> WithoutDecimals = new(StringComparer.Ordinal)
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    private static readonly HashSet<string> WithThreeDecimals = new(StringComparer.Ordinal) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    private static readonly long[] PowersOfTen = [1, 10, 100, 1000];

    /// <summary>The currency of amounts that name none: <c>Shop:Currency</c>.</summary>
    public static string DefaultCurrency { get; private set; } = "EUR";

    /// <summary>Makes every amount that names no currency one of <paramref name="currency"/>; a process serves one shop.</summary>
    public static void Use(string currency) => DefaultCurrency = currency;

    /// <summary>How figures of rules are said in the shop's currency.</summary>
    public static FigureWords Figures => new(DefaultCurrency, Symbol(), Decimals());

    /// <summary>Digits behind the point.</summary>
    public static int Decimals(string? currency = null) => (currency ?? DefaultCurrency) switch
    {
        var c when WithoutDecimals.Contains(c) => 0,
        var c when WithThreeDecimals.Contains(c) => 3,
        _ => 2,
    };

    /// <summary>Minor units in one major unit: 100 cents in a euro, 1 yen in a yen.</summary>
    public static long MinorUnits(string? currency = null) => PowersOfTen[Decimals(currency)];

    /// <summary>Formats an amount: 1299 EUR is "€12.99".</summary>
    public static string Format(long minor, string? currency = null)
    {
        var unit = MinorUnits(currency);
        var whole = Math.Abs(minor / unit).ToString("#,0", CultureInfo.InvariantCulture);
        var rest = unit == 1 ? "" : "." + Math.Abs(minor % unit).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals(currency), '0');
        return $"{(minor < 0 ? "−" : "")}{Symbol(currency)}{whole}{rest}";
    }

    /// <summary>A round amount without its empty decimals: 4900 EUR is "€49".</summary>
    public static string Round(long minor, string? currency = null) =>
        minor % MinorUnits(currency) == 0 ? $"{Symbol(currency)}{(minor / MinorUnits(currency)).ToString("#,0", CultureInfo.InvariantCulture)}" : Format(minor, currency);

    /// <summary>The amount as machines read it: 1299 EUR is "12.99".</summary>
    public static string Plain(long minor, string? currency = null) => Major(minor, currency).ToString($"F{Decimals(currency)}", CultureInfo.InvariantCulture);

    /// <summary>Major units: 1299 EUR is 12.99.</summary>
    public static decimal Major(long minor, string? currency = null) => minor / (decimal)MinorUnits(currency);

    /// <summary>Minor units of an amount of major units, rounded: 12.99 EUR is 1299.</summary>
    public static long Minor(decimal major, string? currency = null) => (long)decimal.Round(major * MinorUnits(currency), MidpointRounding.AwayFromZero);

    /// <summary>What stands before the number; a code where the currency has no sign of its own.</summary>
    public static string Symbol(string? currency = null) => Symbols.GetValueOrDefault(currency ?? DefaultCurrency) ?? (currency ?? DefaultCurrency) + " ";
}
