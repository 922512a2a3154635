using PetShop.Web.Illustrations;

namespace PetShop.Web.Catalog;

/// <summary>How a department looks: its name in the menu and the light its pages stand in.</summary>
/// <param name="Slug">Slug of the root category, and data-department in the markup.</param>
/// <param name="Hue">OKLCH hue, the same as in tokens.css.</param>
/// <param name="Portrait">Illustration key, without its "portrait-" or "hero-".</param>
public sealed record Department(string Slug, string Name, int Hue, string? Portrait)
{
    private static readonly Department[] Known =
    [
        new("dog", "Dogs", 75, "dog"), new("cat", "Cats", 25, "cat"), new("small-pets", "Small pets", 115, "small-pet"), new("birds", "Birds", 240, "bird"),
        new("fish", "Fish", 205, "fish"), new("reptiles", "Reptiles", 150, "reptile"), new("horse", "Horses", 50, "horse"),
    ];

    /// <summary>The animal's face, for menus and tiles.</summary>
    public string PortraitUrl { get; } = Portrait is null ? Picture.Url("parcel", Hue, 200, 8) : Picture.Url($"portrait-{Portrait}", Hue, 195, 1);

    /// <summary>The animal at full length, for heads and banners.</summary>
    public string HeroUrl { get; } = Portrait is null ? Picture.Url("parcel", Hue, 200, 8) : Picture.Url($"hero-{Portrait}", Hue, 195, 1);

    /// <summary>The departments of the catalogue in its own order; before it has been read, those every shop of ours has.</summary>
    public static IReadOnlyList<Department> Of(Shelf shelf) => shelf.Departments.Count == 0 ? Known : shelf.Looks ??= [.. shelf.Departments.Select(c => Find(c.Slug, c.Name))];

    /// <summary>The look of a department; an imported one that nobody drew gets a parcel.</summary>
    public static Department Find(string slug, string name) =>
        Array.Find(Known, d => d.Slug == slug) is { } known ? known with { Name = name } : new(slug, name, 92, null);
}
