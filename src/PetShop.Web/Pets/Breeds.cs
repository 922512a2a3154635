namespace PetShop.Web.Pets;

/// <summary>Breeds and kinds by species with the typical weight of a grown animal, in grams: suggestions, never a limit.</summary>
public static class Breeds
{
    /// <summary>One suggestion of the quiz.</summary>
    public sealed record Breed(string Slug, string Name, int AdultWeightG);

    private static readonly Dictionary<string, Breed[]> BySpecies = new(StringComparer.Ordinal)
    {
        ["dog"] = Table("""
            Mixed breed (small)=8000;Mixed breed (medium)=18000;Mixed breed (large)=32000;Akita=45000;Australian Shepherd=25000;Basset Hound=27000;Beagle=12000;Belgian Shepherd=28000
            Bernese Mountain Dog=45000;Bichon Frisé=5500;Border Collie=18000;Border Terrier=6500;Boston Terrier=9000;Boxer=30000;Bulldog=24000;Bullmastiff=55000;Cairn Terrier=6500
            Cavalier King Charles Spaniel=7500;Chihuahua=2500;Chow Chow=28000;Cocker Spaniel=14000;Corgi=12000;Dachshund=9000;Miniature Dachshund=4500;Dalmatian=27000;Dobermann=38000
            English Springer Spaniel=22000;French Bulldog=12000;German Shepherd=33000;German Wirehaired Pointer=30000;Golden Retriever=31000;Great Dane=62000;Greyhound=30000;Havanese=5000
            Irish Setter=29000;Italian Greyhound=4500;Jack Russell Terrier=6500;Labradoodle=25000;Labrador Retriever=31000;Lagotto Romagnolo=13500;Leonberger=58000;Maltese=3500
            Miniature Schnauzer=7000;Newfoundland=60000;Papillon=4000;Pomeranian=2800;Miniature Poodle=7000;Standard Poodle=25000;Toy Poodle=3500;Pug=7500;Rhodesian Ridgeback=36000
            Rottweiler=48000;Saint Bernard=70000;Samoyed=24000;Schnauzer=18000;Shetland Sheepdog=9000;Shiba Inu=9500;Shih Tzu=6000;Siberian Husky=23000;Staffordshire Bull Terrier=15000
            Vizsla=26000;Weimaraner=33000;West Highland White Terrier=8500;Whippet=13000;Yorkshire Terrier=3000
            """),
        ["cat"] = Table("""
            Domestic Shorthair=4500;Domestic Longhair=4800;Abyssinian=4000;Bengal=5500;Birman=4800;British Shorthair=5800;Burmese=4500;Cornish Rex=3500;Devon Rex=3500;Egyptian Mau=4300
            Exotic Shorthair=4800;Maine Coon=7000;Norwegian Forest Cat=6300;Oriental Shorthair=4000;Persian=4800;Ragdoll=6500;Russian Blue=4500;Scottish Fold=4800;Siamese=4000
            Siberian=6000;Somali=4300;Sphynx=4300;Turkish Angora=4000;Turkish Van=5500
            """),
        ["rabbit"] = Table("Mixed breed=2200;Angora=3500;Dutch=2200;Dwarf Hotot=1200;English Lop=4500;Flemish Giant=6800;French Lop=4800;Holland Lop=1600;Lionhead=1600;Mini Lop=2000;Netherland Dwarf=1000;New Zealand=4500;Rex=3800"),
        ["guinea-pig"] = Table("Mixed breed=1000;Abyssinian=1000;American=1050;Coronet=1000;Peruvian=1050;Rex=1100;Sheltie=1000;Skinny=950;Teddy=1050;Texel=1000"),
        ["hamster"] = Table("Syrian=150;Campbell's dwarf=45;Chinese=40;Roborovski dwarf=25;Dwarf Winter White=40"),
        ["gerbil"] = Table("Mongolian=75;Fat-tailed=50"),
        ["rat"] = Table("Fancy=400;Dumbo=420;Rex=400"),
        ["chinchilla"] = Table("Standard Grey=550;Beige=550;Black Velvet=580;White=550"),
        ["budgie"] = Table("Budgerigar=35;English Budgie=50"),
        ["cockatiel"] = Table("Cockatiel=90"),
        ["canary"] = Table("Border=22;Gloster=20;Harz Roller=20;Red Factor=22;Yorkshire=30"),
        ["parrot"] = Table("African Grey=450;Amazon=450;Cockatoo=500;Conure=80;Lovebird=50;Macaw=1000;Parrotlet=30"),
        ["tropical-fish"] = Table("Community tank=0;Cichlid tank=0;Discus=0;Guppies=0;Tetras=0;Marine tank=0"),
        ["goldfish"] = Table("Fantail=0;Comet=0;Oranda=0;Ryukin=0;Shubunkin=0"),
        ["betta"] = Table("Veiltail=0;Crowntail=0;Halfmoon=0;Plakat=0"),
        ["pond-fish"] = Table("Pond community=0;Orfe=0;Sturgeon=0"),
        ["koi"] = Table("Kohaku=0;Asagi=0;Sanke=0;Showa=0"),
        ["shrimp"] = Table("Cherry=0;Amano=0;Crystal=0"),
        ["bearded-dragon"] = Table("Bearded dragon=420;Rankin's dragon=150"),
        ["leopard-gecko"] = Table("Leopard gecko=70;Crested gecko=45;African fat-tailed gecko=60"),
        ["corn-snake"] = Table("Corn snake=700;King snake=900;Ball python=1700"),
        ["tortoise"] = Table("Hermann's tortoise=1200;Greek tortoise=1500;Horsfield's tortoise=1100;Slider turtle=1200"),
        ["horse"] = Table("Arabian=430000;Friesian=600000;Haflinger=450000;Hanoverian=580000;Irish Cob=520000;Quarter Horse=500000;Shire=950000;Thoroughbred=500000;Warmblood=580000"),
        ["pony"] = Table("Connemara=350000;Icelandic=365000;New Forest=340000;Shetland=185000;Welsh=270000"),
    };

    /// <summary>The suggestions for a species, as listed; empty for a species nobody has listed.</summary>
    public static IReadOnlyList<Breed> Of(string species) => BySpecies.GetValueOrDefault(species, []);

    /// <summary>The breed meant by a name or a slug, whatever its case; null for one that is not listed.</summary>
    public static Breed? Find(string species, string? nameOrSlug) => string.IsNullOrWhiteSpace(nameOrSlug) ? null
        : Of(species).FirstOrDefault(b => b.Slug == Slug(nameOrSlug));

    /// <summary>Every listed breed's name, by its slug.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = BySpecies.Values.SelectMany(b => b).DistinctBy(b => b.Slug).ToDictionary(b => b.Slug, b => b.Name, StringComparer.Ordinal);

    /// <summary>How a stored breed reads: its listed name, otherwise the words as they were typed.</summary>
    public static string Name(string species, string slug) => Find(species, slug)?.Name ?? slug.Replace('-', ' ');

    /// <summary>"Labrador Retriever" is "labrador-retriever", the word that rules use.</summary>
    public static string Slug(string name)
    {
        var letters = name.Trim().ToLowerInvariant().Replace("é", "e", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal)
            .Select(c => char.IsLetterOrDigit(c) ? c : ' ').ToArray();
        return string.Join('-', new string(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Breed[] Table(string lines) =>
    [
        .. lines.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split('=')).Select(e => new Breed(Slug(e[0]), e[0], int.Parse(e[1], System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
