using System.Globalization;

namespace PetShop.Web.Catalog;

/// <summary>A step of the price facet, in minor units; <see cref="To"/> is the first price above it.</summary>
public sealed record PriceBand(string Slug, string Label, long From, long To)
{
    private static readonly long[] Steps = [10, 25, 50, 100];

    /// <summary>The steps of a currency: 10, 25, 50 and 100 of its major unit, or a hundred times that where it has no minor one (¥1,000 to ¥2,500).</summary>
    public static IReadOnlyList<PriceBand> Of(string currency)
    {
        var unit = Money.MinorUnits(currency);
        var scale = unit == 1 ? 100 : 1;
        var major = Steps.Select(s => s * scale).ToArray();
        string Say(long amount) => Money.Round(amount * unit, currency);
        string Slug(long amount) => amount.ToString(CultureInfo.InvariantCulture);
        return
        [
            new($"0-{Slug(major[0])}", $"Under {Say(major[0])}", 0, major[0] * unit),
            .. major.Zip(major.Skip(1), (from, to) => new PriceBand($"{Slug(from)}-{Slug(to)}", $"{Say(from)} to {Say(to)}", from * unit, to * unit)),
            new($"{Slug(major[^1])}-", $"{Say(major[^1])} and more", major[^1] * unit, long.MaxValue),
        ];
    }
}
