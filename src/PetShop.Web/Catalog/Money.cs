using System.Globalization;

namespace PetShop.Web.Catalog;

/// <summary>Writes amounts of minor units as a shopper reads them.</summary>
public static class Money
{
    private static readonly Dictionary<string, (string Symbol, int Decimals)> Currencies = new(StringComparer.Ordinal)
    {
        ["EUR"] = ("€", 2), ["GBP"] = ("£", 2), ["USD"] = ("$", 2), ["JPY"] = ("¥", 0), ["CHF"] = ("CHF ", 2), ["SEK"] = ("SEK ", 2),
    };

    /// <summary>The currency of amounts that name none.</summary>
    public const string DefaultCurrency = "EUR";

    /// <summary>Formats an amount: 1299 EUR is "€12.99".</summary>
    public static string Format(long minor, string currency = DefaultCurrency)
    {
        var (symbol, decimals) = Currencies.TryGetValue(currency, out var known) ? known : (currency + " ", 2);
        var unit = decimals == 0 ? 1 : 100;
        var sign = minor < 0 ? "−" : "";
        var whole = Math.Abs(minor / unit).ToString("#,0", CultureInfo.InvariantCulture);
        return decimals == 0 ? $"{sign}{symbol}{whole}" : $"{sign}{symbol}{whole}.{Math.Abs(minor % unit):00}";
    }

    /// <summary>The amount as machines read it: 1299 EUR is "12.99".</summary>
    public static string Plain(long minor, string currency = DefaultCurrency) =>
        Currencies.TryGetValue(currency, out var known) && known.Decimals == 0
            ? minor.ToString(CultureInfo.InvariantCulture)
            : (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
