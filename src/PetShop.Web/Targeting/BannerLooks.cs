using System.Text.Json;
using PetShop.Data.Banners;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>One look of a banner.</summary>
/// <param name="Key">A for the first, then B, C and so on.</param>
/// <param name="Weight">Against those of the other looks.</param>
public sealed record BannerLook(string Key, int Weight, string Title, string Text, string Illustration, int Hue, string LinkLabel);

/// <summary>The looks of a banner with their shares.</summary>
public static class BannerLooks
{
    /// <summary>As many as one can still tell apart.</summary>
    public const int Most = 5;

    /// <summary>All looks, the first one first.</summary>
    public static IReadOnlyList<BannerLook> Of(Banner b) =>
        [new(BannerCandidate.FirstLook, b.Weight, b.Title, b.Text, b.Illustration, b.Hue, b.LinkLabel), .. Read(b.Variants)];

    public static IReadOnlyList<BannerLook> Read(string json) => JsonSerializer.Deserialize<List<BannerLook>>(json, JsonSerializerOptions.Web)!;

    public static string Write(IEnumerable<BannerLook> looks) => JsonSerializer.Serialize(looks, JsonSerializerOptions.Web);

    /// <summary>The key of the look at a place.</summary>
    public static string Key(int place) => $"{(char)('A' + place)}";

    /// <summary>What stands with an impression of a look: the run keeps what was counted before a change apart.</summary>
    public static string Mark(int run, string look) => $"{run}:{look}";

    /// <summary>Shares visitors out; null where there is one look and nobody is held out.</summary>
    public static Experiment? Experiment(Banner b) => Experiment(b.Id, b.Run, Of(b), b.HoldoutPercent);

    public static Experiment? Experiment(int bannerId, int run, IReadOnlyList<BannerLook> looks, int holdoutPercent) =>
        looks.Count == 1 && holdoutPercent == 0 ? null : new($"banner-{bannerId}-{run}", Weights(looks, holdoutPercent));

    /// <summary>Whole numbers in the ratio of the shares, those held out among them.</summary>
    public static ValueList<Variant> Weights(IReadOnlyList<BannerLook> looks, int holdoutPercent)
    {
        var total = Math.Max(1, looks.Sum(l => l.Weight));
        var shown = looks.Select(l => new Variant(l.Key, l.Weight * (100 - holdoutPercent)));
        return [.. shown, .. holdoutPercent == 0 ? Array.Empty<Variant>() : [new(BannerCandidate.HeldOut, total * holdoutPercent)]];
    }

    /// <summary>A look as a card of its banner.</summary>
    public static BannerCard Card(Banner b, BannerLook look, bool isOneOfSeveral) =>
        new(b.Id, look.Title, look.Text, look.Illustration, look.Hue, b.LinkUrl, look.LinkLabel) { Mark = isOneOfSeveral ? Mark(b.Run, look.Key) : null };
}
