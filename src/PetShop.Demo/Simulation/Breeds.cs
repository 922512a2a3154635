namespace PetShop.Demo.Simulation;

/// <summary>What an adult of a breed or kind weighs, in grams; size class for dogs only.</summary>
public sealed record Breed(string Species, string Name, int MinGrams, int MaxGrams, string? SizeClass);

/// <summary>The breeds and kinds that simulated households keep.</summary>
public static class Breeds
{
    private const string Dogs = """
        Chihuahua 1.5 3; Yorkshire Terrier 2 3.2; Pomeranian 1.8 3.2; Maltese 3 4; Toy Poodle 3 4.5; Papillon 3 5; Shih Tzu 4 7.5; Miniature Dachshund 4 5.5; Pug 6.5 9;
        Jack Russell Terrier 6 8.5; Cavalier King Charles Spaniel 5.5 8.5; Miniature Schnauzer 5.5 9; West Highland White Terrier 7 9.5; French Bulldog 9 13; Dachshund 8 13;
        Boston Terrier 6 11; Beagle 10 14; Cocker Spaniel 12 15; Shetland Sheepdog 7 12; Whippet 12 19; Border Collie 14 20; Australian Shepherd 18 29; English Springer Spaniel 18 23;
        Staffordshire Bull Terrier 11 17; Standard Poodle 20 29; Bulldog 18 25; Siberian Husky 16 27; Vizsla 20 29; Labrador Retriever 25 36; Golden Retriever 25 34; German Shepherd 22 40;
        Boxer 25 36; Dalmatian 20 32; Weimaraner 25 40; Rhodesian Ridgeback 32 41; Dobermann 30 45; Rottweiler 36 58; Bernese Mountain Dog 36 52; Newfoundland 45 68; Great Dane 50 79; Leonberger 41 75;
        Mixed breed (small) 5 10; Mixed breed (medium) 12 24; Mixed breed (large) 25 38
        """;

    private const string Cats = """
        Domestic shorthair 3.3 5.5; Domestic longhair 3.5 5.8; British Shorthair 4 7.5; Maine Coon 5 9; Ragdoll 4.5 8.5; Siamese 2.8 5; Persian 3.5 6; Bengal 3.8 6.5; Siberian 4 8; Norwegian Forest Cat 4.5 8;
        Birman 3.5 6; Abyssinian 3 5; Burmese 3.5 5.5; Russian Blue 3.2 5.5; Sphynx 3 5; Scottish Fold 3.5 6
        """;

    private const string Others = """
        rabbit: Netherland Dwarf .9 1.2; rabbit: Holland Lop 1.3 1.8; rabbit: Rex 3 4.5; guinea-pig: American 0.8 1.2; guinea-pig: Peruvian 0.8 1.2; hamster: Syrian 0.1 0.16; hamster: Dwarf Winter White 0.03 0.05;
        gerbil: Mongolian 0.06 0.09; rat: Fancy 0.3 0.5; chinchilla: Standard Grey 0.45 0.65; budgie: Budgerigar 0.03 0.04; cockatiel: Cockatiel 0.08 0.1; canary: Border 0.018 0.026; parrot: African Grey 0.4 0.52;
        tropical-fish: Community tank 0.02 0.06; goldfish: Fantail 0.03 0.08; betta: Veiltail 0.003 0.005; pond-fish: Pond community 2 8; koi: Kohaku 1 5; shrimp: Cherry 0.001 0.002; bearded-dragon: Bearded dragon 0.35 0.5;
        leopard-gecko: Leopard gecko 0.06 0.09; corn-snake: Corn snake 0.5 0.9; tortoise: Hermann's tortoise 0.7 1.4; horse: Haflinger 400 500; horse: Hanoverian 520 640; horse: Irish Cob 450 600;
        horse: Thoroughbred 450 560; pony: Icelandic 330 400; pony: Shetland 160 210; pony: Welsh 220 320
        """;

    /// <summary>Every breed, dogs first.</summary>
    public static IReadOnlyList<Breed> All { get; } = [.. Read(Dogs, "dog"), .. Read(Cats, "cat"), .. Read(Others, null)];

    private static readonly Dictionary<string, Breed[]> BySpecies = All.GroupBy(breed => breed.Species).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The breeds of a species, empty for one nobody keeps.</summary>
    public static IReadOnlyList<Breed> Of(string species) => BySpecies.GetValueOrDefault(species, []);

    private static IEnumerable<Breed> Read(string text, string? species)
    {
        foreach (var entry in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = entry.Split(' ');
            var name = string.Join(' ', words[..^2]);
            var kind = species ?? name[..name.IndexOf(':', StringComparison.Ordinal)];
            var (low, high) = (Grams(words[^2]), Grams(words[^1]));
            yield return new(kind, species is null ? name[(kind.Length + 2)..] : name, low, high, kind == "dog" ? SizeOf(high) : null);
        }
    }

    private static int Grams(string kilos) => (int)Math.Round(double.Parse(kilos, System.Globalization.CultureInfo.InvariantCulture) * 1000);

    private static string SizeOf(int heaviest) => heaviest switch { <= 5_000 => "toy", <= 13_000 => "small", <= 25_000 => "medium", <= 45_000 => "large", _ => "giant" };
}
