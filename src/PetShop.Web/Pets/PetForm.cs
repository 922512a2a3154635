using System.ComponentModel.DataAnnotations;
using System.Globalization;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Pets;

/// <summary>The answers of the quiz; only a name is asked for, everything else may stay open.</summary>
public sealed record PetForm : IValidatableObject
{
    /// <summary>Diet words of the catalogue, how the quiz says them, and the departments whose animals it asks.</summary>
    public static IReadOnlyList<(string Key, string Name, string[] For)> Diets { get; } =
    [
        ("grain-free", "Grain-free", ["dog", "cat"]), ("weight-control", "Watching the weight", ["dog", "cat"]), ("sensitive-digestion", "Easy on the stomach", ["dog", "cat", "small-pets", "horse"]),
        ("single-protein", "One kind of meat", ["dog", "cat"]), ("hypoallergenic", "For allergies", ["dog", "cat"]), ("skin-and-coat", "Skin and coat", ["dog", "cat", "horse"]),
        ("joint-care", "Joints", ["dog", "cat", "horse"]), ("raw", "Raw", ["dog", "cat"]), ("insect-protein", "Insect protein", ["dog", "cat", "small-pets", "reptiles"]),
        ("high-protein", "Rich in protein", ["dog", "cat", "small-pets", "birds", "reptiles"]), ("vegetarian", "Vegetarian", ["dog", "cat"]), ("urinary", "Urinary tract", ["dog", "cat"]),
        ("dental", "Teeth", ["dog", "cat"]), ("sterilised", "After neutering", ["dog", "cat"]), ("hairball", "Hairballs", ["cat"]),
        ("low-sugar", "Low in sugar", ["small-pets", "birds", "horse"]), ("low-starch", "Low in starch", ["horse"]), ("high-fibre", "Rich in fibre", ["small-pets", "reptiles", "horse"]),
    ];

    /// <summary>Allergens that products name.</summary>
    public static IReadOnlyList<(string Key, string Name)> Allergens { get; } =
    [
        ("chicken", "Chicken"), ("beef", "Beef"), ("lamb", "Lamb"), ("turkey", "Turkey"), ("duck", "Duck"), ("pork", "Pork"), ("rabbit", "Rabbit"), ("fish", "Fish"), ("shellfish", "Shellfish"),
        ("dairy", "Dairy"), ("egg", "Egg"), ("wheat", "Wheat"), ("maize", "Maize"), ("soy", "Soy"), ("nuts", "Nuts"),
    ];

    /// <summary>What may matter to a person, as rules call it.</summary>
    public static IReadOnlyList<(string Key, string Name)> Values { get; } =
    [
        ("natural", "Natural ingredients"), ("sustainability", "A small footprint"), ("price", "A good price"), ("premium", "Only the best"), ("convenience", "No fuss"),
    ];

    [Required(ErrorMessage = "What is the name?"), StringLength(60, ErrorMessage = "Please use at most 60 characters.")] public string Name { get; init; } = "";
    [Required(ErrorMessage = "Please choose a kind of animal.")] public string Species { get; init; } = "";
    [StringLength(80, ErrorMessage = "Please use at most 80 characters.")] public string? Breed { get; init; }
    public DateOnly? BornOn { get; init; }
    [Range(0, 120, ErrorMessage = "Please give an age in whole years.")] public int? AgeYears { get; init; }
    /// <summary>In the unit of the species; see <see cref="Pets.Species.InGrams"/>.</summary>
    public decimal? Weight { get; init; }
    public bool? Neutered { get; init; }
    public string? Activity { get; init; }
    public string? Diet { get; init; }
    public string[]? Allergies { get; init; }
    public string[]? Matters { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var today = DateOnly.FromDateTime(((TimeProvider)validationContext.GetService(typeof(TimeProvider))!).GetUtcNow().Date);
        if (Pets.Species.Find(Species) is not { } species)
            yield return new("Please choose a kind of animal.", [nameof(Species)]);
        else if (Weight > species.MostWeight)
            yield return new($"Please check the weight: {Weight:0.##} {(species.InGrams ? "grams" : "kilograms")} is too much here.", [nameof(Weight)]);
        else if (Weight < species.LeastWeight)
            yield return new(species.InGrams ? "Please give a weight of at least one gram." : "Please give a weight above zero.", [nameof(Weight)]);
        if (BornOn > today)
            yield return new("That day is still to come.", [nameof(BornOn)]);
        if (BornOn < today.AddYears(-120))
            yield return new("Please check the year.", [nameof(BornOn)]);
    }

    /// <summary>The form of a pet that is known already.</summary>
    public static PetForm Of(Pet pet, IReadOnlyList<string> values) => new()
    {
        Name = pet.Name, Species = pet.Species, Breed = pet.Breed is { } breed ? Breeds.Name(pet.Species, breed) : null, BornOn = pet.BornOn,
        Weight = pet.WeightG is { } grams ? decimal.Round(Pets.Species.Find(pet.Species)?.InGrams == true ? grams : grams / 1000m, 2) : null,
        Neutered = pet.Neutered, Activity = pet.Activity, Diet = pet.Diet, Allergies = pet.Allergies, Matters = [.. values],
    };

    /// <summary>Writes the answers into a pet. A rough age becomes the middle of that year of life, and corrects what an earlier one became; a listed breed tells the adult weight.</summary>
    public void WriteTo(Pet pet, DateOnly today)
    {
        var species = Pets.Species.Find(Species) ?? throw new ArgumentException($"Unknown species '{Species}'.", nameof(pet));
        var listed = Breeds.Find(Species, Breed);
        (pet.Name, pet.Species) = (Name.Trim(), Species);
        pet.Breed = string.IsNullOrWhiteSpace(Breed) ? null : listed?.Slug ?? Breeds.Slug(Breed);
        pet.BornOn = AgeYears is { } years && (BornOn is null || BornOn == pet.BornOn) ? today.AddMonths(-12 * years - 6) : BornOn;
        pet.WeightG = Weight is { } weight ? (int)decimal.Round(species.InGrams ? weight : weight * 1000) : null;
        pet.AdultWeightG = listed is { AdultWeightG: > 0 } ? listed.AdultWeightG : AdultWeight(pet, today);
        pet.Neutered = Neutered;
        pet.Activity = Activity is "low" or "normal" or "high" ? Activity : null;
        pet.Diet = Diets.Any(d => d.Key == Diet) ? Diet : null;
        pet.Allergies = Known(Allergies, Allergens);
        pet.QuizValues = Known(Matters, Values);
    }

    // Without a breed, the weight of an animal that is surely grown is its adult weight.
    private static int? AdultWeight(Pet pet, DateOnly today) => pet.BornOn is { } born && born <= today.AddMonths(-18) ? pet.WeightG : null;

    private static string[] Known(string[]? chosen, IReadOnlyList<(string Key, string Name)> all) => [.. all.Select(a => a.Key).Intersect(chosen ?? [])];

    /// <summary>An age as people say it: "7 weeks", "5 months", "3 years".</summary>
    public static string Age(DateOnly born, DateOnly today)
    {
        var months = (today.Year - born.Year) * 12 + today.Month - born.Month - (today.Day < born.Day ? 1 : 0);
        return months switch
        {
            < 3 => Count((today.DayNumber - born.DayNumber) / 7, "week"),
            < 24 => Count(months, "month"),
            _ => Count(months / 12, "year"),
        };
    }

    private static string Count(int number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
}
