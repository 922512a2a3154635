using System.Globalization;
using System.Text.RegularExpressions;

namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Reads packs such as <c>2kg 6kg 12kg @10.90</c> or <c>Small Large @5.90 * Red, Blue</c>: sizes, price of the first size, colours.</summary>
internal static partial class PackReader
{
    internal sealed record Pack(string Label, string? Size, string? Colour, int? Grams, int? Millilitres, int? Count, int PriceMinor);

    private sealed record Measure(string Label, int? Grams, int? Count, double Amount, double Exponent, double Step, int? Millilitres = null);

    // Price grows with the amount to this power: a pack six times as heavy costs 4.7 times as much.
    private const double BulkExponent = 0.86;

    private static readonly Dictionary<string, double> UnitExponents = new() { ["cm"] = 0.9, ["litres"] = 0.75, ["m"] = 0.5, ["watt"] = 0.3 };

    public static IEnumerable<Pack> Read(string packs)
    {
        var halves = packs.Split('*', StringSplitOptions.TrimEntries);
        var parts = halves[0].Split('@', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !decimal.TryParse(parts[1], CultureInfo.InvariantCulture, out var price))
            throw new FormatException($"The packs '{packs}' cannot be read: write sizes, then @ and the price of the first one.");
        var sizes = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(MeasureOf).ToList();
        var colours = halves.Length > 1 ? halves[1].Split(',', StringSplitOptions.TrimEntries) : new string?[] { null };
        foreach (var (size, index) in (sizes.Count > 0 ? sizes : [new("", null, null, 1, 1, 1)]).Select((size, index) => (size, index)))
        {
            var factor = sizes.Count == 0 ? 1 : Math.Pow(size.Amount / sizes[0].Amount, size.Exponent) * Math.Pow(size.Step, index);
            foreach (var colour in colours)
                yield return new(LabelOf(size.Label, colour), size.Label.Length > 0 ? size.Label : null, colour, size.Grams, size.Millilitres, size.Count,
                    index == 0 ? (int)(price * 100) : ShelfPrice((double)price * 100 * factor));
        }
    }

    private static string LabelOf(string size, string? colour) =>
        string.Join(", ", new[] { size, colour }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } label ? label : "One size";

    // Shelf prices end in 9 up to 100 euros and in a whole euro above.
    private static int ShelfPrice(double cents) => cents < 10_000 ? ((int)Math.Round(cents / 10) * 10) - 1 : (int)Math.Round(cents / 100) * 100;

    private static Measure MeasureOf(string token)
    {
        var text = token.Replace('_', ' ');
        if (Weight().Match(token) is { Success: true } weight)
        {
            var times = weight.Groups[1].Success ? int.Parse(weight.Groups[1].Value, CultureInfo.InvariantCulture) : 1;
            var amount = double.Parse(weight.Groups[2].Value, CultureInfo.InvariantCulture);
            var unit = weight.Groups[3].Value;
            var grams = (int)Math.Round(times * amount * (unit == "kg" ? 1000 : 1));
            return new(times > 1 ? $"{times} × {weight.Groups[2].Value} {unit}" : $"{weight.Groups[2].Value} {unit}", grams, times > 1 ? times : null, grams, BulkExponent, 1, unit == "ml" ? grams : null);
        }
        if (Pieces().Match(token) is { Success: true } pieces)
        {
            var count = int.Parse(pieces.Groups[1].Value, CultureInfo.InvariantCulture);
            var noun = pieces.Groups[2].Value switch { "pcs" => count == 1 ? "piece" : "pieces", "tabs" => "tablets", var other => other.Trim('_') };
            return new($"{count} {noun}", null, count, count, BulkExponent, 1);
        }
        if (Length().Match(token) is { Success: true } length)
        {
            var unit = length.Groups[2].Value;
            return new($"{length.Groups[1].Value} {unit}", null, null, double.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture), UnitExponents[unit], 1);
        }
        if (!Words().IsMatch(token))
            throw new FormatException($"The pack '{token}' cannot be read: write a weight, a number of pieces, a length or a plain size.");
        return new(text, null, null, 1, 1, text is "Pony" or "Cob" or "Full" ? 1.06 : 1.25);
    }

    [GeneratedRegex(@"^(?:(\d+)x)?([\d.]+)(kg|g|ml)$")]
    private static partial Regex Weight();

    [GeneratedRegex(@"^(\d+)(pcs|tabs|_syringes?)$")]
    private static partial Regex Pieces();

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Words();

    [GeneratedRegex(@"^([\d.]+)_?(cm|m|litres|watt)$")]
    private static partial Regex Length();
}
