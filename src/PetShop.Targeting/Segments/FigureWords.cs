using System.Globalization;

namespace PetShop.Targeting.Segments;

/// <summary>How figures are said to people and read from them: money in the shop's currency, weights in kilograms, shares in per cent. Rules store minor units, grams and permille.</summary>
/// <param name="Currency">Its code, such as EUR.</param>
/// <param name="Symbol">What stands before an amount: "€"; the code and a space where the currency has no sign.</param>
/// <param name="Decimals">Digits behind the point of an amount: 2 for euros, 0 for yen.</param>
public sealed record FigureWords(string Currency, string Symbol, int Decimals)
{
    public const string Money = "minor units";
    public const string Weight = "g";
    public const string Share = "permille";

    /// <summary>What a sentence calls segments, lists and parts of the catalogue.</summary>
    public SpokenNames Names { get; init; } = SpokenNames.None;

    private static readonly decimal[] PowersOfTen = [1m, 10m, 100m, 1000m];

    /// <summary>A figure with its unit, as it stands in a sentence: "€250.00", "25 kg", "800 g", "70 %", "30 days".</summary>
    public string Say(Int128 number, string unit) => unit switch
    {
        "" => $"{number}",
        Money => (number < 0 ? "−" : "") + Symbol + (Int128.Abs(number) / Scale(unit)).ToString("#,0", CultureInfo.InvariantCulture)
            + (Decimals == 0 ? "" : "." + (Int128.Abs(number) % Scale(unit)).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0')),
        Weight when Int128.Abs(number) < 1000 => $"{number} g",
        Weight or Share => $"{Point(number, unit)} {Beside(unit)}",
        _ => $"{number} {unit}",
    };

    /// <summary>What stands beside a field of this unit.</summary>
    public string Beside(string unit) => unit switch { Money => Symbol.Trim(), Weight => "kg", Share => "%", _ => unit };

    /// <summary>A stored figure in the unit that stands beside it.</summary>
    public decimal Scaled(long number, string unit) => number / PowersOfTen[Digits(unit)];

    /// <summary>A stored figure as it stands in a field, beside which stands its unit: 25000 cents are 250.00, 25000 g are 25.</summary>
    public string Typed(long number, string unit) => unit == Money
        ? (number / PowersOfTen[Decimals]).ToString($"F{Decimals}", CultureInfo.InvariantCulture) : Point(number, unit);

    /// <summary>The stored figure of what was typed into a field; the unit may stand in it again.</summary>
    /// <param name="cause">What is wrong with it; empty when nothing is.</param>
    /// <param name="mend">What to type.</param>
    public bool TryRead(string? typed, string unit, out long number, out string cause, out string mend)
    {
        (number, cause, mend) = (0, "", "");
        var (text, digits) = Bare((typed ?? "").Trim(), unit);
        var what = unit switch { Money => "amount of money", Weight => "weight", Share => "share", "" => "whole number", _ => $"whole number of {unit}" };
        if (text.Length == 0)
            (cause, mend) = ("The figure is missing.", $"Type it {Example(unit)}.");
        else if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            (cause, mend) = ($"“{Short(typed!)}” is no {what}.", $"Type it {Example(unit)}{(text.Contains(',', StringComparison.Ordinal) ? ": a point before the decimals, nothing between the thousands" : "")}.");
        else if (value is < long.MinValue or > long.MaxValue || value * PowersOfTen[digits] is < long.MinValue or > long.MaxValue)
            (cause, mend) = ($"“{Short(typed!)}” is larger than any figure here.", $"Type it {Example(unit)}.");
        else if (value * PowersOfTen[digits] is var stored && stored != decimal.Truncate(stored))
            (cause, mend) = ($"“{Short(typed!)}” has too many decimals.", $"Type it with {digits switch { 0 => "none", 1 => "one at most", var n => $"{n} at most" }}, {Example(unit)}.");
        else
            number = (long)stored;
        return cause.Length == 0;
    }

    /// <summary>Words for what to type, such as "such as 250.00".</summary>
    public string Example(string unit) => "such as " + unit switch { Money => Typed(25000, unit), Weight => "25 or 4.5 (kilograms)", Share => "70 (per cent)", _ => "30" };

    private long Scale(string unit) => (long)PowersOfTen[Digits(unit)];

    private int Digits(string unit) => unit switch { Money => Decimals, Weight => 3, Share => 1, _ => 0 };

    private string Point(Int128 number, string unit)
    {
        var (whole, rest) = (Int128.Abs(number) / Scale(unit), Int128.Abs(number) % Scale(unit));
        var decimals = rest.ToString(CultureInfo.InvariantCulture).PadLeft(Digits(unit), '0').TrimEnd('0');
        return $"{(number < 0 ? "-" : "")}{whole}{(rest == 0 ? "" : "." + decimals)}";
    }

    // What people write around a figure, and how many decimals the figure has then.
    private (string Text, int Digits) Bare(string text, string unit)
    {
        if (unit == Weight && !text.EndsWith("kg", StringComparison.OrdinalIgnoreCase) && text.EndsWith('g'))
            return (text[..^1].TrimEnd(), 0);
        string[] around = unit switch { Money => [Symbol.Trim(), Currency], "" => [], _ => [Beside(unit), Beside(unit).TrimEnd('s')] };
        foreach (var word in around.Where(w => w.Length > 0))
        {
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                return (text[..^word.Length].TrimEnd(), Digits(unit));
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return (text[word.Length..].TrimStart(), Digits(unit));
        }
        return (text, Digits(unit));
    }

    private static string Short(string typed) => typed.Trim() is { Length: > 40 } text ? text[..40] + "…" : typed.Trim();
}
