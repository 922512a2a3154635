using System.Collections.Frozen;

namespace PetShop.Web.Illustrations;

/// <summary>Everything the shop can draw, by key.</summary>
public static class Gallery
{
    private static readonly FrozenDictionary<string, Action<Pen>> Drawings =
        new[] { Packs.All, Jars.All, Play.All, Outdoors.All, Home.All, Housing.All, Water.All, Care.All, Portraits.All, Heroes.All }
            .SelectMany(d => d).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What can be drawn.</summary>
    public static IEnumerable<string> Keys => Drawings.Keys;

    public static bool Draws(string key) => Drawings.ContainsKey(key);

    /// <summary>The drawing as an SVG document.</summary>
    /// <exception cref="ArgumentException">Nobody can draw the key.</exception>
    public static string Draw(Picture picture)
    {
        if (!Drawings.TryGetValue(picture.Key, out var draw))
            throw new ArgumentException($"There is no illustration '{picture.Key}'.", nameof(picture));
        var pen = new Pen(picture);
        draw(pen);
        var backdrop = !picture.Key.StartsWith("portrait-", StringComparison.Ordinal) && !picture.Key.StartsWith("hero-", StringComparison.Ordinal);
        return pen.Finish(backdrop);
    }
}
