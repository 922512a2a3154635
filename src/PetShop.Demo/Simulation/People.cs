using System.Globalization;

namespace PetShop.Demo.Simulation;

/// <summary>Names and places for invented people; every address ends in example.com.</summary>
internal static class People
{
    private static readonly string[] FirstNames =
        Words("Maja Lukas Aylin Noah Ingrid Mateo Chloe Omar Freya Tomasz Amara Luca Hanna Ravi Elif Jonas Sofia Kwame Astrid Diego Yuki Pierre Leila Marek Nora Ivan Priya Sven Carmen Adam Zeynep Emil Giulia Tariq Linnea Pavel Mei Hugo Fatima Oskar " +
              "Bianca Samir Klara Andrei Naomi Felix Ewa Rashid Greta Thiago Hana Bram Ines Kofi Signe Marco Dilara Anton Lucia Arjun Alma Stefan Thandi Joris Elena Kenji Margot Daniel Selma Viktor Paula Idris Celine Milan Rosa Nils Aisha Theo Katja Rui " +
              "Birgit Moses Sanna Florian Olga Jamal Vera Simon Tuva Enzo Nadia Henrik Ana Farid Johanna Leo Malin Piotr Gloria Matti");

    private static readonly string[] LastNames =
        Words("Keller Novak Yilmaz Okafor Lindqvist Garcia Dubois Haddad Jensen Kowalski Mensah Rossi Weber Sharma Demir Schmitt Moreau Boateng Berg Fernandez Tanaka Laurent Rahimi Svoboda Larsen Petrov Patel Nilsson Romero Nowak Kaya Vogel Ferrari Aziz Holm Dvorak Chen " +
              "Bauer Hassan Nyberg Costa Mansour Fischer Popescu Cohen Wagner Zielinska Khan Richter Silva Sato Dekker Pereira Asante Dahl Bianchi Aydin Krause Marino Iyer Ekström Horvat Dlamini Visser Ivanova Mori Lefevre Brandt Haugen Sokolov Prins Diallo Fontaine Jovanovic " +
              "Vidal Lund Bello Peters Winter Santos Huber Adeyemi Koch Lang Orlova Farah Simonsen Maier Backman Conti Naseri Hoffmann Engel Ribeiro Friis Saleh Vermeer Lopez Sandberg Wojcik Prieto Virtanen");

    private static readonly (string Country, string Language, string City, string Postcode, double Weight)[] Places =
    [
        ("DE", "de", "Hamburg", "20###", 3), ("DE", "de", "Leipzig", "041##", 2), ("DE", "de", "München", "80###", 3), ("DE", "de", "Köln", "506##", 3), ("DE", "de", "Berlin", "10###", 4), ("DE", "de", "Freiburg", "791##", 1),
        ("AT", "de", "Wien", "1##0", 2), ("AT", "de", "Graz", "80##", 1), ("NL", "nl", "Utrecht", "35## AB", 2), ("NL", "nl", "Rotterdam", "30## KD", 1), ("FR", "fr", "Lyon", "6900#", 2), ("FR", "fr", "Nantes", "44#00", 1),
        ("ES", "es", "Valencia", "460##", 1), ("IT", "it", "Torino", "101##", 1), ("PL", "pl", "Kraków", "30-###", 1), ("SE", "sv", "Göteborg", "41# ##", 1), ("DK", "da", "Aarhus", "8###", 1), ("IE", "en", "Cork", "T12 X##", 1),
    ];

    private static readonly double[] PlaceWeights = [.. Places.Select(place => place.Weight)];

    private static readonly string[] Streets = ["Lindenweg", "Mill Lane", "Rosenstraat", "Rue des Tilleuls", "Calle del Río", "Via dei Pini", "Björkgatan", "Gartenstraße", "Harbour Street", "Kastanienallee"];

    private static readonly string[] PetNames =
        Words("Luna Milo Bella Rocky Nala Balu Coco Oskar Mila Sammy Kira Charly Lilly Bruno Amy Simba Maya Felix Emma Leo Ruby Max Frieda Lotte Paul Pepper Ella Monty Hazel Otis Willow Toffee Biscuit Juno Ziggy Poppy Finn Olive Moritz Suki Tilda Gizmo Nelly Ollie Penny Rufus Sky Tiger Ivy Dexter " +
              "Mango Pixel Kiwi Sunny Merlin Flocke Hugo Cleo Enzo Muffin Zora Basil Mokka Pünktchen Sirius Nougat Waffles Lumi Aiko Bandit");

    /// <param name="mark">Tells two people of one name apart.</param>
    public static (string First, string Last, string Email) Person(Chance chance, string mark)
    {
        var (first, last) = (chance.Pick(FirstNames), chance.Pick(LastNames));
        return (first, last, $"{Plain(first)}.{Plain(last)}{mark}@example.com");
    }

    public static (string Country, string Language, string City, string Postcode, string Street) Address(Chance chance)
    {
        var place = Places[chance.Weighted(PlaceWeights)];
        var digits = string.Concat(place.Postcode.Select(letter => letter == '#' ? (char)('0' + chance.Below(10)) : letter));
        return (place.Country, chance.Happens(0.12) ? "en" : place.Language, place.City, digits, string.Create(CultureInfo.InvariantCulture, $"{chance.Pick(Streets)} {1 + chance.Below(90)}"));
    }

    public static string PetName(Chance chance) => chance.Pick(PetNames);

    private static string Plain(string name) =>
        string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter)).ToLowerInvariant();

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
