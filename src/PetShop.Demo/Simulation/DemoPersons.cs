namespace PetShop.Demo.Simulation;

/// <summary>A named person whose sign-in can be shown, with a sentence that says who that is.</summary>
public sealed record DemoPerson(string Key, Guid ShopperId, string Email, string Name, string Story);

/// <summary>The named persons of every simulation; their ids never change.</summary>
public static class DemoPersons
{
    internal sealed record Profile(
        int Number, string Key, string First, string Last, string Story, string Country, string City, string Postcode, string Household, string? Organisation,
        int JoinedDaysAgo, string[] Brands, double PriceSensitivity, double Loyalty, double Scale, Func<DateOnly, IReadOnlyList<HiddenPet>> Pets)
    {
        public SimulatedShopper Shopper(DateTimeOffset until)
        {
            var today = DateOnly.FromDateTime(until.UtcDateTime);
            return new(IdOf(Number, 0), $"{Key}@example.com", First, Last, "en", Country, City, Postcode, "Lindenweg 7", today.Year - 34, Household, Organisation,
                until.AddDays(-JoinedDaysAgo), new(true, true, true, Key != "maya"), [.. Pets(today).Where(pet => pet.IsPublic).Select(pet => pet.Publish(today))], Key);
        }
    }

    internal static IReadOnlyList<Profile> Profiles { get; } =
    [
        new(1, "maya", "Maya", "Lindqvist", "Lives with Luna, a Labrador who grew from puppy to a 28 kg adult this year and cannot eat chicken; likes fish recipes.", "DE", "Hamburg", "20357", "couple", null, 400, ["fjordpaw", "trailkind"], 0.1, 1, 1,
            today => [Pet(1, 1, "dog", "Luna", "Labrador Retriever", today.AddDays(-560), 28_000, "high", "skin-and-coat", ["chicken"], (1, 0, 0))]),
        new(2, "tom", "Tom", "Okafor", "Two indoor cats, Miso and Pickle, one of them on a diet; buys litter by the sack and watches prices.", "DE", "Leipzig", "04109", "single", null, 700, ["purrington", "pebblepan"], 0.9, 0.95, 1,
            today => [Pet(2, 1, "cat", "Miso", "British Shorthair", today.AddDays(-1_900), 6_200, "low", "weight-control", [], (0.6, 0.4, 0)), Pet(2, 2, "cat", "Pickle", "Domestic shorthair", today.AddDays(-1_100), 4_200, "normal", null, [], (0.6, 0.4, 0))]),
        new(3, "practice", "Hana", "Novak", "A small-animal practice that orders for its ward: diets, supplements and parasite care.", "AT", "Wien", "1070", "shared", "vet", 600, ["vetiva", "tickward"], 0, 1, 3,
            today => [Pet(3, 1, "dog", "Ward dogs", "Mixed breed (medium)", today.AddDays(-1_500), 18_000, "low", "sensitive-digestion", [], (0.7, 0.3, 0)), Pet(3, 2, "cat", "Ward cats", "Domestic shorthair", today.AddDays(-1_500), 4_400, "low", "urinary", [], (0.6, 0.4, 0))]),
        new(4, "ingrid", "Ingrid", "Holm", "Rides Falk, a Haflinger who gets fat on grass, and feeds the birds in winter.", "DK", "Aarhus", "8000", "family", null, 500, ["oatmere", "ridingholt"], 0.2, 0.9, 1,
            today => [Pet(4, 1, "horse", "Falk", "Haflinger", today.AddDays(-3_400), 460_000, "normal", "low-sugar", [], (1, 0, 0)), Pet(4, 2, "wild-bird", "the garden", null, today.AddDays(-900), 20, "normal", null, [], (1, 0, 0))]),
        new(5, "nora", "Nora", "Haddad", "A newcomer who signed up yesterday and has told us nothing yet.", "NL", "Utrecht", "3511 AB", "single", null, 1, [], 0.4, 0.6, 1, _ => []),
        new(6, "kenji", "Kenji", "Moreau", "Keeps a planted tank and a pond of koi, and reads the small print on filters.", "FR", "Lyon", "69003", "couple", null, 800, ["lagoona", "tidegate"], 0.2, 0.95, 1,
            today => [Pet(6, 1, "tropical-fish", "Long tank", "Community tank", today.AddDays(-700), 40, "normal", null, [], (1, 0, 0)), Pet(6, 2, "koi", "Pond", "Kohaku", today.AddDays(-1_400), 3_000, "normal", null, [], (1, 0, 0))]),
        new(7, "bramble", "Bram", "Visser", "Runs a shelter for rabbits and guinea pigs: hay by the ten kilos.", "NL", "Rotterdam", "3011 KD", "shared", "shelter", 650, ["meadowrun", "burrowby"], 0.5, 1, 4,
            today => [Pet(7, 1, "rabbit", "Rabbits", "Holland Lop", today.AddDays(-800), 1_600, "normal", null, [], (1, 0, 0)), Pet(7, 2, "guinea-pig", "Guinea pigs", "American", today.AddDays(-700), 1_000, "normal", null, [], (1, 0, 0))]),
        new(8, "greta", "Greta", "Bauer", "Shares her flat with Oskar, a thirteen-year-old dachshund with stiff hips.", "DE", "Freiburg", "79100", "senior", null, 1_000, ["hartwell", "wickerfold"], 0.3, 0.9, 1,
            today => [Pet(8, 1, "dog", "Oskar", "Dachshund", today.AddDays(-4_800), 9_500, "low", "joint-care", [], (0.6, 0.4, 0))]),
    ];

    /// <summary>Everyone, Maya first.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
        [.. Profiles.Select(profile => new DemoPerson(profile.Key, IdOf(profile.Number, 0), $"{profile.Key}@example.com", $"{profile.First} {profile.Last}", profile.Story))];

    /// <summary>Maya with Luna, the Labrador who cannot eat chicken.</summary>
    public static DemoPerson Maya => All[0];

    /// <summary>Tom with two indoor cats.</summary>
    public static DemoPerson Tom => All[1];

    /// <summary>A newcomer without pets or orders.</summary>
    public static DemoPerson Newcomer => All[4];

    internal static Guid IdOf(int person, int thing) => new(0x9e7d0000 + (uint)person, (ushort)thing, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, (byte)person);

    private static HiddenPet Pet(
        int person, int number, string species, string name, string? breed, DateOnly born, int grams, string activity, string? diet, string[] allergies, (double, double, double) bowl) => new()
        {
            Species = species, Breed = Breeds.Of(species).FirstOrDefault(known => known.Name == breed), Name = name, Id = IdOf(person, 16 + number), Born = born, AdultGrams = grams,
            Neutered = true, Activity = activity, Diet = diet, Allergies = allergies, Bowl = bowl,
        };
}
