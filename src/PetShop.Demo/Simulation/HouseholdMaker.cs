using System.Globalization;
using PetShop.Demo.Catalogue;
using static System.FormattableString;

namespace PetShop.Demo.Simulation;

/// <summary>Invents households: who lives there, with which pets, and what they are like.</summary>
internal sealed class HouseholdMaker(DemoCatalogue catalogue, SimulationOptions options)
{
    private static readonly (string Species, double Weight)[] Keeping =
    [
        ("dog", 46), ("cat", 40), ("rabbit", 4), ("guinea-pig", 4), ("hamster", 3), ("gerbil", 1), ("rat", 1), ("chinchilla", 1), ("budgie", 4), ("cockatiel", 1.5), ("canary", 1.5), ("parrot", 1),
        ("tropical-fish", 5), ("goldfish", 1.5), ("betta", 1.5), ("pond-fish", 2), ("koi", 1), ("bearded-dragon", 1.2), ("leopard-gecko", 1), ("corn-snake", 0.6), ("tortoise", 1.2), ("horse", 4), ("pony", 2),
    ];

    private static readonly double[] KeepingWeights = [.. Keeping.Select(kind => kind.Weight)];
    private static readonly string[] Households = ["single", "couple", "family", "shared", "senior"];
    private static readonly string[] Organisations = ["breeder", "shelter", "vet", "groomer"];
    private static readonly string[] CommonAllergies = ["chicken", "beef", "wheat", "dairy", "fish", "egg", "lamb"];
    private static readonly string[] WantedDiets = ["grain-free", "weight-control", "sensitive-digestion", "single-protein", "hypoallergenic", "skin-and-coat", "insect-protein"];

    private readonly Dictionary<string, List<string>> _brandsFor = [];
    private readonly DateOnly _today = DateOnly.FromDateTime(options.Until.UtcDateTime);

    public Household Shopper(int number)
    {
        var chance = Chance.For(string.Create(CultureInfo.InvariantCulture, $"shopper {number}"), options.Seed);
        var organisation = chance.Happens(0.018) ? chance.Pick(Organisations) : null;
        var pets = Pets(chance, organisation);
        var joined = Joined(chance);
        var leaves = chance.Happens(0.28) ? joined.AddDays(chance.Exponential(300)) : DateTimeOffset.MaxValue;
        return new()
        {
            VisitorId = chance.NextGuid(), Chance = chance, Taste = TasteOf(chance, pets, anonymous: false), Pets = pets, Joined = joined, Leaves = leaves,
            Scale = organisation is "breeder" or "shelter" ? 3 : 1, Shopper = Person(chance, number, organisation, joined, pets),
        };
    }

    public Household Visitor(int number)
    {
        var chance = Chance.For(string.Create(CultureInfo.InvariantCulture, $"visitor {number}"), options.Seed);
        var pets = Pets(chance, null);
        var first = options.Until.AddDays(-chance.Unit() * options.Days);
        return new() { VisitorId = chance.NextGuid(), Chance = chance, Taste = TasteOf(chance, pets, anonymous: true), Pets = pets, Joined = first, Leaves = first.AddDays(chance.Exponential(18)) };
    }

    public Household Demo(DemoPersons.Profile profile)
    {
        var chance = Chance.For("demo " + profile.Key, options.Seed);
        var shopper = profile.Shopper(options.Until);
        var taste = TasteOf(chance, profile.Pets(_today), anonymous: false);
        return new()
        {
            VisitorId = DemoPersons.IdOf(profile.Number, 1), Chance = chance, Pets = profile.Pets(_today), Joined = shopper.JoinedAt, Leaves = DateTimeOffset.MaxValue, Scale = profile.Scale, Shopper = shopper,
            Taste = new() { Vector = taste.Vector, Brands = [.. profile.Brands], PriceSensitivity = profile.PriceSensitivity, Habit = 0.85, Loyalty = profile.Loyalty, StockUpDays = 35, BrowseEveryDays = 12 },
        };
    }

    // Four in ten knew the shop before the period began; the others came during it, more of them later.
    private DateTimeOffset Joined(Chance chance) => chance.Happens(0.42)
        ? options.Until.AddDays(-options.Days - (chance.Unit() * 500))
        : options.Until.AddDays(-options.Days * (1 - Math.Sqrt(chance.Unit())));

