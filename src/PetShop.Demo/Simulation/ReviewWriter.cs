using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Lets a buyer say what they think: stars from the hidden quality, words by kind of product.</summary>
internal static class ReviewWriter
{
    private static readonly string[] Middling = ["All in all it is fine.", "Neither great nor bad.", "It does the job.", "Three stars from us, maybe more later."];

    public static SimulatedReview Write(Chance chance, Household household, ShelfItem item, double liking, HiddenPet? pet, DateTimeOffset at)
    {
        var rating = (int)Math.Clamp(Math.Round(4.05 + (0.7 * item.Quality) + (0.12 * Math.Clamp(liking, -2, 3)) + (0.7 * chance.Normal())), 1, 5);
        var phrases = ReviewPhrases.Of(item.Product, isPleased: rating >= 4 || (rating == 3 && chance.Happens(0.5)));
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, chance.Pick(phrases.Openings), Called(pet, chance)) + " " + chance.Pick(phrases.Reasons);
        if (rating == 3)
            text += " " + chance.Pick(Middling);
        return new(chance.NextGuid(at), household.Shopper!.Id, item.Product.Slug, rating, rating == 3 ? "Fine" : chance.Pick(phrases.Titles), text, at);
    }

    private static string Called(HiddenPet? pet, Chance chance) => pet switch
    {
        null => chance.Pick<string>(["Our pet", "My sister's pet", "The little one"]),
        { Species: "tropical-fish" or "goldfish" or "pond-fish" or "koi" or "shrimp" } => "Our tank crew",
        { IsPublic: false } => "Our garden crowd",
        _ => pet.Name,
    };
}
