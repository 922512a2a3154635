using PetShop.Web.Catalog;
using PetShop.Web.Illustrations;

namespace PetShop.Web.Pets;

/// <summary>A kind of animal the shop cares for, and what the quiz may ask about it.</summary>
/// <param name="Key">As in products and rules: dog, cat, rabbit, …</param>
/// <param name="Portrait">Illustration of its face.</param>
/// <param name="InGrams">Weighed in grams rather than kilograms.</param>
/// <param name="IsOneAnimal">Whether one animal is meant that can be weighed and neutered; a tank or a pond is not.</param>
public sealed record Species(string Key, string Name, string Department, string Portrait, bool InGrams = false, bool IsOneAnimal = true)
{
    public static IReadOnlyList<Species> All { get; } =
    [
        new("dog", "Dog", "dog", "dog"),
        new("cat", "Cat", "cat", "cat"),
        new("rabbit", "Rabbit", "small-pets", "rabbit"),
        new("guinea-pig", "Guinea pig", "small-pets", "guinea-pig", InGrams: true),
        new("hamster", "Hamster", "small-pets", "hamster", InGrams: true),
        new("gerbil", "Gerbil", "small-pets", "hamster", InGrams: true),
        new("rat", "Rat", "small-pets", "hamster", InGrams: true),
        new("chinchilla", "Chinchilla", "small-pets", "guinea-pig", InGrams: true),
        new("budgie", "Budgie", "birds", "bird", InGrams: true),
        new("cockatiel", "Cockatiel", "birds", "bird", InGrams: true),
        new("canary", "Canary", "birds", "bird", InGrams: true),
        new("parrot", "Parrot", "birds", "bird", InGrams: true),
        new("tropical-fish", "Tropical fish", "fish", "fish", IsOneAnimal: false),
        new("goldfish", "Goldfish", "fish", "fish", IsOneAnimal: false),
        new("betta", "Betta", "fish", "fish", IsOneAnimal: false),
        new("pond-fish", "Pond fish", "fish", "fish", IsOneAnimal: false),
        new("koi", "Koi", "fish", "fish", IsOneAnimal: false),
        new("shrimp", "Shrimps", "fish", "fish", IsOneAnimal: false),
        new("bearded-dragon", "Bearded dragon", "reptiles", "reptile", InGrams: true),
        new("leopard-gecko", "Leopard gecko", "reptiles", "reptile", InGrams: true),
        new("corn-snake", "Corn snake", "reptiles", "reptile", InGrams: true),
        new("tortoise", "Tortoise", "reptiles", "reptile", InGrams: true),
        new("horse", "Horse", "horse", "horse"),
        new("pony", "Pony", "horse", "horse"),
    ];

    public static Species? Find(string? key) => All.FirstOrDefault(s => s.Key == key);

    public string PortraitUrl => Picture.Url($"portrait-{Portrait}", Catalog.Department.Find(Department, Name).Hue, 200, 1);

    /// <summary>The heading it stands under in the quiz.</summary>
    public string Group => Department switch { "small-pets" => "Small pets", "birds" => "Birds", "fish" => "Fish", "reptiles" => "Reptiles", "horse" => "Horses and ponies", _ => "Dogs and cats" };

    /// <summary>The heaviest that the quiz believes, in the unit of the species.</summary>
    public decimal MostWeight => Key switch { "dog" => 150, "cat" => 30, "rabbit" => 15, "horse" or "pony" => 1500, "tortoise" => 300_000, "corn-snake" => 10_000, _ => 5000 };

    /// <summary>The lightest that can be stored, in the unit of the species: a gram, or ten.</summary>
    public decimal LeastWeight => InGrams ? 1 : 0.01m;

    /// <summary>What the question for the breed is called.</summary>
    public string BreedWord => Key is "dog" or "cat" or "rabbit" or "guinea-pig" or "horse" or "pony" ? "Breed" : "Which kind";
}
