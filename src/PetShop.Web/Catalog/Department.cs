using PetShop.Web.Illustrations;

namespace PetShop.Web.Catalog;

/// <summary>One department of the shop: a kind of pet, its name in the menu, and the light its pages stand in.</summary>
/// <param name="Slug">Part of the address and of data-department in the markup.</param>
/// <param name="Hue">OKLCH hue, the same as in tokens.css.</param>
/// <param name="Portrait">Illustration key of the pet's face.</param>
public sealed record Department(string Slug, string Name, string Animal, int Hue, string Portrait)
{
    public static IReadOnlyList<Department> All { get; } =
    [
        new("dog", "Dog", "dogs", 75, "dog"),
        new("cat", "Cat", "cats", 25, "cat"),
        new("small-pets", "Small pets", "rabbits, guinea pigs and hamsters", 115, "small-pet"),
        new("birds", "Birds", "birds", 240, "bird"),
        new("fish", "Fish", "fish", 205, "fish"),
        new("reptiles", "Reptiles", "reptiles", 150, "reptile"),
        new("horse", "Horse", "horses", 50, "horse"),
    ];

    /// <summary>The pet's face, for menus and tiles.</summary>
    public string PortraitUrl => Picture.Url($"portrait-{Portrait}", Hue, 200, 1);

    /// <summary>The pet at full length, for heroes and banners.</summary>
    public string HeroUrl => Picture.Url($"hero-{Portrait}", Hue, 200, 1);

    public static Department? Find(string? slug) => All.FirstOrDefault(d => d.Slug == slug);
}
