using System.Text.Json;
using PetShop.Data.Banners;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>One variant of a banner.</summary>
/// <param name="Key">A for the first, then B, C and so on.</param>
/// <param name="Weight">Against those of the other variants.</param>
public sealed record BannerVariant(string Key, int Weight, string Title, string Text, string Illustration, int Hue, string LinkLabel);

/// <summary>The variants of a banner with their shares.</summary>
public static class BannerVariants
{
    /// <summary>As many as one can still tell apart.</summary>
    public const int Most = 5;

    /// <summary>All variants, the first one first.</summary>
    public static IReadOnlyList<BannerVariant> Of(Banner b) =>
        [new(BannerCandidate.FirstVariant, b.Weight, b.Title, b.Text, b.Illustration, b.Hue, b.LinkLabel), .. Read(b.Variants)];

    public static IReadOnlyList<BannerVariant> Read(string json) => JsonSerializer.Deserialize<List<BannerVariant>>(json, JsonSerializerOptions.Web)!;

    public static string Write(IEnumerable<BannerVariant> variants) => JsonSerializer.Serialize(variants, JsonSerializerOptions.Web);

    /// <summary>The key of the variant at a place.</summary>
    public static string Key(int place) => $"{(char)('A' + place)}";

    /// <summary>What stands with an impression of a variant: the run keeps what was counted before a change apart.</summary>
    public static string Mark(int run, string variant) => $"{run}:{variant}";

    /// <summary>Shares visitors out; null where there is one variant and nobody is held out.</summary>
    public static Experiment? Experiment(Banner b) => Experiment(b.Id, b.Run, Of(b), b.HoldoutPercent);

    public static Experiment? Experiment(int bannerId, int run, IReadOnlyList<BannerVariant> variants, int holdoutPercent) =>
        variants.Count == 1 && holdoutPercent == 0 ? null : new($"banner-{bannerId}-{run}", Weights(variants, holdoutPercent));

    /// <summary>Whole numbers in the ratio of the shares, those held out among them.</summary>
    public static ValueList<Variant> Weights(IReadOnlyList<BannerVariant> variants, int holdoutPercent)
    {
        var total = Math.Max(1, variants.Sum(l => l.Weight));
        var shown = variants.Select(l => new Variant(l.Key, l.Weight * (100 - holdoutPercent)));
        return [.. shown, .. holdoutPercent == 0 ? Array.Empty<Variant>() : [new(BannerCandidate.HeldOut, total * holdoutPercent)]];
    }

    /// <summary>A variant as a card of its banner.</summary>
    public static BannerCard Card(Banner b, BannerVariant variant, bool isOneOfSeveral) =>
        new(b.Id, variant.Title, variant.Text, variant.Illustration, variant.Hue, b.LinkUrl, variant.LinkLabel) { Mark = isOneOfSeveral ? Mark(b.Run, variant.Key) : null };
}