    private SimulatedShopper Person(Chance chance, int number, string? organisation, DateTimeOffset joined, List<HiddenPet> pets)
    {
        var (first, last, email) = People.Person(chance, options.Named ? Invariant($"{number}") : Invariant($"{options.Seed}-{number}"));
        var (country, language, city, postcode, street) = People.Address(chance);
        var household = chance.Pick(Households);
        int? born = chance.Happens(0.7) ? _today.Year - (household == "senior" ? 66 + chance.Below(18) : 19 + chance.Below(46)) : null;
        var analytics = chance.Happens(0.77);
        var consent = new Consent(analytics, analytics && chance.Happens(0.93), chance.Happens(0.45), analytics && chance.Happens(0.6));
        // One in five never fills in the pet quiz: the shop then has to learn from behaviour alone.
        SimulatedPet[] told = chance.Happens(0.8) ? [.. pets.Where(pet => pet.IsPublic).Select(pet => pet.Publish(_today))] : [];
        return new(chance.NextGuid(), email, first, last, language, country, city, postcode, street, born, household, organisation, joined, consent, told, null);
    }

    private Taste TasteOf(Chance chance, IReadOnlyList<HiddenPet> pets, bool anonymous)
    {
        var vector = new double[Taste.Dimensions];
        for (var place = 0; place < vector.Length; place++)
            vector[place] = chance.Normal();
        var brands = BrandsFor(pets);
        return new()
        {
            Vector = vector, Brands = [.. Enumerable.Range(0, 2 + chance.Below(3)).Select(_ => chance.Pick(brands))], PriceSensitivity = Math.Max(0, 0.35 + (0.45 * chance.Normal())),
            Habit = chance.Between(0.55, 0.92), Loyalty = chance.Between(0.2, 1), StockUpDays = chance.LogNormal(38, 0.35), BrowseEveryDays = anonymous ? 6 : chance.LogNormal(21, 0.6),
        };
    }

    private List<string> BrandsFor(IReadOnlyList<HiddenPet> pets)
    {
        var key = string.Join('+', pets.Select(pet => pet.Species).Distinct());
        if (!_brandsFor.TryGetValue(key, out var brands))
        {
            var species = pets.Select(pet => pet.Species).ToHashSet();
            _brandsFor[key] = brands = [.. catalogue.Products.Where(product => species.Count == 0 || product.Species.Any(species.Contains)).Select(product => product.BrandSlug).Distinct()];
        }
        return brands;
    }

    private List<HiddenPet> Pets(Chance chance, string? organisation)
    {
        var count = organisation is "breeder" or "shelter" ? 3 + chance.Below(4) : chance.Weighted([0, 62, 27, 8, 3]);
        var pets = new List<HiddenPet>();
        while (pets.Count < count)
        {
            // Who has one animal most often gets another of the same kind.
            var species = pets.Count > 0 && chance.Happens(0.65) ? pets[0].Species : Keeping[chance.Weighted(KeepingWeights)].Species;
            pets.Add(Pet(chance, species));
        }
        if (chance.Happens(0.10))
            pets.Add(new() { Species = "wild-bird", Breed = null, Name = "the garden", Id = Guid.Empty, Born = _today.AddYears(-3), AdultGrams = 20 });
        return pets;
    }

    private HiddenPet Pet(Chance chance, string species)
    {
        var breeds = Breeds.Of(species);
        var breed = chance.Pick(breeds);
        var lifespan = species switch { "dog" => 12, "cat" => 14, "horse" or "pony" => 22, "parrot" or "tortoise" => 25, "hamster" or "gerbil" or "rat" => 2, _ => 6 };
        var days = chance.Happens(0.16) ? 60 + chance.Below(300) : 300 + chance.Below(lifespan * 330);
        var wet = species == "cat" ? chance.Pick<double>([0, 0.3, 0.5, 0.7]) : chance.Pick<double>([0, 0, 0, 0.2, 0.4]);
        var raw = species == "dog" && chance.Happens(0.07);
        return new()
        {
            Species = species, Breed = breed, Name = People.PetName(chance), Id = chance.NextGuid(), Born = _today.AddDays(-days), AdultGrams = (int)chance.Between(breed.MinGrams, breed.MaxGrams),
            Neutered = chance.Happens(species is "dog" or "cat" or "rabbit" ? 0.65 : 0.05), Activity = chance.Pick<string>(["low", "normal", "normal", "normal", "high"]),
            Diet = raw ? "raw" : species is "dog" or "cat" && chance.Happens(0.3) ? chance.Pick(WantedDiets) : null,
            Allergies = species is "dog" or "cat" && chance.Happens(0.13) ? [chance.Pick(CommonAllergies)] : [],
            Bowl = raw ? (0, 0, 1) : (1 - wet, wet, 0),
        };
    }
}
